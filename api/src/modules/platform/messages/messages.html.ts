import type { Language } from '@goodword/contracts'
import { directionOf } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import type { Outgoing } from './outgoing.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

const ink = '#22201d'
const accent = '#8a2c5e'
const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

/** A paragraph with a link: the label on one line, the URL alone on the next. */
function offerOf(paragraph: string): { label: string; url: string } | null {
  const [label, url, ...rest] = paragraph.split('\n')
  if (!label?.endsWith(':') || !url || rest.length > 0 || !/^https?:\/\/\S+$/.test(url)) return null
  return { label: label.slice(0, -1).trim(), url }
}

function paragraphHtml(paragraph: string): string {
  const offer = offerOf(paragraph)
  if (!offer) return `<p style="margin:0 0 16px">${escaped(paragraph).replaceAll('\n', '<br>')}</p>`
  const style = `display:inline-block;padding:12px 20px;border-radius:7px;background:${accent};color:#ffffff;text-decoration:none;font-weight:600`
  return `<p style="margin:0 0 20px"><a href="${escaped(offer.url)}" style="${style}">${escaped(offer.label)}</a></p>`
}

export type EmailContent = Pick<Outgoing, 'subject' | 'body' | 'language' | 'reads' | 'stopLink'>

/**
 * The HTML part of an email, generated from its plain text: paragraphs, and a button for each paragraph with a link.
 * Text of unknown language gets no language attribute.
 */
export function htmlOf({ subject, body, language, reads, stopLink }: EmailContent): string {
  return [
    '<!doctype html>',
    `<html ${language === null ? 'dir="auto"' : `lang="${language}" dir="${directionOf(language)}"`}><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#ffffff;color:${ink};font:16px/1.5 ${font}">`,
    '<div style="max-width:520px;margin:0 auto">',
    ...body.split('\n\n').map(paragraphHtml),
    ...(stopLink === null ? [] : [stopHtml(stopLink, reads)]),
    '</div></body></html>',
  ].join('\n')
}

function stopHtml(url: string, language: Language): string {
  const { say } = wordsIn(language)
  return `<p lang="${language}" dir="${directionOf(language)}" style="margin:28px 0 0;font-size:13px;color:#6b655c">${escaped(say('email.why'))} <a href="${escaped(url)}" style="color:#6b655c">${escaped(say('email.stop'))}</a></p>`
}

/** The plain-text part of an email. */
export function textOf({ body, reads, stopLink }: EmailContent): string {
  if (stopLink === null) return body
  const { say } = wordsIn(reads)
  return `${body}\n\n${say('email.button', { label: say('email.stop') })} ${stopLink}`
}
