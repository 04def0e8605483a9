import type { Language } from '@goodword/contracts'
import { directionOf } from '@goodword/words'
import type { Words } from '@goodword/words/server'
import { html } from 'hono/html'
import { goodwordMark, icon } from './hosted.icons.ts'
import type { Business, HostedView } from './hosted.view.ts'

export type Markup = ReturnType<typeof html>

/** Page settings from the caller. */
export type Frame = {
  /** URL of the stylesheet. */
  style: string
  /** The nonce that allows the one inline style under the page's policy. */
  nonce: string
  /** The page's language. */
  words: Words
}

type Head = {
  title: string
  /** The title in link previews; defaults to the page title. */
  preview?: string
  description: string
  url?: string
  /** URL of the image in link previews; null without one. */
  image?: string | null
  business?: Business
  hue?: number
}

/** "de_DE": Open Graph requires a country, so it is the one with the most speakers. */
const localeOf = (language: Language) => [language, new Intl.Locale(language).maximize().region].join('_')
const color = /^#[0-9a-f]{6}$/

/**
 * A whole page: head, the business and its phone number on top, its address below. The template escapes every value.
 */
export const layout = ({ style, nonce, words }: Frame, head: Head, body: Markup): Markup => html`<!doctype html>
<html lang="${words.language}" dir="${directionOf(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${head.title}</title>
<meta name="description" content="${head.description}">
<meta property="og:type" content="website">
<meta property="og:locale" content="${localeOf(words.language)}">
<meta property="og:title" content="${head.preview ?? head.title}">
<meta property="og:description" content="${head.description}">
${head.business ? html`<meta property="og:site_name" content="${head.business.fullName}">` : ''}
${head.url ? html`<meta property="og:url" content="${head.url}">` : ''}
${picture(head)}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
${head.business ? themed(head.business.brandColor, head.hue ?? 0, nonce) : ''}
</head>
<body>
<div class="page">
${head.business ? top(head.business, words) : ''}
${body}
<footer class="foot">${head.business?.address ? html`<span>${head.business.address}</span>` : ''}<span class="gw">${goodwordMark}<span>${words.say('hosted.runWith')} <b translate="no">Goodword</b></span></span></footer>
</div>
</body>
</html>
`

const picture = ({ image, preview, title }: Head) =>
  image
    ? html`<meta property="og:image" content="${image}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${preview ?? title}">
<meta name="twitter:card" content="summary_large_image">`
    : html`<meta name="twitter:card" content="summary">`

const themed = (brandColor: string, hue: number, nonce: string) =>
  html`<style nonce="${nonce}">:root{--gw-brand:${color.test(brandColor) ? brandColor : '#8a2c5e'}}.avatar{--h:${hue}}</style>`

const top = (
  { fullName, phone, logo }: Pick<Business, 'fullName' | 'phone' | 'logo'>,
  { say }: Words,
) => html`<header class="top">
${logo ? html`<img class="logo" src="${logo}" alt="" width="36" height="36">` : html`<span class="mark" aria-hidden="true">${fullName.slice(0, 1).toUpperCase()}</span>`}<b>${fullName}</b>
${phone ? html`<a href="${telOf(phone)}" aria-label="${say('hosted.callUsAt', { phone })}">${icon('phone')}<span>${say('hosted.callUs')}</span></a>` : ''}
</header>`

export const telOf = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`

/** The tear-off voucher: the offer above the tear, its condition below. */
export const voucher = ({
  advocate,
  offer,
  stub,
}: Pick<HostedView, 'advocate' | 'offer' | 'stub'>): Markup => html`<section class="slip">
<div><p class="from"><span class="avatar" aria-hidden="true">${advocate.initials}</span><span><b>${advocate.firstName}</b> ${offer.verb}</span></p>
${headline(offer)}</div>
<div>${icon('note')}<span>${stub}</span></div>
</section>`

const headline = ({ figure, words }: HostedView['offer']) =>
  figure
    ? html`<p class="big" aria-hidden="true">${figure}</p><h1><span class="unseen">${figure} </span>${words}</h1>`
    : html`<h1>${words}</h1>`
