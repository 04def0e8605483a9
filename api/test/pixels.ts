import { Resvg } from '@resvg/resvg-js'

/** The colors of a PNG at given points, read by rendering it. */
export function pixelsOf(png: Buffer, width: number, height: number) {
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return (x: number, y: number) => {
    const at = (y * width + x) * 4
    return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0] as const
  }
}
