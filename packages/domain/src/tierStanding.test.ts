import { Terms } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { tierStanding } from './tierStanding.ts'

const fixed = (amount: number) => ({ type: 'fixed' as const, amount })
const terms = (more: object = {}) =>
  Terms.parse({
    advocate: { kind: 'credit', value: fixed(2_500) },
    friend: { kind: 'none' },
    tiers: [
      { from: 5, value: fixed(10_000) },
      { from: 3, value: fixed(5_000) },
    ],
    ...more,
  })

describe('an advocate of $25, $50 from the 3rd and $100 from the 5th friend on', () => {
  it.each([
    [0, 2_500, 2, 5_000],
    [1, 2_500, 1, 5_000],
    [2, 5_000, 2, 10_000],
    [3, 5_000, 1, 10_000],
  ])('with %i friends earns %i for the next, and after %i more %i', (converted, value, more, then) => {
    expect(tierStanding(terms(), converted)).toEqual({
      last: 5,
      value: fixed(value),
      next: { more, value: fixed(then) },
    })
  })

  it.each([4, 5, 60])('with %i friends is in the last tier', (converted) => {
    expect(tierStanding(terms(), converted)).toEqual({ last: 5, value: fixed(10_000), next: null })
  })

  it('has no standing without tiers, without an amount, and where friends are counted anew each January', () => {
    expect(tierStanding(terms({ tiers: [] }), 1)).toBeNull()
    expect(tierStanding(terms({ countEachYear: true }), 1)).toBeNull()
    expect(tierStanding(terms({ advocate: { kind: 'custom', text: 'A cake' }, tiers: [] }), 1)).toBeNull()
  })
})
