import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyCurrency } from '../test/terms.ts'
import { InvariantError } from './invariant.ts'
import {
  formatAmountInput,
  formatBasisPoints,
  formatMoney,
  minorDigits,
  parseMoney,
  shareOf,
  splitByShares,
} from './money.ts'

const anyMoney = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('formatting money', () => {
  it('writes dollars and cents with commas, and a true minus for a debit', () => {
    expect(formatMoney(125_000, 'USD')).toBe('$1,250.00')
    expect(formatMoney(5, 'USD')).toBe('$0.05')
    expect(formatMoney(-2_500, 'USD')).toBe('−$25.00')
    expect(formatMoney(123_456_789, 'USD')).toBe('$1,234,567.89')
  })

  it('omits the cents in headlines only when they are zero', () => {
    expect(formatMoney(2_000, 'USD', { whole: true })).toBe('$20')
    expect(formatMoney(2_050, 'USD', { whole: true })).toBe('$20.50')
  })

  it('adds a plus to credits on request, and never to zero', () => {
    expect(formatMoney(5_500, 'USD', { sign: true })).toBe('+$55.00')
    expect(formatMoney(0, 'USD', { sign: true })).toBe('$0.00')
    expect(formatMoney(-5_500, 'USD', { sign: true })).toBe('−$55.00')
  })

  it('knows that the yen has no cents', () => {
    expect(minorDigits('JPY')).toBe(0)
    expect(formatMoney(1_250, 'JPY')).toBe('¥1,250')
    expect(formatAmountInput(1_250, 'JPY')).toBe('1,250')
    expect(parseMoney('1250.00', 'JPY')).toBeNull()
  })

  it("matches Intl's American English format for every currency", () => {
    checkProperty(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), anyCurrency, (amount, currency) => {
        const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
        expect(formatMoney(amount, currency)).toBe(format.format(amount / 10 ** minorDigits(currency)))
      }),
    )
  })

  it('rejects an amount that is not a whole number of minor units', () => {
    expect(() => formatMoney(1.5, 'USD')).toThrow(InvariantError)
    expect(() => formatMoney(2 ** 53, 'USD')).toThrow(InvariantError)
  })
})

describe('parsing amounts', () => {
  it.each([
    ['1250', 125_000],
    ['$1,250.00', 125_000],
    [' 1 250.5 ', 125_050],
    ['USD 12', 1_200],
    ['.5', 50],
    ['1250.', 125_000],
    ['1,2500', 1_250_000],
  ])('reads %j as %i cents', (text, cents) => {
    expect(parseMoney(text, 'USD')).toBe(cents)
  })

  it.each([
    '',
    '$',
    '.',
    '-5',
    '−5',
    '1.234',
    '12,50',
    '1,,250',
    ',250',
    '1.2.3',
    'ten',
    '1e3',
    '€5',
    '99999999999999999',
  ])('rejects %j', (text) => {
    expect(parseMoney(text, 'USD')).toBeNull()
  })

  it('parses every amount it formats, in fields and in full', () => {
    checkProperty(
      fc.property(anyMoney, anyCurrency, (amount, currency) => {
        expect(parseMoney(formatMoney(amount, currency), currency)).toBe(amount)
        expect(parseMoney(formatMoney(amount, currency, { whole: true }), currency)).toBe(amount)
        expect(parseMoney(formatAmountInput(amount, currency), currency)).toBe(amount)
      }),
    )
  })
})

describe('shares', () => {
  it('rounds half a cent up: 5% of $1,250.30 is $62.515, so $62.52', () => {
    expect(shareOf(125_030, 500)).toBe(6_252)
    expect(shareOf(125_029, 500)).toBe(6_251)
    expect(shareOf(125_000, 500)).toBe(6_250)
  })

  it('is the whole number nearest to the exact fraction, rounding half up, for any amount', () => {
    checkProperty(
      fc.property(anyMoney, fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
        const exact = BigInt(amount) * BigInt(basisPoints)
        const error = BigInt(shareOf(amount, basisPoints)) * 10_000n - exact
        expect(error).toBeGreaterThan(-5_000n)
        expect(error).toBeLessThanOrEqual(5_000n)
      }),
    )
  })

  it('formats a percentage without trailing zeros', () => {
    expect([500, 250, 1_234, 1, 10_000].map(formatBasisPoints)).toEqual(['5%', '2.5%', '12.34%', '0.01%', '100%'])
  })

  it('gives the last installment the remainder: $100.00 in three is 33.33 + 33.33 + 33.34', () => {
    expect(splitByShares(10_000, [1, 1, 1])).toEqual([3_333, 3_333, 3_334])
    expect(splitByShares(1, [50, 50])).toEqual([0, 1])
  })

  it('never creates or loses a cent by splitting; no part is negative or off by a cent', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
    const splittable = shares.filter((list) => list.some((share) => share > 0))
    checkProperty(
      fc.property(anyMoney, splittable, (total, list) => {
        const parts = splitByShares(total, list)
        const whole = list.reduce((sum, share) => sum + BigInt(share), 0n)
        expect(parts).toHaveLength(list.length)
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total))
        parts.forEach((part, index) => {
          expect(BigInt(part)).toBeGreaterThanOrEqual((BigInt(total) * BigInt(list[index] ?? 0)) / whole)
        })
      }),
    )
  })
})
