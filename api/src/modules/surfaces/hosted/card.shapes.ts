import type { Color, Outlines } from './card.raster.ts'

const dark: Color = [29, 26, 23]
const white: Color = [255, 255, 255]

export const box = (left: number, top: number, right: number, bottom: number) => [
  left,
  top,
  right,
  top,
  right,
  bottom,
  left,
  bottom,
]

const arc = (x: number, y: number, radius: number, from: number, turn: number) =>
  Array.from({ length: 25 }, (_, step) => from + (turn * step) / 24).flatMap((angle) => [
    x + radius * Math.cos(angle),
    y + radius * Math.sin(angle),
  ])

export const circle = (x: number, y: number, radius: number) => arc(x, y, radius, 0, 2 * Math.PI)

export function roundedBox(left: number, top: number, right: number, bottom: number, radius: number): Outlines[number] {
  const quarter = Math.PI / 2
  return [
    ...arc(right - radius, top + radius, radius, -quarter, quarter),
    ...arc(right - radius, bottom - radius, radius, 0, quarter),
    ...arc(left + radius, bottom - radius, radius, quarter, quarter),
    ...arc(left + radius, top + radius, radius, 2 * quarter, quarter),
  ]
}

export const colorOf = (hex: string): Color => {
  const value = Number.parseInt(/^#[0-9a-f]{6}$/.test(hex) ? hex.slice(1) : '8a2c5e', 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((byte) => {
    const share = byte / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2: from 1, none, to 21. */
export function contrast(a: Color, b: Color): number {
  const [light = 0, dim = 0] = [luminance(a), luminance(b)].sort((one, two) => two - one)
  return (light + 0.05) / (dim + 0.05)
}

/** Letters that can be read on a color: white where it is dark enough, near-black elsewhere. */
export const inkOn = (color: Color): Color =>
  contrast(color, white) >= 4.5 || contrast(color, white) > contrast(color, dark) ? white : dark
