import { crc32 } from 'node:zlib'
import type { LogoType } from '@goodword/contracts'

export type ImageInfo = { type: LogoType; width: number; height: number }

/**
 * The type and size of an image, from its bytes alone. Null unless it is a complete PNG, JPEG or WebP: every part is
 * read up to the end mark, and nothing may follow.
 */
export function parseImage(bytes: Buffer): ImageInfo | null {
  const found = pngOf(bytes) ?? jpegOf(bytes) ?? webpOf(bytes)
  return found && found.width > 0 && found.height > 0 ? found : null
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Chunks of length, type, data and checksum: IHDR first, pixels in IDAT, IEND last. */
function pngOf(bytes: Buffer): ImageInfo | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngStart)) return null
  if (bytes.readUInt32BE(8) !== 13 || text(bytes, 12) !== 'IHDR') return null
  let pixels = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const kind = text(bytes, at + 4)
    const end = at + 8 + length
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return null
    if (kind === 'IDAT') pixels = true
    if (kind === 'IEND') {
      const whole = pixels && length === 0 && end + 4 === bytes.length
      return whole ? { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null
    }
    at = end + 4
  }
  return null
}

const startOfScan = 0xda
const endOfImage = 0xd9

/**
 * Segments that state their length. The size is in "start of frame", and compressed pixels follow each "start of scan".
 */
function jpegOf(bytes: Buffer): ImageInfo | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let size: Pick<ImageInfo, 'width' | 'height'> | null = null
  let scanned = false
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) return null
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === endOfImage)
      return size && scanned && at + 2 === bytes.length ? { type: 'image/jpeg', ...size } : null
    if (at + 4 > bytes.length) return null
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length) return null
    if (isFrame(marker)) {
      if (end < at + 9) return null
      size = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
    if (marker === startOfScan) scanned = true
    at = marker === startOfScan ? endOfScan(bytes, end) : end
  }
  return null
}

/** C0 to CF, except the three that mean something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/**
 * The position of the next marker. Within compressed pixels, FF is followed by 0, or by D0 to D7 at a restart marker.
 */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at = bytes.indexOf(0xff, at + 2)
  }
  return bytes.length
}

/** Chunks of type, length and data, padded to an even length, that fill the container exactly. */
function webpOf(bytes: Buffer): ImageInfo | null {
  if (bytes.length < 30 || text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WEBP') return null
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) return null
  let pixels = false
  let at = 12
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4)
    if (['VP8 ', 'VP8L', 'ANMF'].includes(text(bytes, at))) pixels = true
    at += 8 + length + (length % 2)
  }
  const size = pixels && at === bytes.length ? webpSize(bytes) : null
  return size && { type: 'image/webp', ...size }
}

function webpSize(bytes: Buffer): Pick<ImageInfo, 'width' | 'height'> | null {
  const kind = text(bytes, 12)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8L' && bytes[20] === 0x2f) {
    const packed = bytes.readUInt32LE(21)
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
  }
  if (kind === 'VP8 ' && bytes.readUIntBE(23, 3) === 0x9d012a)
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  return null
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4)
