import { html } from 'hono/html'
import type { FriendView } from './friendPage.queries.ts'
import { type Frame, layout, type Markup, voucher } from './hosted.layout.ts'
import { callButton } from './hosted.pages.ts'
import { type Business, giftOf } from './hosted.view.ts'
import { keepLanguage, type RequestLanguage } from './requestLanguage.ts'

/** The page's URL in the requested language. */
type Own = { token: string; speech: RequestLanguage }

type About = { business: Business; advocate: FriendView['advocate'] }

const page = async (frame: Frame, title: string, about: About | null, body: Markup, above: Markup | string = '') =>
  String(
    await layout(
      frame,
      { title, description: title, ...(about ? { business: about.business, hue: about.advocate.hue } : {}) },
      html`<main class="grid one">${above}<section class="card done">${body}</section></main>`,
    ),
  )

const addressOf = ({ token, speech }: Own) => keepLanguage(speech, `/f/${token}`)
/** A GET form replaces the query with its fields, so the language has to be one of them. */
const asked = ({ speech }: Own) => speech.asked && html`<input type="hidden" name="lang" value="${speech.asked}">`

/** The friend's offer, who referred them, its status, and the way to delete their data. */
export function friendPage(frame: Frame, view: FriendView, own: Own): Promise<string> {
  const { business, advocate, offer, status, since, code } = view
  const { say } = frame.words
  const { firstName } = advocate
  const at = say('friend.at', { organization: business.fullName })
  const title = offer
    ? say('friend.gave', { advocate: firstName, offer: offer.sentence })
    : say('hosted.recommends', { advocate: firstName, organization: business.name })
  return page(
    frame,
    title,
    view,
    html`${offer ? '' : html`<div><h1>${title}</h1><p>${at}</p></div>`}
<div><h2>${status}</h2><p class="fine">${say('hosted.own.since', { day: since })}</p></div>
${code && html`<p class="gift"><span>${say('hosted.own.yourCode')}</span><b dir="ltr" translate="no">${code}</b></p>`}
${callButton(frame, business)}
<form method="get" action="/f/${own.token}"><input type="hidden" name="delete" value="ask">${asked(own)}<button class="quiet" type="submit">${say('hosted.own.deleteMine')}</button></form>`,
    offer ? voucher({ advocate, offer: giftOf(offer, say), stub: at }) : '',
  )
}

/** Asks for confirmation: what will be deleted, and what stays. */
export function deletePage(frame: Frame, view: FriendView, own: Own): Promise<string> {
  const { business, offer, knownOtherwise } = view
  const { say } = frame.words
  const at = { organization: business.name }
  const kept = knownOtherwise ? say('hosted.own.deleteSome', at) : say('hosted.own.deleteAll')
  return page(
    frame,
    say('hosted.own.deleteTitle'),
    view,
    html`<div><h1>${say('hosted.own.deleteTitle')}</h1><p>${say('hosted.own.deleteWhat')} ${kept}</p></div>
${offer && html`<p class="fine">${say('hosted.own.deleteOffer', at)}</p>`}
<form method="post" action="${addressOf(own)}"><input type="hidden" name="sure" value="yes"><button class="button danger" type="submit">${say('hosted.own.deleteMine')}</button></form>
<form method="get" action="/f/${own.token}">${asked(own)}<button class="quiet" type="submit">${say('hosted.own.keep')}</button></form>`,
  )
}

export const deletedPage = (frame: Frame): Promise<string> =>
  page(
    frame,
    frame.words.say('hosted.own.deleted'),
    null,
    html`<div><h1>${frame.words.say('hosted.own.deleted')}</h1><p>${frame.words.say('hosted.own.deletedWhy')}</p></div>`,
  )

export const friendNotFoundPage = (frame: Frame): Promise<string> =>
  page(
    frame,
    frame.words.say('hosted.own.gone'),
    null,
    html`<div><h1>${frame.words.say('hosted.own.gone')}</h1><p>${frame.words.say('hosted.own.goneWhy')}</p></div>`,
  )
