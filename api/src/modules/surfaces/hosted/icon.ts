import { blankPicture, fill, type Picture } from './card.raster.ts'
import { box, colorOf, inkOn } from './card.shapes.ts'
import { canWrite, lineOf, widthOf } from './card.text.ts'

export { pngOf } from './card.png.ts'

/** A square in the brand color with the first letter of the business; all of it stays within what a round mask leaves. */
export function drawIcon(size: number, letter: string, brandColor: string): Picture {
  const brand = colorOf(brandColor)
  const picture = blankPicture(size, size, brand)
  const scale = size * 0.52
  if (!canWrite(letter)) {
    fill(picture, [box(size * 0.4, size * 0.4, size * 0.6, size * 0.6)], inkOn(brand))
    return picture
  }
  const x = (size - widthOf(letter, scale)) / 2
  fill(picture, lineOf(letter, { x, y: size / 2 + scale * 0.364, size: scale }), inkOn(brand))
  return picture
}
