import { createHash } from 'node:crypto'
import { pngOf } from './card.png.ts'
import { blankPicture, type Color, fill, type Picture } from './card.raster.ts'
import { box, circle, colorOf, inkOn, roundedBox } from './card.shapes.ts'
import { canWrite, lineOf, widthOf, wrap } from './card.text.ts'
import type { HostedView } from './hosted.view.ts'
import { keeping } from './requestLanguage.ts'

/** What the picture of a link says: "Anna gave you", "$20", "off your first visit", and whose offer it is. */
export type CardWords = { lead: string; figure: string | null; words: string; business: string; brandColor: string }

const [width, height] = [1_200, 630]
const paper: Color = [248, 245, 240]
const most = 200

export const cardWordsOf = ({ advocate, offer, business }: HostedView): CardWords => ({
  lead: `${advocate.firstName} ${offer.verb}`,
  figure: offer.figure && drawable(offer.figure),
  words: drawable(offer.words),
  business: business.fullName,
  brandColor: business.brandColor,
})

/** French writes its figures with a narrow space, for which there is no outline. */
const drawable = (text: string) => text.replaceAll('\u202f', '\u00a0')

/** What the picture shows, as a short name: it changes when anything on it does. */
export const cardHash = (words: CardWords): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 16)

/** Without an outline for each letter there is no picture: a name with letters missing is worse than none. */
const canDraw = ({ lead, figure, words, business }: CardWords): boolean =>
  canWrite(`${lead}${figure ?? ''}${words}${business}`)

/** Where the picture of a link is; null when it cannot be drawn. */
export function cardAddress(view: HostedView): string | null {
  const words = cardWordsOf(view)
  const { ctx, speech, enrollment } = view
  const asked = speech.words.language === 'en' ? null : speech.words.language
  const address = `${ctx.config.publicUrl}/r/${enrollment.code}/card.png?v=${cardHash(words)}`
  return canDraw(words) ? keeping({ asked }, address) : null
}

/** Draws each picture once and keeps the latest in memory. Answers null for what cannot be drawn. */
export function createCards(): (words: CardWords) => Buffer | null {
  const kept = new Map<string, Buffer>()
  return (words) => {
    if (!canDraw(words)) return null
    const hash = cardHash(words)
    const known = kept.get(hash)
    if (known) return known
    const png = pngOf(drawCard(words))
    const [oldest] = kept.size >= most ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    kept.set(hash, png)
    return png
  }
}

/** A tear-off slip in the brand color, 1200 × 630. */
function drawCard(card: CardWords): Picture {
  const brand = colorOf(card.brandColor)
  const ink = inkOn(brand)
  const picture = blankPicture(width, height, paper)
  const [left, top, right, bottom, tear] = [60, 56, 1_140, 574, 452]
  fill(picture, [roundedBox(left, top, right, bottom, 36)], brand)
  fill(picture, [circle(left, tear, 24)], paper)
  fill(picture, [circle(right, tear, 24)], paper)
  for (let x = left + 44; x < right - 44; x += 26) fill(picture, [box(x, tear - 2, x + 14, tear + 2)], ink)

  const inset = left + 60
  const room = right - left - 120
  const write = (text: string, size: number, y: number, tracking = 0) =>
    fill(picture, lineOf(text, { x: inset, y, size, tracking }), ink)
  write(clip(card.lead, 46, room), 46, 142)
  if (card.figure === null) {
    const size = card.words.length > 60 ? 60 : 76
    wrap(card.words, size, room)
      .slice(0, 3)
      .forEach((line, index) => {
        write(clip(line, size, room), size, 150 + size * 1.16 * (index + 1), -0.02)
      })
  } else {
    const size = Math.min(176, (room / widthOf(card.figure, 176, -0.04)) * 176)
    write(card.figure, size, 184 + size * 0.76, -0.04)
    write(clip(card.words, 48, room), 48, 184 + size * 0.76 + 76, -0.01)
  }
  write(clip(card.business, 40, room), 40, 528, -0.005)
  return picture
}

/** What fits, with an ellipsis where something was left off. */
function clip(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text
  const letters = [...text]
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
