import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { decided } from '../test/decided.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { type Adjustment, type FrozenReward, proposeForRefund, type RefundedJob } from './refundedRewards.ts'
import type { RewardInput } from './rewards.ts'

/** A conversion by these terms, as it is frozen. */
function converted(
  terms: ReturnType<typeof termsOf>,
  jobValue: number | null,
  given: Partial<RewardInput> = {},
): RefundedJob {
  const { nth, advocate, friend } = decided(terms, { jobValue, ...given })
  const rewards = (
    [
      ['advocate', advocate],
      ['friend', friend],
    ] as const
  ).flatMap(([side, { kind, amount, lines }]): FrozenReward[] =>
    kind === 'none' ? [] : [{ side, amount, lines, now: amount }],
  )
  return { jobValue, currency: 'USD', nth, terms: [terms, ...(given.promised ? [given.promised] : [])], rewards }
}
const adjusted = (job: RefundedJob, total: number, settled = 0): Adjustment[] => {
  const proposal = proposeForRefund(job, { total, settled })
  if (proposal.do !== 'adjust') throw new Error(proposal.do)
  return proposal.adjustments
}

const fivePercent = termsOf({ advocate: credit(percent(500)) })

describe('a partial refund', () => {
  it('of half the job takes half of a percentage, at the rate that was frozen', () => {
    expect(proposeForRefund(converted(fivePercent, 80_000), { total: 40_000, settled: 0 })).toEqual({
      do: 'adjust',
      refunded: 40_000,
      adjustments: [{ side: 'advocate', from: 4_000, to: 2_000, stands: true }],
    })
  })

  it('of $20.00 counts once, however high the invoice was raised in between', () => {
    const job = converted(fivePercent, 10_000)
    expect(adjusted(job, 2_000)).toEqual([{ side: 'advocate', from: 500, to: 400, stands: true }])
    expect(proposeForRefund(job, { total: 2_000, settled: 2_000 })).toEqual({ do: 'nothing' })
  })

  it('leaves fixed rewards, unless the rest is under their smallest job', () => {
    const terms = termsOf({ advocate: credit(fixed(5_000), 30_000), friend: credit(fixed(2_000)) })
    const job = converted(terms, 80_000)
    expect(adjusted(job, 40_000).map(({ to }) => to)).toEqual([5_000, 2_000])
    expect(adjusted(job, 60_000).map(({ to }) => to)).toEqual([0, 2_000])
  })

  it('leaves what a limit had cut, until the rest pays less than that', () => {
    const job = converted(termsOf({ advocate: credit(percent(500)), advocateCaps: { total: 3_000 } }), 80_000)
    expect(adjusted(job, 10_000)).toEqual([{ side: 'advocate', from: 3_000, to: 3_000, stands: true }])
    expect(adjusted(job, 40_000)).toEqual([{ side: 'advocate', from: 3_000, to: 2_000, stands: true }])
  })

  it('leaves bonuses, and keeps to the tier of then', () => {
    const terms = termsOf({
      advocate: credit(percent(500)),
      tiers: [{ from: 2, value: percent(1_000) }],
      milestones: [{ at: 2, amount: 700 }],
    })
    const job = converted(terms, 80_000, { convertedBefore: { ever: 1, thisYear: 1 } })
    expect(adjusted(job, 40_000)).toEqual([{ side: 'advocate', from: 8_700, to: 4_700, stands: true }])
  })

  it('follows what was promised, if that was what paid', () => {
    const promised = termsOf({ advocate: credit(percent(1_000)) })
    expect(adjusted(converted(fivePercent, 80_000, { promised }), 40_000)).toMatchObject([{ from: 8_000, to: 4_000 }])
  })

  it('asks staff for the amount if the terms can’t be found again, or the job had no value', () => {
    const job = converted(fivePercent, 80_000)
    const other = { ...job, terms: [termsOf({ advocate: credit(percent(700)) })] }
    expect(adjusted(other, 40_000)).toEqual([{ side: 'advocate', from: 4_000, to: null, stands: true }])
    expect(adjusted({ ...job, jobValue: null }, 40_000)).toEqual([
      { side: 'advocate', from: 4_000, to: null, stands: true },
    ])
  })

  it('changes what staff corrected by as much as it would have changed the original', () => {
    const job = converted(fivePercent, 80_000)
    const corrected = { ...job, rewards: job.rewards.map((reward) => ({ ...reward, now: 1_000 })) }
    expect(adjusted(corrected, 10_000)).toEqual([{ side: 'advocate', from: 1_000, to: 500, stands: true }])
    expect(adjusted(corrected, 40_000)).toEqual([{ side: 'advocate', from: 1_000, to: 0, stands: true }])
  })

  it('gives back what a deleted refund had taken', () => {
    const job = converted(fivePercent, 80_000)
    const taken = { ...job, rewards: job.rewards.map((reward) => ({ ...reward, now: 2_000 })) }
    expect(proposeForRefund(taken, { total: 0, settled: 40_000 })).toEqual({
      do: 'adjust',
      refunded: -40_000,
      adjustments: [{ side: 'advocate', from: 2_000, to: 4_000, stands: true }],
    })
  })
})

it('a refund of everything proposes a reversal', () => {
  const job = converted(fivePercent, 80_000)
  expect(proposeForRefund(job, { total: 80_000, settled: 0 })).toEqual({ do: 'reverse', refunded: 80_000 })
  expect(proposeForRefund(job, { total: 80_000, settled: 30_000 })).toEqual({ do: 'reverse', refunded: 50_000 })
})

it('many refunds, and some that fail, come to the same as one, to the cent', () => {
  const value = fc.integer({ min: 2, max: 500_000 })
  checkProperty(
    fc.property(
      value,
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
      (jobValue, basisPoints, shares) => {
        const job = converted(termsOf({ advocate: credit(percent(basisPoints)) }), jobValue)
        const totals = shares.map((share) => Math.floor(((jobValue - 1) * share) / 1_000))
        let rewards = job.rewards
        let settled = 0
        for (const total of totals) {
          const proposal = proposeForRefund({ ...job, rewards }, { total, settled })
          if (proposal.do === 'adjust')
            rewards = rewards.map((reward, index) => ({ ...reward, now: proposal.adjustments[index]?.to ?? -1 }))
          settled = total
        }
        const expected = decided(job.terms[0] ?? termsOf({}), { jobValue: jobValue - settled }).advocate.amount
        expect(rewards.map(({ now }) => now)).toEqual([expected])
      },
    ),
  )
})
