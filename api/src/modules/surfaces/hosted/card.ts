import { createHash } from 'node:crypto'
import { type Color, colorOf, textColorOn, toSvgColor } from './card.colors.ts'
import type { HostedView } from './hosted.view.ts'
import { createImageCache, hasGlyphs, renderPng, textAt, widthOf } from './images.ts'
import { keepLanguage } from './requestLanguage.ts'

/** The text of a link's preview image: "Anna gave you", "$20", "off your first visit", and the business. */
export type CardWords = { lead: string; figure: string | null; words: string; business: string; brandColor: string }

const [width, height] = [1_200, 630]
const paper: Color = [248, 245, 240]
const most = 200

export const cardWordsOf = ({ advocate, offer, business }: HostedView): CardWords => ({
  lead: `${advocate.firstName} ${offer.verb}`,
  figure: offer.figure,
  words: offer.words,
  business: business.fullName,
  brandColor: business.brandColor,
})

/** A short hash of the image's content, which changes whenever the image does. */
export const cardHash = (words: CardWords): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 16)

/** If no font has one of the letters there is no image, because a name with missing letters is worse than none. */
const canRender = ({ lead, figure, words, business }: CardWords): boolean =>
  hasGlyphs(`${lead}${figure ?? ''}${words}${business}`)

/** The URL of a link's image; null if it can't be rendered. */
export function cardAddress(view: HostedView): string | null {
  const words = cardWordsOf(view)
  const { ctx, speech, enrollment } = view
  const asked = speech.words.language === 'en' ? null : speech.words.language
  const address = `${ctx.config.publicUrl}/r/${enrollment.code}/card.png?v=${cardHash(words)}`
  return canRender(words) ? keepLanguage({ asked }, address) : null
}

/** Returns null if it can't be rendered. */
export function createCards(): (words: CardWords) => Promise<Buffer> | null {
  const once = createImageCache(most)
  return (words) => (canRender(words) ? once(cardHash(words), () => renderPng(width, height, renderCard(words))) : null)
}

/** A tear-off slip in the brand color, 1200 × 630, as SVG. */
function renderCard(card: CardWords): string {
  const brand = colorOf(card.brandColor)
  const ink = toSvgColor(textColorOn(brand))
  const [left, top, right, bottom, tear] = [60, 56, 1_140, 574, 452]
  const inset = left + 60
  const room = right - left - 120
  const write = (text: string, size: number, y: number, tracking = 0) => textAt(text, { x: inset, y, size, tracking })
  const notch = (x: number) => `<circle cx="${x}" cy="${tear}" r="24" fill="${toSvgColor(paper)}"/>`
  return [
    `<rect width="${width}" height="${height}" fill="${toSvgColor(paper)}"/>`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="36" fill="${toSvgColor(brand)}"/>`,
    notch(left),
    notch(right),
    `<path d="M${left + 52} ${tear}h976" stroke="${ink}" stroke-width="4" stroke-dasharray="14 12"/>`,
    `<g fill="${ink}">`,
    write(clip(card.lead, 46, room), 46, 142),
    ...(card.figure === null ? sentence(card.words, room, write) : figure(card.figure, card.words, room, write)),
    write(clip(card.business, 40, room), 40, 528, -0.005),
    '</g>',
  ].join('')
}

type Write = (text: string, size: number, y: number, tracking?: number) => string

function sentence(words: string, room: number, write: Write): string[] {
  const size = words.length > 60 ? 60 : 76
  return wrap(words, size, room)
    .slice(0, 3)
    .map((line, index) => write(clip(line, size, room), size, 150 + size * 1.16 * (index + 1), -0.02))
}

function figure(text: string, words: string, room: number, write: Write): string[] {
  const size = Math.min(176, (room / widthOf(text, 176, -0.04)) * 176)
  const baseline = 184 + size * 0.76
  return [write(text, size, baseline, -0.04), write(clip(words, 48, room), 48, baseline + 76, -0.01)]
}

/** Breaks text between words into lines no wider than `room`. */
function wrap(text: string, size: number, room: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
    return lines
  }, [])
}

/** Shortens text to fit, with an ellipsis. */
function clip(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text
  const letters = [...text]
  const fits = (count: number) => widthOf(`${letters.slice(0, count).join('')}…`, size) <= room
  let [shown, tooMany] = [1, letters.length]
  while (tooMany - shown > 1) {
    const middle = Math.floor((shown + tooMany) / 2)
    if (fits(middle)) shown = middle
    else tooMany = middle
  }
  return `${letters.slice(0, shown).join('').trimEnd()}…`
}
