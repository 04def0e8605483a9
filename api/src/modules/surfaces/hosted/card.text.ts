import glyphs from './card.glyphs.txt?raw'
import type { Outlines } from './card.raster.ts'

type Glyph = { advance: number; path: string }
const unitsPerEm = 1_000
/** Straight pieces for each curve; at these sizes the eye sees no corner. */
const pieces = 8

const byLetter = new Map<string, Glyph>(
  glyphs
    .split('\n')
    .slice(1)
    .flatMap((line): [string, Glyph][] => {
      const [letter, advance, path = ''] = line.split('\t')
      return letter && advance ? [[letter, { advance: Number(advance), path }]] : []
    }),
)

/** Whether there is an outline for every letter. */
export const canWrite = (text: string): boolean => [...text].every((letter) => byLetter.has(letter))

/** The width of a line in pixels; `tracking` is the space between letters in ems. */
export function widthOf(text: string, size: number, tracking = 0): number {
  const advances = [...text].map((letter) => (byLetter.get(letter)?.advance ?? 0) / unitsPerEm + tracking)
  return size * (advances.reduce((sum, advance) => sum + advance, 0) - tracking)
}

/** The outlines of a line whose baseline starts at `x`, `y`. */
export function lineOf(text: string, at: { x: number; y: number; size: number; tracking?: number }): Outlines {
  const scale = at.size / unitsPerEm
  let x = at.x
  return [...text].flatMap((letter) => {
    const glyph = byLetter.get(letter)
    const left = x
    x += (glyph?.advance ?? 0) * scale + (at.tracking ?? 0) * at.size
    return glyph ? outlinesOf(glyph.path, (px, py) => [left + px * scale, at.y - py * scale]) : []
  })
}

/** Lines that are no wider than `width`, broken between words. */
export function wrap(text: string, size: number, width: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${last} ${word}`
      return lines
    }
    lines.push(word)
    return lines
  }, [])
}

function outlinesOf(path: string, place: (x: number, y: number) => [number, number]): Outlines {
  const outlines: Outlines = []
  for (const [, command, values = ''] of path.matchAll(/([MLQ])([^MLQZ]+)/g)) {
    const [a = 0, b = 0, c = 0, d = 0] = values.split(' ').map(Number)
    if (command === 'M') outlines.push(place(a, b))
    else if (command === 'L') outlines.at(-1)?.push(...place(a, b))
    else curve(outlines.at(-1) ?? [], place(a, b), place(c, d))
  }
  return outlines
}

/** A quadratic curve from where the outline is, in straight pieces. */
function curve(outline: number[], [cx, cy]: [number, number], [ex, ey]: [number, number]): void {
  const sx = outline.at(-2) ?? 0
  const sy = outline.at(-1) ?? 0
  for (let piece = 1; piece <= pieces; piece++) {
    const t = piece / pieces
    const [s, m, e] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    outline.push(s * sx + m * cx + e * ex, s * sy + m * cy + e * ey)
  }
}
