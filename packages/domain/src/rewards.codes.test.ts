import { describe, expect, it } from 'vitest'
import { decided } from '../test/decided.ts'
import { credit, fixed, termsOf } from '../test/terms.ts'
import { describeDiscount, parseDiscount } from './rewardOfSide.ts'

describe('a discount code', () => {
  const code = (amount: number) =>
    ({ kind: 'discount_code', discount: { type: 'flat', amount }, source: 'generated' }) as const
  const share = (basisPoints: number) =>
    ({ kind: 'discount_code', discount: { type: 'percent', basisPoints }, source: 'pool' }) as const

  it('is worth its flat discount, and says its value and where it comes from', () => {
    const { friend, total } = decided(termsOf({ friend: code(2_000) }))
    expect(friend).toMatchObject({
      kind: 'discount_code',
      text: '$20 off',
      amount: 2_000,
      code: { discount: { type: 'flat', amount: 2_000 }, source: 'generated' },
    })
    expect(total).toBe(2_000)
  })

  it("is given whole or not at all: of $50.00 a month, $35.00 are paid, and $15.00 don't buy $20 off", () => {
    const capped = termsOf({ advocate: code(2_000), advocateCaps: { month: 5_000 } })
    const { advocate, total } = decided(capped, { paidToAdvocate: { ever: 3_500, year: 3_500, month: 3_500 } })
    expect(total).toBe(0)
    expect(advocate).toMatchObject({
      kind: 'none',
      text: null,
      note: 'Capped at $50.00 a month; $15.00 is left, so the code for $20 off is not given.',
    })
    expect(advocate.lines.map(({ amount }) => amount)).toEqual([2_000, -2_000])
    expect(decided(capped, { paidToAdvocate: { ever: 3_000, year: 3_000, month: 3_000 } }).advocate.amount).toBe(2_000)
  })

  it('for a percentage counts as zero, so no limit prevents it', () => {
    const spent = termsOf({ friend: share(2_000), budget: 100 })
    expect(decided(spent, { paidInCampaign: 100 }).friend).toMatchObject({ kind: 'discount_code', text: '20% off' })
  })

  it('is not changed by tiers or bonuses: it is worth its discount', () => {
    const terms = termsOf({
      advocate: code(2_000),
      tiers: [{ from: 1, value: fixed(9_000) }],
      milestones: [{ at: 1, amount: 500 }],
    })
    expect(decided(terms).advocate).toMatchObject({ amount: 2_000, lines: [{ kind: 'base' }] })
  })

  it.each([
    ['a larger code of today', code(3_000), code(2_000), { text: '$30 off', amount: 3_000 }],
    ['the larger code promised, whole', code(2_000), code(3_000), { text: '$30 off', amount: 3_000 }],
    ['the larger share of two', share(1_000), share(2_000), { text: '20% off', amount: 0 }],
    ['today’s share when it is the larger', share(2_000), share(1_000), { text: '20% off', amount: 0 }],
    ['the promised share, which no sum is more than', code(9_000), share(1_000), { text: '10% off', amount: 0 }],
    ['the promised code when today’s is a share', share(9_000), code(1_000), { text: '$10 off', amount: 1_000 }],
    ['credit of today that is worth as much', credit(fixed(2_000)), code(2_000), { kind: 'credit', amount: 2_000 }],
    ['promised credit that is worth more', code(2_000), credit(fixed(2_500)), { kind: 'credit', amount: 2_500 }],
  ])('or the promised reward: the friend gets %s', (_, today, then, expected) => {
    const { friend } = decided(termsOf({ friend: today }), { promised: termsOf({ friend: then }) })
    expect(friend).toMatchObject(expected)
    expect(friend.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(friend.amount)
  })
})

describe('the text of a discount', () => {
  it('says which discount it is, in every currency', () => {
    for (const currency of ['USD', 'EUR', 'CAD', 'CHF', 'JPY', 'BRL'] as const) {
      for (const discount of [
        { type: 'flat', amount: 2_000 },
        { type: 'flat', amount: 123_456 },
        { type: 'percent', basisPoints: 2_000 },
        { type: 'percent', basisPoints: 1_255 },
      ] as const)
        expect(parseDiscount(describeDiscount(discount, currency), currency)).toEqual(discount)
    }
    for (const text of ['A gift basket', '20%', 'a day off', ' off']) expect(parseDiscount(text, 'USD')).toBeNull()
  })
})
