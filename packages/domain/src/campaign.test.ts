import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { campaignOpenness, moveCampaign, statusesFrom, suggestedRival } from './campaign.ts'
import { changesOf } from './campaignChanges.ts'

const now = 1_000
const statuses = ['draft', 'active', 'paused', 'ended'] as const
const anyMoment = fc.option(fc.integer({ min: 1, max: 2_000 }))
const anyCampaign = fc.record({ status: fc.constantFrom(...statuses), startsAt: anyMoment, endsAt: anyMoment })
const anyMove = fc.record(
  { status: fc.constantFrom(...statuses), startsAt: anyMoment, endsAt: anyMoment },
  { requiredKeys: [] },
)

describe('the status of a campaign', () => {
  it('moves from draft to active, between active and paused, to ended, and back by reopening', () => {
    expect(statuses.map(statusesFrom)).toEqual([
      ['draft', 'active'],
      ['active', 'paused', 'ended'],
      ['paused', 'active', 'ended'],
      ['ended', 'active'],
    ])
  })

  it('never contradicts its dates, whatever change is requested', () => {
    checkProperty(
      fc.property(anyCampaign, anyMove, (campaign, move) => {
        const moved = moveCampaign(campaign, move, now)
        if (!moved.ok) return
        expect(statusesFrom(campaign.status)).toContain(moved.status)
        if (moved.status === 'ended') return
        if (moved.startsAt !== null && moved.endsAt !== null) expect(moved.startsAt).toBeLessThan(moved.endsAt)
        if (campaign.status === 'ended') expect(moved.endsAt === null || moved.endsAt > now).toBe(true)
      }),
      1_000,
    )
  })

  it('stays unchanged, including its dates, if nothing is requested', () => {
    const campaign = { status: 'active', startsAt: 500, endsAt: 900 } as const
    expect(moveCampaign(campaign, {}, now)).toEqual({ ok: true, ...campaign })
    expect(campaignOpenness(campaign, now)).toEqual({ open: false, code: 'campaign_ended' })
  })

  it('keeps its dates if it is ended manually before it began', () => {
    const campaign = { status: 'active', startsAt: 1_500, endsAt: 2_000 } as const
    expect(moveCampaign(campaign, { status: 'ended' }, now)).toEqual({ ok: true, ...campaign, status: 'ended' })
  })
})

describe('several referrals of one friend', () => {
  const rivals = [
    { id: 'ref_b', submittedAt: 2 },
    { id: 'ref_a', submittedAt: 1 },
    { id: 'ref_c', submittedAt: 2 },
  ]

  it('suggest the earliest, or the last if the campaign says so, and none if there are none', () => {
    expect(suggestedRival(rivals, 'manual')).toBe('ref_a')
    expect(suggestedRival(rivals, 'first')).toBe('ref_a')
    expect(suggestedRival(rivals, 'last')).toBe('ref_c')
    expect(suggestedRival([], 'last')).toBeNull()
  })
})

describe('the changes of a terms version', () => {
  const before = termsOf({
    advocate: credit(percent(500, { maxAmount: 15_000 })),
    friend: credit(fixed(2_000), 10_000),
    milestones: [{ at: 3, amount: 5_000 }],
  })

  it('are listed part by part, with the previous value', () => {
    const after = termsOf({
      ...before,
      advocate: credit(percent(1_000, { maxAmount: 15_000 })),
      friend: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'pool' },
      tiers: [{ from: 5, value: fixed(10_000) }],
      milestones: [],
      budget: 500_000,
      holdDays: 1,
      approval: 'staff',
    })
    expect(changesOf(before, after, 'USD')).toEqual([
      'Friend: $20.00, as credit after the job, on jobs of $100.00 or more → a code for 20% off, from the list of codes',
      'Advocate: 5% of the job, at most $150.00 → 10% of the job, at most $150.00',
      'From the 5th friend on: $100.00',
      'Budget of the campaign: no limit → $5,000.00',
      'Hold: 0 days → 1 day',
      'Approval: automatic → by your team',
      'Bonus for the 3rd friend: $50.00 → removed',
    ])
  })

  it('are empty if nothing differs', () => {
    expect(changesOf(before, termsOf(before), 'USD')).toEqual([])
  })
})
