const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

const ink = '#22201d'
const accent = '#8a2c5e'
const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

/** A paragraph that offers a link: its label on one line, the address alone on the next. */
function offerOf(paragraph: string): { label: string; url: string } | null {
  const [label, url, ...rest] = paragraph.split('\n')
  if (!label?.endsWith(':') || !url || rest.length > 0 || !/^https?:\/\/\S+$/.test(url)) return null
  return { label: label.slice(0, -1), url }
}

function paragraphHtml(paragraph: string): string {
  const offer = offerOf(paragraph)
  if (!offer) return `<p style="margin:0 0 16px">${escaped(paragraph).replaceAll('\n', '<br>')}</p>`
  const style = `display:inline-block;padding:12px 20px;border-radius:7px;background:${accent};color:#ffffff;text-decoration:none;font-weight:600`
  return `<p style="margin:0 0 20px"><a href="${escaped(offer.url)}" style="${style}">${escaped(offer.label)}</a></p>`
}

/** The HTML part of a mail, made from its plain text: paragraphs, and a button where a paragraph offers a link. */
export function htmlOf(subject: string, body: string, stopLink: string | null = null): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#ffffff;color:${ink};font:16px/1.5 ${font}">`,
    '<div style="max-width:520px;margin:0 auto">',
    ...body.split('\n\n').map(paragraphHtml),
    ...(stopLink === null ? [] : [stopHtml(stopLink)]),
    '</div></body></html>',
  ].join('\n')
}

const stopHtml = (url: string): string =>
  `<p style="margin:28px 0 0;font-size:13px;color:#6b655c">You get this because of your referrals. <a href="${escaped(url)}" style="color:#6b655c">Stop these mails</a></p>`

/** The plain part of a mail. */
export const textOf = (body: string, stopLink: string | null): string =>
  stopLink === null ? body : `${body}\n\nStop these mails: ${stopLink}`
