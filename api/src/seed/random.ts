import { createHash } from 'node:crypto'

/** Seeded random numbers: the same seed gives the same demo. */
export type Random = {
  /** At least `low`, below `high`. */
  between(low: number, high: number): number
  /** From `low` to `high`, both included. */
  whole(low: number, high: number): number
  happens(probability: number): boolean
  /** An element of a non-empty list. */
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  // mulberry32: small, and uniform enough for a demo.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number) => low + next() * (high - low)
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  return {
    between,
    whole,
    happens: (probability) => next() < probability,
    pick(list) {
      const [first] = list
      if (first === undefined) throw new Error('There is nothing to pick from.')
      return list[whole(0, list.length - 1)] ?? first
    },
    shuffled: (list) =>
      list
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  }
}
