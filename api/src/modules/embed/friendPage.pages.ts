import { html } from 'hono/html'
import type { FriendView } from './friendPage.queries.ts'
import { icon } from './hosted.icons.ts'
import { type Frame, layout, type Markup, telOf } from './hosted.layout.ts'
import type { Business } from './hosted.view.ts'

const page = async (frame: Frame, title: string, business: Business | null, body: Markup): Promise<string> =>
  String(
    await layout(
      frame,
      { title, description: title, ...(business ? { business } : {}) },
      html`<main class="grid one"><section class="card done">${body}</section></main>`,
    ),
  )

/** What I was offered, by whom, where it stands; and the way to delete my data. */
export function friendPage(frame: Frame, view: FriendView): Promise<string> {
  const { business, advocate, offer, status, since, code } = view
  const who = advocate ?? 'A friend'
  const title = offer ? `${who} gave you ${offer}` : `${who} recommends ${business.name}`
  return page(
    frame,
    title,
    business,
    html`<div><h1>${title}</h1><p>At ${business.fullName}.</p></div>
<div><h2>${status}</h2><p class="fine">Since ${since}.</p></div>
${code && html`<p class="gift"><span>Your code</span><b>${code}</b></p>`}
${business.phone && html`<a class="button" href="${telOf(business.phone)}">${icon('phone')}<span>Call ${business.phone}</span></a>`}
<form method="get"><input type="hidden" name="delete" value="ask"><button class="quiet" type="submit">Delete my data</button></form>`,
  )
}

/** Asks once more: what goes, and what stays. */
export function deletePage(frame: Frame, { business, offer, knownOtherwise }: FriendView): Promise<string> {
  const gone = 'Your name, your address or number and what you wrote go for good. This cannot be undone.'
  const kept = knownOtherwise
    ? `${business.name} knows you for more than this. Only what you sent with this form is deleted; ask them about the rest.`
    : 'Nothing that says who you are stays.'
  return page(
    frame,
    'Delete your data?',
    business,
    html`<div><h1>Delete your data?</h1><p>${gone} ${kept}</p></div>
${offer && html`<p class="fine">The offer ends with it: ${business.name} can no longer get in touch with you.</p>`}
<form method="post"><input type="hidden" name="sure" value="yes"><button class="button" type="submit">Delete my data</button></form>
<form method="get"><button class="quiet" type="submit">Keep it</button></form>`,
  )
}

export const deletedPage = (frame: Frame): Promise<string> =>
  page(
    frame,
    'Your data is deleted',
    null,
    html`<div><h1>Your data is deleted</h1><p>What you sent is gone. This link works no more.</p></div>`,
  )

export const noSuchFriendPage = (frame: Frame): Promise<string> =>
  page(
    frame,
    'This link does not work any more',
    null,
    html`<div><h1>This link does not work any more</h1><p>The data behind it may be deleted already.</p></div>`,
  )
