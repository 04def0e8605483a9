import type { SubmittedReferral } from '@goodword/contracts'
import { publicSentence } from '@goodword/domain'
import { html } from 'hono/html'
import { cardAddress } from './card.ts'
import { unnamed } from './form.ts'
import { type FormState, formCard } from './hosted.form.ts'
import { icon } from './hosted.icons.ts'
import { type Frame, layout, slip, telOf } from './hosted.layout.ts'
import type { HostedView } from './hosted.view.ts'

const text = async (page: ReturnType<typeof layout>): Promise<string> => String(await page)

/** Offer first, form second, proof third. */
export function offerPage(frame: Frame, view: HostedView, state: FormState): Promise<string> {
  const wrong = state.notice !== null || state.errors.size > 0
  const title = `${view.title} · ${view.business.name}`
  return text(
    layout(
      frame,
      { ...headOf(view), title: wrong ? `Check your details · ${title}` : title },
      html`<main class="grid two">
${slip(view)}
${formCard(view, state)}
${promises(view)}
${view.smallPrint.length > 0 ? html`<details class="terms"><summary>${icon('more')}<span>Terms of this offer</span></summary>${view.smallPrint.map((line) => html`<p>${line}</p>`)}</details>` : ''}
</main>`,
    ),
  )
}

/** What happened and what comes next. Loading it again changes nothing. */
export function thanksPage(frame: Frame, view: HostedView, thanks: SubmittedReferral): Promise<string> {
  return text(
    layout(
      frame,
      { ...headOf(view), title: `${thanks.title} · ${view.business.name}` },
      html`<main class="grid one">
<section class="card done">
<span class="tick">${icon('done')}</span>
<div><h1>${thanks.title}</h1><p>We noted that ${within(thanks.advocateFirstName)} sent you.</p></div>
<ol class="steps">${thanks.steps.map((step) => html`<li><span>${step}</span></li>`)}</ol>
${callButton(view)}
<p><a href="/r/${view.enrollment.code}">Back to the offer</a></p>
</section>
</main>`,
    ),
  )
}

/** The link is known and its offer is not open. */
export function closedPage(frame: Frame, view: HostedView): Promise<string> {
  return text(
    layout(
      frame,
      { ...headOf(view), title: view.business.name },
      html`<main class="grid one">
<section class="card done">
<div><h1>${view.closed}</h1><p>${view.advocate.firstName} sent you to ${view.business.fullName}.</p></div>
${callButton(view)}
</section>
</main>`,
    ),
  )
}

/** Nobody has that code, so that there is no business to name. */
export function unknownPage(frame: Frame): Promise<string> {
  const sentence = publicSentence('code_unknown', { organizationPhone: null })
  return text(
    layout(
      frame,
      { title: 'We do not know that code', description: sentence },
      html`<main class="grid one"><section class="card done"><h1>${sentence}</h1></section></main>`,
    ),
  )
}

/** A name within a sentence. */
const within = (name: string | null) => (name === null || name === unnamed ? 'a friend' : name)

const headOf = (view: HostedView) => ({
  title: view.title,
  preview: view.title,
  description: `${view.business.fullName}. Leave your name and a way to reach you; it takes half a minute.`,
  url: `${view.ctx.config.publicUrl}/r/${view.enrollment.code}`,
  business: view.business,
  image: cardAddress(view),
  hue: view.advocate.hue,
})

const callButton = ({ business: { phone } }: HostedView) =>
  phone ? html`<a class="button" href="${telOf(phone)}">${icon('phone')}<span>Call ${phone}</span></a>` : ''

const promises = ({ offer: { figure } }: HostedView) => html`<ul class="facts">
<li>${icon('phone')}<span><b>One call</b><span>We call or write to you soon</span></span></li>
<li>${icon('receipt')}<span><b>A price first</b><span>Agreed before any work</span></span></li>
<li>${icon('saved')}<span><b>${figure ? `Your ${figure}` : 'No obligation'}</b><span>${figure ? 'Taken off when the job is done' : 'You decide after we talk'}</span></span></li>
</ul>`
