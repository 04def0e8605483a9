import { timingSafeEqual } from 'node:crypto'

/**
 * Compares two texts in constant time. Compare signatures as texts: decoding hex or base64 first skips what is neither, so
 * that a signature with something added would count as well.
 */
export function isSameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The same for hexadecimal, in which some systems write capital letters. */
export const isSameHex = (given: string, expected: string): boolean => isSameText(given.toLowerCase(), expected)
