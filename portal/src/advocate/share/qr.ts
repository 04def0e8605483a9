import { encode } from 'uqr'

/** Width in modules of the white border that scanners need (ISO/IEC 18004). */
const quietZone = 4

export type QrDrawing = {
  /** Width and height in modules, without the quiet zone. */
  size: number
  /** Horizontal runs of dark modules. */
  runs: { x: number; y: number; width: number }[]
}

/** Draws `text` as a QR code with medium error correction. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const runs = data.flatMap((row, y) => darkRuns(row).map((run) => ({ ...run, y })))
  return { size, runs }
}

function darkRuns(row: boolean[]) {
  const runs: { x: number; width: number }[] = []
  row.forEach((dark, x) => {
    const last = runs.at(-1)
    if (!dark) return
    if (last && last.x + last.width === x) last.width += 1
    else runs.push({ x, width: 1 })
  })
  return runs
}

/** The outline of the dark modules as one `<path>`. */
export const qrPath = ({ runs }: QrDrawing) =>
  runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('')

/** An SVG file for print. */
export function qrSvgFile(drawing: QrDrawing): Blob {
  const side = drawing.size + 2 * quietZone
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-quietZone} ${-quietZone} ${side} ${side}" shape-rendering="crispEdges">`,
    `<rect x="${-quietZone}" y="${-quietZone}" width="${side}" height="${side}" fill="#fff"/>`,
    `<path d="${qrPath(drawing)}"/></svg>`,
  ].join('')
  return new Blob([svg], { type: 'image/svg+xml' })
}

/** A PNG of about 1,000 pixels a side; null if the browser cannot create one. */
export function qrPngFile(drawing: QrDrawing): Promise<Blob | null> {
  const side = drawing.size + 2 * quietZone
  const scale = Math.ceil(1_000 / side)
  const canvas = document.createElement('canvas')
  canvas.width = side * scale
  canvas.height = side * scale
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#000'
  for (const { x, y, width } of drawing.runs) {
    pen.fillRect((x + quietZone) * scale, (y + quietZone) * scale, width * scale, scale)
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
