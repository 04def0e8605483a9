import { encode } from 'uqr'
import { h } from './dom.ts'

/** Width in modules of the white border that scanners need (ISO/IEC 18004). The area around it is white as well. */
const quietZone = 2

/** Draws `text` as a QR code with medium error correction. */
export function drawQr(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const d = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  const side = size + 2 * quietZone
  const viewBox = `${-quietZone} ${-quietZone} ${side} ${side}`
  return h(
    'svg',
    { viewBox, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' },
    h('path', { d }),
  ) as unknown as SVGElement
}
