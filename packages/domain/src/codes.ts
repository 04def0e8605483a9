import { assert } from './invariant.ts'

/** Without 0 and O, 1, I and L, 5 and S, because codes are read aloud and typed from paper. */
export const codeAlphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789'
export const codeLength = 7

const fairBytes = 256 - (256 % codeAlphabet.length)

/**
 * A code from random bytes, each character equally likely: bytes beyond the last multiple of the alphabet's length are
 * skipped. About 16 bytes are needed (too few once in a few million times; 24 practically always suffice). Throws
 * InvariantError when they do not suffice.
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

/** Normalizes a code for storage and comparison: upper case, without spaces and dashes. */
export const normalizeCode = (text: string): string => text.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
