import type { SubmittedReferral } from '@goodword/contracts'
import { html } from 'hono/html'
import { cardAddress } from './card.ts'
import { type FormState, formCard } from './hosted.form.ts'
import { icon } from './hosted.icons.ts'
import { type Frame, layout, type Markup, telOf, voucher } from './hosted.layout.ts'
import type { Business, HostedView } from './hosted.view.ts'
import { keepLanguage } from './requestLanguage.ts'

const text = async (page: ReturnType<typeof layout>): Promise<string> => String(await page)

/** Offer first, form second, reassurance third. */
export function offerPage(frame: Frame, view: HostedView, state: FormState): Promise<string> {
  const { say } = frame.words
  const wrong = state.notice !== null || state.errors.size > 0
  const title = `${view.title} · ${view.business.name}`
  return text(
    layout(
      frame,
      { ...headOf(view), title: wrong ? `${say('hosted.form.check')} · ${title}` : title },
      html`<main class="grid two">
${voucher(view)}
${formCard(view, state)}
${promises(view, frame)}
${view.smallPrint.length > 0 ? html`<details class="terms"><summary>${icon('more')}<span>${say('hosted.terms')}</span></summary>${view.smallPrint.map((line) => html`<p dir="auto">${line}</p>`)}</details>` : ''}
</main>`,
    ),
  )
}

/** The thank-you page with the next steps. Reloading it changes nothing. */
export function thanksPage(frame: Frame, view: HostedView, thanks: SubmittedReferral): Promise<string> {
  const { say } = frame.words
  const advocate = thanks.advocateFirstName ?? ''
  return text(
    layout(
      frame,
      { ...headOf(view), title: `${thanks.title} · ${view.business.name}` },
      html`<main class="grid one">
<section class="card done">
<span class="tick">${icon('done')}</span>
<div><h1>${thanks.title}</h1><p>${say('friend.noted', { advocate })}</p></div>
<ol class="steps">${thanks.steps.map((step) => html`<li><span>${step}</span></li>`)}</ol>
${callButton(frame, view.business)}
<p><a href="${keepLanguage(view.speech, `/r/${view.enrollment.code}`)}">${say('hosted.back')}</a></p>
</section>
</main>`,
    ),
  )
}

/** The link is known, but its offer isn't open. */
export function closedPage(frame: Frame, view: HostedView): Promise<string> {
  return text(
    layout(
      frame,
      { ...headOf(view), title: view.business.name },
      html`<main class="grid one">
<section class="card done">
<div><h1>${view.closed}</h1><p>${frame.words.say('hosted.sentYou', { advocate: view.advocate.firstName, organization: view.business.fullName })}</p></div>
${callButton(frame, view.business)}
</section>
</main>`,
    ),
  )
}

/** Nobody has that code, so there is no business to name. */
export function codeNotFoundPage(frame: Frame): Promise<string> {
  const sentence = frame.words.refusal('code_unknown', { phone: null, ended: null })
  return text(
    layout(
      frame,
      { title: frame.words.say('hosted.unknownTitle'), description: sentence },
      html`<main class="grid one"><section class="card done"><h1>${sentence}</h1></section></main>`,
    ),
  )
}

/** An error page with the reason. */
export const errorPage = (frame: Frame, title: string, sentence: string): Promise<string> =>
  text(
    layout(
      frame,
      { title, description: sentence },
      html`<main class="grid one"><section class="card done"><div><h1>${title}</h1><p>${sentence}</p></div></section></main>`,
    ),
  )

const headOf = (view: HostedView) => ({
  title: view.title,
  preview: view.title,
  description: view.speech.words.say('hosted.preview', { organization: view.business.fullName }),
  url: keepLanguage(view.speech, `${view.ctx.config.publicUrl}/r/${view.enrollment.code}`),
  business: view.business,
  image: cardAddress(view),
  hue: view.advocate.hue,
})

export function callButton({ words: { say } }: Frame, { phone }: Business): Markup | string {
  if (!phone) return ''
  const [before, after] = say('friend.form.call', { phone: '\n' }).split('\n')
  return html`<a class="button" href="${telOf(phone)}">${icon('phone')}<span>${before}<span class="number" dir="ltr">${phone}</span>${after}</span></a>`
}

const givenWhy = {
  credit: 'hosted.promise.creditWhy',
  discount_code: 'hosted.promise.codeWhy',
  gift_card: 'hosted.promise.cardWhy',
  custom: 'hosted.promise.freeWhy',
  none: 'hosted.promise.freeWhy',
} as const

/** What the friend gets, and how: off this job, as credit, by a code, or only a reply. */
function gift({ offer: { figure }, facts: { offer } }: HostedView, { words: { say } }: Frame): [string, string] {
  const why = say(offer.use === 'off_this_job' ? 'hosted.promise.savedWhy' : givenWhy[offer.kind])
  if (!figure) return [say('hosted.promise.free'), why]
  if (offer.kind === 'gift_card') return [say('hosted.promise.savedCard', { figure }), why]
  return [say(offer.use === 'after_job' ? 'hosted.promise.savedCredit' : 'hosted.promise.saved', { figure }), why]
}

function promises(view: HostedView, frame: Frame): Markup {
  const { say } = frame.words
  const [what, why] = gift(view, frame)
  return html`<ul class="facts">
<li>${icon('phone')}<span><b>${say('hosted.promise.oneCall')}</b><span>${say('hosted.promise.oneCallWhy')}</span></span></li>
<li>${icon('receipt')}<span><b>${say('hosted.promise.price')}</b><span>${say('hosted.promise.priceWhy')}</span></span></li>
<li>${icon('saved')}<span><b>${what}</b><span>${why}</span></span></li>
</ul>`
}
