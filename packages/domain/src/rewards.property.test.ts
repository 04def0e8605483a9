import type { Terms } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyAmount, anyCurrency, anyTerms } from '../test/terms.ts'
import type { SideReward } from './rewardOfSide.ts'
import { decideRewards, jobValueRequired, type RewardInput } from './rewards.ts'

const anyInput: fc.Arbitrary<RewardInput> = fc
  .record({
    current: anyTerms,
    promised: fc.option(anyTerms),
    currency: anyCurrency,
    jobValue: fc.option(fc.integer({ min: 1, max: 5_000_000 })),
    thisYear: fc.nat(5),
    earlier: fc.nat(5),
    month: anyAmount,
    restOfYear: anyAmount,
    years: anyAmount,
    paidInCampaign: fc.nat(3_000_000),
    friendWithoutReward: fc.constantFrom(false, false, false, true),
    advocateErased: fc.constantFrom(false, false, false, true),
  })
  .map(({ thisYear, earlier, month, restOfYear, years, ...rest }) => ({
    ...rest,
    convertedBefore: { ever: thisYear + earlier, thisYear },
    paidToAdvocate: { month, year: month + restOfYear, ever: month + restOfYear + years },
  }))

const unlimited = (terms: Terms): Terms => {
  const { budget: _, ...rest } = terms
  return { ...rest, advocateCaps: {} }
}

const left = (most: number | undefined, paid: number): number => Math.max(0, (most ?? Number.MAX_SAFE_INTEGER) - paid)

/** What the limits leave for this advocate, calculated without the code under test. */
function leftForAdvocate({ current, paidToAdvocate, paidInCampaign }: RewardInput, friend: number): number {
  return Math.min(
    left(current.advocateCaps.total, paidToAdvocate.ever),
    left(current.advocateCaps.year, paidToAdvocate.year),
    left(current.advocateCaps.month, paidToAdvocate.month),
    left(current.budget, paidInCampaign + friend),
  )
}

/** A code is given whole or not at all; anything else up to what is left. */
const withinLimit = ({ kind, amount }: SideReward, most: number): number =>
  kind === 'discount_code' && amount > most ? 0 : Math.min(amount, most)

describe('for any terms, promises, history and job', () => {
  it('the lines of each side sum to its amount, and the sides to the total', () => {
    checkProperty(
      fc.property(anyInput, (input) => {
        const decision = decideRewards(input)
        if (!decision.ok) return
        for (const side of [decision.advocate, decision.friend]) {
          expect(side.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(side.amount)
          expect(side.amount).toBeGreaterThanOrEqual(0)
          for (const line of side.lines) expect(line.kind === 'cap').toBe(line.amount < 0)
          if (side.kind === 'none') expect(side.amount).toBe(0)
        }
        expect(decision.total).toBe(decision.advocate.amount + decision.friend.amount)
      }),
      1_000,
    )
  })

  it('limits are never exceeded, everything up to them is paid except codes, which are all-or-nothing, and a cut is explained', () => {
    checkProperty(
      fc.property(anyInput, (input) => {
        const decision = decideRewards(input)
        const free = decideRewards({ ...input, current: unlimited(input.current) })
        if (!decision.ok || !free.ok) return
        const friendLeft = left(input.current.budget, input.paidInCampaign)
        expect(decision.friend.amount).toBe(withinLimit(free.friend, friendLeft))
        const advocateLeft = leftForAdvocate(input, decision.friend.amount)
        expect(decision.advocate.amount).toBe(withinLimit(free.advocate, advocateLeft))
        if (decision.advocate.amount < free.advocate.amount)
          expect(decision.advocate.note).toMatch(/^Capped .* is left(?:, so the code for .* is not given)?\.$/)
      }),
      1_000,
    )
  })

  it('no side gets less than its own terms or its promise pay, before limits, if promises are honored', () => {
    checkProperty(
      fc.property(anyInput, (input) => {
        const current = unlimited({ ...input.current, honor: 'never_less' })
        const both = decideRewards({ ...input, current })
        const byPromise = decideRewards({ ...input, current: unlimited(input.promised ?? current), promised: null })
        const byConversion = decideRewards({ ...input, current, promised: null })
        if (!both.ok || !byPromise.ok || !byConversion.ok) return
        for (const side of ['advocate', 'friend'] as const) {
          expect(both[side].amount).toBeGreaterThanOrEqual(byPromise[side].amount)
          const promisedThing = byPromise[side].kind === 'custom' || byPromise[side].kind === 'discount_code'
          const keptInKind = promisedThing && both[side].text === byPromise[side].text
          if (!keptInKind) {
            expect(both[side].amount).toBe(Math.max(byPromise[side].amount, byConversion[side].amount))
          }
        }
      }),
      1_000,
    )
  })

  it('a percentage off is never turned into a smaller one', () => {
    const anyShare = fc.integer({ min: 1, max: 10_000 })
    const off = (basisPoints: number): Partial<Terms> => ({
      friend: { kind: 'discount_code', discount: { type: 'percent', basisPoints }, source: 'generated' },
    })
    checkProperty(
      fc.property(anyInput, anyShare, anyShare, (input, now, then) => {
        const current: Terms = { ...input.current, ...off(now), honor: 'never_less' }
        const promised: Terms = { ...(input.promised ?? input.current), ...off(then) }
        const decision = decideRewards({ ...input, current, promised, friendWithoutReward: false })
        if (!decision.ok) return
        expect(decision.friend.code?.discount).toEqual({ type: 'percent', basisPoints: Math.max(now, then) })
      }),
    )
  })

  it('a missing job value is rejected exactly if the applicable terms need one', () => {
    checkProperty(
      fc.property(anyInput, (input) => {
        const decision = decideRewards({ ...input, jobValue: null })
        const needed = !input.friendWithoutReward && jobValueRequired(input.current, input.promised)
        expect(decision.ok).toBe(!needed)
      }),
    )
  })
})
