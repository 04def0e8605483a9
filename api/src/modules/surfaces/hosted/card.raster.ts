/** A picture of red, green and blue bytes, row by row. */
export type Picture = { width: number; height: number; pixels: Uint8Array }
export type Color = readonly [red: number, green: number, blue: number]
/** Closed outlines; points as x, y, x, y …, in pixels from the top left. */
export type Outlines = number[][]

export function blankPicture(width: number, height: number, [red, green, blue]: Color): Picture {
  const pixels = new Uint8Array(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) {
    pixels[at] = red
    pixels[at + 1] = green
    pixels[at + 2] = blue
  }
  return { width, height, pixels }
}

/**
 * Fills outlines with smooth edges. Each edge adds to a sheet how much of every pixel lies to its right; summed along a row
 * that is the share of the pixel within, so that no point is tested twice. Holes wind the other way.
 */
export function fill(picture: Picture, outlines: Outlines, color: Color): void {
  const frame = frameOf(outlines, picture)
  const { left, top, width, height } = frame
  if (width <= 0 || height <= 0) return
  const sheet = new Float32Array(width * height + 1)
  for (const outline of outlines) {
    for (let at = 0; at < outline.length; at += 2) {
      const next = (at + 2) % outline.length
      addEdge(sheet, frame, pointAt(outline, at, frame), pointAt(outline, next, frame))
    }
  }
  for (let row = 0; row < height; row++) {
    let sum = 0
    for (let column = 0; column < width; column++) {
      sum += sheet[row * width + column] ?? 0
      const share = Math.min(Math.abs(sum), 1)
      if (share > 0.002) blend(picture.pixels, ((row + top) * picture.width + column + left) * 3, color, share)
    }
  }
}

/** The part of the picture that outlines can touch. */
type Frame = { left: number; top: number; width: number; height: number }

function frameOf(outlines: Outlines, { width, height }: Picture): Frame {
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (const outline of outlines) {
    for (let at = 0; at < outline.length; at += 2) {
      const [x = 0, y = 0] = [outline[at], outline[at + 1]]
      left = Math.min(left, Math.floor(x))
      right = Math.max(right, Math.ceil(x) + 1)
      top = Math.min(top, Math.floor(y))
      bottom = Math.max(bottom, Math.ceil(y))
    }
  }
  left = Math.max(0, left)
  top = Math.max(0, top)
  return { left, top, width: Math.min(width, right) - left, height: Math.min(height, bottom) - top }
}

type Point = { x: number; y: number }
const pointAt = (outline: number[], at: number, { left, top }: Frame): Point => ({
  x: (outline[at] ?? 0) - left,
  y: (outline[at + 1] ?? 0) - top,
})

function addEdge(sheet: Float32Array, { width, height }: Frame, from: Point, to: Point): void {
  if (from.y === to.y) return
  const direction = from.y < to.y ? 1 : -1
  const [top, bottom] = direction === 1 ? [from, to] : [to, from]
  const slope = (bottom.x - top.x) / (bottom.y - top.y)
  const last = Math.min(height, Math.ceil(bottom.y))
  for (let row = Math.max(0, Math.floor(top.y)); row < last; row++) {
    const upper = Math.max(row, top.y)
    const lower = Math.min(row + 1, bottom.y)
    if (lower <= upper) continue
    const a = top.x + slope * (upper - top.y)
    const b = top.x + slope * (lower - top.y)
    addRow(sheet, row * width, width, Math.min(a, b), Math.max(a, b), direction * (lower - upper))
  }
}

/** The part of an edge within one row, from `left` to `right`, covering `depth` of the row's height. */
function addRow(sheet: Float32Array, start: number, width: number, left: number, right: number, depth: number): void {
  const first = Math.floor(left)
  const end = Math.max(first + 1, Math.ceil(right))
  let before = 0
  for (let column = first; column < end; column++) {
    // Of the depth up to this pixel's right side, the mean share that lies inside the pixel.
    const covered = depth * shareWithin(left, right, column + 1)
    const at = Math.min(Math.max(column, 0), width)
    if (at < width) add(sheet, start + at, covered - before)
    before = covered
  }
  const at = Math.min(Math.max(end, 0), width)
  if (at < width) add(sheet, start + at, depth - before)
}

/** The mean, over an edge from `left` to `right`, of how far it lies left of `side`, at most one pixel. */
function shareWithin(left: number, right: number, side: number): number {
  const reach = (at: number) => (at <= 0 ? 0 : at >= 1 ? at - 0.5 : (at * at) / 2)
  if (right - left < 1e-6) return Math.min(Math.max(side - left, 0), 1)
  return (reach(side - left) - reach(side - right)) / (right - left)
}

const add = (sheet: Float32Array, at: number, value: number) => {
  sheet[at] = (sheet[at] ?? 0) + value
}

function blend(pixels: Uint8Array, at: number, [red, green, blue]: Color, share: number): void {
  const mix = (under: number, over: number) => Math.round(under + (over - under) * share)
  pixels[at] = mix(pixels[at] ?? 0, red)
  pixels[at + 1] = mix(pixels[at + 1] ?? 0, green)
  pixels[at + 2] = mix(pixels[at + 2] ?? 0, blue)
}
