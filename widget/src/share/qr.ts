import { encode } from 'uqr'

/** Width in modules of the white border that scanners need (ISO/IEC 18004). The area around it is white as well. */
const quietZone = 2

/** The dark modules of `text` as a QR code with medium error correction, in a square with sides of `side` modules. */
export function pathOf(text: string): { path: string; side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const at = (index: number) => index + quietZone
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${at(x)} ${at(y)}h1v1h-1z` : ''))).join('')
  return { path, side: size + 2 * quietZone }
}
