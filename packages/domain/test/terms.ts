import { currencies, Terms } from '@goodword/contracts'
import fc from 'fast-check'

/** Terms as the API accepts them, with defaults. */
export const termsOf = (given: Partial<Terms>): Terms =>
  Terms.parse({ advocate: { kind: 'none' }, friend: { kind: 'none' }, ...given })

export const fixed = (amount: number) => ({ type: 'fixed', amount }) as const
export const percent = (basisPoints: number, bounds: { minAmount?: number; maxAmount?: number } = {}) =>
  ({ type: 'percent', basisPoints, ...bounds }) as const
export const credit = (value: ReturnType<typeof fixed> | ReturnType<typeof percent>, minJobValue?: number) =>
  minJobValue === undefined ? ({ kind: 'credit', value } as const) : ({ kind: 'credit', value, minJobValue } as const)

export const anyCurrency = fc.constantFrom(...currencies)
export const anyAmount = fc.integer({ min: 1, max: 2_000_000 })

const anyFixed = anyAmount.map(fixed)
const anyPercent = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.option(anyAmount), fc.option(anyAmount))
  .map(([basisPoints, one, other]) => {
    const [low, high] = one !== null && other !== null && one > other ? [other, one] : [one, other]
    return percent(basisPoints, {
      ...(low === null ? {} : { minAmount: low }),
      ...(high === null ? {} : { maxAmount: high }),
    })
  })
const anyValue = fc.oneof(anyFixed, anyPercent)
const optional = <K extends string>(key: K) =>
  fc.option(anyAmount).map((amount) => (amount === null ? {} : ({ [key]: amount } as { [key in K]?: number })))

const anyDiscount = fc.oneof(
  anyAmount.map((amount) => ({ type: 'flat', amount }) as const),
  fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ type: 'percent', basisPoints }) as const),
)

const anySide = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.tuple(anyValue, optional('minJobValue')).map(([value, least]) => ({ kind: 'credit', value, ...least }) as const),
  fc
    .tuple(optional('amount'), optional('minJobValue'))
    .map(([amount, least]) => ({ kind: 'custom', text: 'A gift basket', ...amount, ...least }) as const),
  fc
    .tuple(anyDiscount, fc.constantFrom('pool' as const, 'generated' as const), optional('minJobValue'))
    .map(([discount, source, least]) => ({ kind: 'discount_code', discount, source, ...least }) as const),
)

/** Any terms a campaign may have, limits included. */
export const anyTerms: fc.Arbitrary<Terms> = fc
  .record({
    advocate: anySide,
    friend: anySide,
    friendRewardUse: fc.constantFrom('after_job' as const, 'off_this_job' as const),
    tiers: fc.uniqueArray(fc.record({ from: fc.integer({ min: 1, max: 8 }), value: anyValue }), {
      maxLength: 4,
      selector: (tier) => tier.from,
    }),
    milestones: fc.uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 8 }), amount: anyAmount }), {
      maxLength: 4,
      selector: (milestone) => milestone.at,
    }),
    countEachYear: fc.boolean(),
    honor: fc.constantFrom('never_less' as const, 'at_conversion' as const, 'at_submission' as const),
    advocateCaps: fc
      .tuple(optional('total'), optional('year'), optional('month'))
      .map(([total, year, month]) => ({ ...total, ...year, ...month })),
    budget: optional('budget'),
    approval: fc.constantFrom('automatic' as const, 'staff' as const),
  })
  .map(({ budget, ...rest }) => Terms.parse({ ...rest, ...budget }))
