import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { codeAlphabet, codeFrom, codeLength, normalizeCode } from './codes.ts'
import { InvariantError } from './invariant.ts'

describe('codes', () => {
  it('use 29 letters and digits that are hard to confuse', () => {
    expect(new Set(codeAlphabet).size).toBe(29)
    expect(codeAlphabet).not.toMatch(/[01ILO5S]/)
  })

  it('have seven characters for any random bytes', () => {
    checkProperty(
      fc.property(fc.uint8Array({ minLength: 7, maxLength: 32, max: 231 }), (bytes) => {
        expect(codeFrom(bytes)).toMatch(new RegExp(`^[${codeAlphabet}]{${codeLength}}$`))
      }),
    )
  })

  it('are unbiased: of the 256 byte values, 232 = 8 × 29 are used and each character comes from exactly 8', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const filler = Array.from({ length: codeLength }, () => 1)
      const letter = codeFrom(Uint8Array.from([byte, ...filler])).charAt(0)
      const used = byte < 232
      if (used) counts.set(letter, (counts.get(letter) ?? 0) + 1)
      else expect(letter).toBe(codeAlphabet.charAt(1))
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 29 }, () => 8))
  })

  it('cannot be created from too few bytes', () => {
    expect(() => codeFrom(Uint8Array.from([1, 2, 3]))).toThrow(InvariantError)
    expect(() => codeFrom(new Uint8Array(16).fill(255))).toThrow('16 random bytes')
  })

  it('are recognized in any case and spacing', () => {
    expect(normalizeCode(' kr7-m2h–q ')).toBe('KR7M2HQ')
  })

  it('survive lower case, dashes and spaces', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16, max: 231 })
    checkProperty(
      fc.property(bytes, fc.constantFrom(' ', '-', '—', '\u00a0'), (random, gap) => {
        const code = codeFrom(random)
        expect(normalizeCode(code.toLowerCase().split('').join(gap))).toBe(code)
      }),
    )
  })
})
