import { describe, expect, it } from 'vitest'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { withExceptions } from './exceptions.ts'

const terms = termsOf({ advocate: credit(percent(500)), friend: credit(fixed(2_000)) })

describe('custom terms for one advocate', () => {
  it("override the campaign's terms and nothing else", () => {
    const advocate = credit(fixed(9_000))
    expect(withExceptions(terms, { advocate })).toEqual({ ...terms, advocate })
  })

  it("replace the campaign's tiers with the advocate's own reward, unless they have tiers", () => {
    const tiered = { ...terms, tiers: [{ from: 3, value: fixed(5_000) }] }
    const advocate = credit(fixed(9_000))
    const tiers = [{ from: 2, value: fixed(12_000) }]
    expect(withExceptions(tiered, { advocate }).tiers).toEqual([])
    expect(withExceptions(tiered, { advocate, tiers }).tiers).toEqual(tiers)
    expect(withExceptions(tiered, { tiers }).tiers).toEqual(tiers)
    for (const other of [{ holdDays: 3 }, { friend: advocate }])
      expect(withExceptions(tiered, other).tiers).toEqual(tiered.tiers)
  })

  it('leave the terms unchanged if there are none', () => {
    expect(withExceptions(terms, null)).toEqual(terms)
  })
})
