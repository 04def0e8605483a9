import { assert } from './invariant.ts'

/** No 0 and O, 1 and I and L, 5 and S: a code is read aloud and typed from paper. */
export const codeAlphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789'
export const codeLength = 7

const fairBytes = 256 - (256 % codeAlphabet.length)

/**
 * A code from random bytes, every letter equally likely: bytes past the last whole multiple of the alphabet are passed
 * over. About 16 bytes are needed (they fall short once in a few million times, 24 practically never).
 * Throws InvariantError when they do not suffice.
 */
export function codeFrom(bytes: Uint8Array): string {
  let code = ''
  for (const byte of bytes) {
    if (code.length === codeLength) break
    if (byte < fairBytes) code += codeAlphabet.charAt(byte % codeAlphabet.length)
  }
  assert(code.length === codeLength, `${bytes.length} random bytes did not suffice for a code`)
  return code
}

/** As codes are kept and compared: upper case, without spaces and dashes. */
export const normalizeCode = (text: string): string => text.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
