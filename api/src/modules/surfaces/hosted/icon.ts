import { colorOf, textColorOn, toSvgColor } from './card.colors.ts'
import { createImageCache, hasGlyphs, renderPng, textAt } from './images.ts'

/** Renders a business's icon as a PNG: a square in its color with its initial. Caches the latest ones. */
export function createIcons(): (size: number, letter: string, brandColor: string) => Promise<Buffer> {
  const once = createImageCache(100)
  return (size, letter, brandColor) =>
    once(`${size} ${brandColor} ${letter}`, () => renderPng(size, size, renderIcon(size, letter, brandColor)))
}

/** The content stays within a round mask. */
function renderIcon(size: number, letter: string, brandColor: string): string {
  const brand = colorOf(brandColor)
  const ink = toSvgColor(textColorOn(brand))
  const square = `<rect width="${size}" height="${size}" fill="${toSvgColor(brand)}"/>`
  if (!hasGlyphs(letter)) {
    const side = size * 0.2
    return `${square}<rect x="${side * 2}" y="${side * 2}" width="${side}" height="${side}" fill="${ink}"/>`
  }
  const type = size * 0.52
  const place = { x: size / 2, y: size / 2 + type * 0.364, size: type, anchor: 'middle' } as const
  return `${square}<g fill="${ink}">${textAt(letter, place)}</g>`
}
