import { randomFillSync } from 'node:crypto'

const fetched = Buffer.alloc(4_096)
let used = fetched.length

/** Random bytes that nobody was given before. They are fetched for many at once: each time takes longer than using them. */
export function freshBytes(count: number): Uint8Array {
  if (used + count > fetched.length) {
    randomFillSync(fetched)
    used = 0
  }
  used += count
  return new Uint8Array(fetched.subarray(used - count, used))
}
