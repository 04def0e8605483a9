import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js'
import { LRUCache } from 'lru-cache'
import { apiFolder } from '../../../database/migrate.ts'

/**
 * Inter for Latin, Greek and Cyrillic letters, Noto Sans for other scripts. The renderer picks the font for each
 * letter.
 */
const fontFolder = join(apiFolder(), 'fonts')
const options: ResvgRenderOptions = {
  font: {
    fontFiles: readdirSync(fontFolder)
      .filter((name) => name.endsWith('.ttf'))
      .map((name) => join(fontFolder, name)),
    loadSystemFonts: false,
    defaultFontFamily: 'Inter',
  },
}

export type Place = { x: number; y: number; size: number; tracking?: number; anchor?: 'start' | 'middle' }

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** XML doesn't allow control characters, not even escaped. */
const escaped = (text: string) => text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"']/g, (sign) => named[sign] ?? '')

/** A line of text as SVG. `y` is its baseline, `tracking` the space between letters in ems. */
export function textAt(text: string, { x, y, size, tracking = 0, anchor = 'start' }: Place): string {
  const spacing = tracking === 0 ? '' : ` letter-spacing="${tracking * size}"`
  const style = `font-family="Inter" font-weight="600" font-size="${size}"${spacing} text-anchor="${anchor}"`
  return `<text x="${x}" y="${y}" ${style}>${escaped(text)}</text>`
}

const svgOf = (width: number, height: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`

/** The width of a line in pixels. */
export function widthOf(text: string, size: number, tracking = 0): number {
  const line = new Resvg(svgOf(1, 1, textAt(text, { x: 0, y: 0, size, tracking })), options)
  const box = line.getBBox()
  return box ? box.x + box.width : 0
}

/** The glyph for letters that a font doesn't have. */
const shapeOf = (letter: string) => new Resvg(svgOf(9, 9, textAt(letter, { x: 0, y: 9, size: 9 })), options).toString()
const shapeOfNone = shapeOf('\u{10fffd}')
const known = new LRUCache<string, boolean>({ max: 2_000 })

function hasLetter(letter: string): boolean {
  const has = known.get(letter) ?? (/^[ -~]$/.test(letter) || shapeOf(letter) !== shapeOfNone)
  known.set(letter, has)
  return has
}

/** Whether the fonts have every letter. */
export const hasGlyphs = (text: string): boolean => [...text].every(hasLetter)

/** Renders SVG as a PNG, off the event loop except for the encoding, which takes milliseconds. */
export async function renderPng(width: number, height: number, content: string): Promise<Buffer> {
  return (await renderAsync(svgOf(width, height, content), options)).asPng()
}

/** Renders each image once, even for simultaneous requests, and caches the most recently used. */
export function createImageCache(most: number): (key: string, draw: () => Promise<Buffer>) => Promise<Buffer> {
  const kept = new LRUCache<string, Promise<Buffer>>({ max: most })
  return (key, draw) => {
    const picture = kept.get(key) ?? draw()
    kept.set(key, picture)
    // Everyone waiting gets the error; the next request tries again.
    picture.catch(() => kept.delete(key))
    return picture
  }
}
