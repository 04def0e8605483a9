/** Red, green and blue, each up to 255. */
export type Color = readonly [red: number, green: number, blue: number]

const dark: Color = [29, 26, 23]
const white: Color = [255, 255, 255]

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

/** The WCAG 2.2 contrast ratio, from 1 (none) to 21. */
export function contrast(a: Color, b: Color): number {
  const [light = 0, dim = 0] = [luminance(a), luminance(b)].sort((one, two) => two - one)
  return (light + 0.05) / (dim + 0.05)
}

/** The text color that is readable on a background: white where it is dark enough, near-black elsewhere. */
export const textColorOn = (color: Color): Color =>
  contrast(color, white) >= 4.5 || contrast(color, white) > contrast(color, dark) ? white : dark

/** The color in SVG notation. */
export const toSvgColor = (color: Color): string => `rgb(${color.join(',')})`
