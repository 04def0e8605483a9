import { AskRule, cardDeliveries, type SideTerms } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { campaignWith } from '../core/testClient.testing.ts'
import { campaignPeriod, changedFields, emptyDraft, toDraft } from './draft.ts'
import { parsePercent, parseTerms } from './terms.ts'

const zone = 'America/Los_Angeles'

const amount = fc.integer({ min: 1, max: 50_000_000 })
const maybe = <K extends string, T>(name: K, value: fc.Arbitrary<T>) =>
  fc.option(value).map((one) => (one === null ? {} : { [name]: one }))
const value = fc.oneof(
  fc.record({ type: fc.constant('fixed' as const), amount }),
  fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.option(amount), fc.option(amount)).map(([basisPoints, a, b]) => ({
    type: 'percent' as const,
    basisPoints,
    ...(a === null ? {} : { minAmount: b === null ? a : Math.min(a, b) }),
    ...(b === null ? {} : { maxAmount: a === null ? b : Math.max(a, b) }),
  })),
)
const side: fc.Arbitrary<SideTerms> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc
    .tuple(value, maybe('minJobValue', amount))
    .map(([one, least]) => ({ kind: 'credit' as const, value: one, ...least })),
  fc
    .tuple(
      value,
      fc.constantFrom(...cardDeliveries),
      maybe('cards', fc.uniqueArray(fc.constantFrom('VISA', 'AMAZON', 'TARGET'), { minLength: 1 })),
      maybe('minJobValue', amount),
    )
    .map(([one, delivery, cards, least]) => {
      const chosen = delivery === 'hand' ? {} : cards
      return { kind: 'gift_card' as const, value: one, delivery, ...chosen, ...least }
    }),
  fc
    .tuple(maybe('amount', amount), maybe('minJobValue', amount))
    .map(([cost, least]) => ({ kind: 'custom' as const, text: 'A free drain check', ...cost, ...least })),
  fc
    .tuple(
      fc.oneof(
        fc.record({ type: fc.constant('flat' as const), amount }),
        fc.record({ type: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
      ),
      fc.constantFrom('pool' as const, 'generated' as const),
      maybe('minJobValue', amount),
    )
    .map(([discount, source, least]) => ({
      kind: 'discount_code' as const,
      discount,
      source,
      ...(source === 'generated' ? { pattern: 'FRIEND-######' } : {}),
      ...least,
    })),
)
const repeat = fc.record({
  limit: fc.oneof(
    fc.record({ type: fc.constant('times' as const), times: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ type: fc.constant('months' as const), months: fc.integer({ min: 1, max: 120 }) }),
  ),
  advocate: side,
  friend: side,
})
const jobs = fc
  .tuple(
    fc.constantFrom('completed' as const, 'invoiced' as const, 'by_hand' as const),
    fc.constantFrom('propose' as const, 'take_back' as const),
    maybe('repeat', repeat),
    maybe('ask', fc.constant(AskRule.parse({ on: true, minScore: 5 }))),
  )
  .map(([convertAt, refunds, again, ask]) => ({ ...ask, convertAt, refunds, ...again }))
const terms = fc
  .record({
    advocate: side,
    friend: side,
    milestones: fc.uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 99 }), amount }), {
      selector: (one) => one.at,
      maxLength: 5,
    }),
    tiers: fc.uniqueArray(fc.record({ from: fc.integer({ min: 1, max: 99 }), value }), {
      selector: (one) => one.from,
      maxLength: 5,
    }),
    countEachYear: fc.boolean(),
    approval: fc.constantFrom('automatic', 'staff'),
    budget: maybe('budget', amount),
    jobs: maybe('jobs', jobs),
    budgetWarningPercent: fc.constant(60),
    holdDays: fc.integer({ min: 0, max: 365 }),
    liveReferralsMax: fc.integer({ min: 1, max: 10_000 }),
    advocateCaps: fc
      .tuple(maybe('total', amount), maybe('year', amount), maybe('month', amount))
      .map(([total, year, month]) => ({ ...total, ...year, ...month })),
    honor: fc.constantFrom('never_less', 'at_conversion', 'at_submission'),
  })
  .map(({ budget, jobs: rules, ...one }) => ({
    ...one,
    ...budget,
    ...rules,
    milestones: one.milestones.sort((a, b) => a.at - b.at),
    tiers: one.tiers.sort((a, b) => a.from - b.from),
  }))

const emptyTerms = { advocate: { kind: 'none' }, friend: { kind: 'none' } } as const

describe('terms in the editor fields', () => {
  it('round-trip when nothing is edited', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const campaign = campaignWith(given)
        expect(parseTerms(toDraft(campaign, zone), campaign.terms, 'USD')).toEqual({ ok: true, terms: campaign.terms })
      }),
    )
  })

  it('keep the rules for jobs, which are edited elsewhere', () => {
    const published = campaignWith({ ...emptyTerms, jobs: { ask: { on: true }, convertAt: 'invoiced' } })
    const read = parseTerms(toDraft(published, zone), published.terms, 'USD')
    expect(read.ok && read.terms.jobs).toMatchObject({ ask: { on: true, minScore: 4 }, convertAt: 'invoiced' })
  })

  it('keep tiers and bonuses that a code cannot have, without validating them', () => {
    const { terms: published } = campaignWith({
      advocate: { kind: 'credit', value: { type: 'fixed', amount: 2_500 } },
      friend: { kind: 'none' },
      tiers: [{ from: 3, value: { type: 'fixed', amount: 5_000 } }],
      milestones: [{ at: 5, amount: 8_000 }],
    })
    const draft = toDraft(campaignWith(published), zone)
    const advocate = { ...draft.advocate, kind: 'discount_code', discount: 'percent', percent: '20' } as const
    const half = { key: 'new', from: '', type: 'fixed', amount: '', percent: '', least: '', most: '' } as const
    const read = parseTerms({ ...draft, advocate, tiers: [...draft.tiers, half] }, published, 'USD')
    expect(read).toMatchObject({
      ok: true,
      terms: {
        advocate: { discount: { type: 'percent', basisPoints: 2_000 }, source: 'generated' },
        tiers: published.tiers,
        milestones: published.milestones,
      },
    })
  })

  it('sort tiers, and report errors by row', () => {
    const tier = (key: string, from: string, more: object) => ({
      ...{ key, from, type: 'fixed' as const, amount: '', percent: '', least: '', most: '' },
      ...more,
    })
    const right = [tier('a', '5', { amount: '100' }), tier('b', '3', { type: 'percent', percent: '7.5', most: '50' })]
    const read = parseTerms({ ...emptyDraft, tiers: right }, null, 'USD')
    expect(read.ok && read.terms.tiers).toEqual([
      { from: 3, value: { type: 'percent', basisPoints: 750, maxAmount: 5_000 } },
      { from: 5, value: { type: 'fixed', amount: 10_000 } },
    ])
    const wrong = [tier('a', '3', { amount: '100' }), tier('b', '3', { amount: 'x' }), tier('c', '0', { amount: '1' })]
    const refused = parseTerms({ ...emptyDraft, tiers: wrong }, null, 'USD')
    expect(refused.ok ? {} : refused.errors).toMatchObject({
      'tier.b.from': 'There is a row for this friend already.',
      'tier.b.amount': 'Enter an amount such as 25.00.',
      'tier.c.from': 'Enter a number from 1 to 1,000.',
    })
  })

  it('report errors by field', () => {
    const draft = {
      ...emptyDraft,
      friend: { ...emptyDraft.friend, amount: 'twenty' },
      advocate: { ...emptyDraft.advocate, percent: '5', least: '50', most: '20' },
      bonuses: [{ key: 'a', at: 'third', amount: '' }],
      holdDays: '400',
    }
    const read = parseTerms(draft, null, 'USD')
    expect(read.ok ? {} : read.errors).toMatchObject({
      'friend.amount': 'Enter an amount such as 25.00.',
      'advocate.most': 'The least must not be above the most.',
      'bonus.a.at': 'Enter a whole number.',
      'bonus.a.amount': 'Enter an amount such as 25.00.',
    })
    expect(read.ok ? {} : read.errors).toHaveProperty('holdDays')
  })

  it('accept percentages with up to two decimals', () => {
    expect(['5', '2.5%', '0.01', '100'].map(parsePercent)).toEqual([500, 250, 1, 10_000])
    expect(['', '5.125', 'five', '-1'].map(parsePercent)).toEqual([null, null, null, null])
  })
})

describe('changed fields', () => {
  const published = toDraft(
    campaignWith({
      advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500, minAmount: 1_000 } },
      friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
      milestones: [{ at: 5, amount: 8_000 }],
    }),
    zone,
  )

  it('include every field that differs', () => {
    const draft = {
      ...published,
      advocate: { ...published.advocate, least: '15.00' },
      bonuses: published.bonuses.map((bonus) => ({ ...bonus, amount: '100.00' })),
    }
    expect(changedFields(published, draft)).toEqual(['advocate.least', 'bonus.5'])
  })

  it('are empty after switching a kind and back', () => {
    const there = { ...published, friend: { ...published.friend, kind: 'percent' as const, percent: '7' } }
    const back = { ...there, friend: { ...there.friend, kind: 'fixed' as const } }
    expect(changedFields(published, there).length).toBeGreaterThan(0)
    expect(changedFields(published, back)).toEqual([])
  })
})

describe('the dates of a campaign', () => {
  it('are whole days of the business: the last day is open until its midnight', () => {
    const draft = { ...emptyDraft, startsOn: '2026-03-01', endsOn: '2026-03-31' }
    // In Los Angeles, March 1 begins at 08:00 UTC, and April 1, in daylight saving time, at 07:00 UTC.
    expect(campaignPeriod(draft, null, zone)).toEqual({
      startsAt: '2026-03-01T08:00:00.000Z',
      endsAt: '2026-04-01T07:00:00.000Z',
    })
  })

  it('keep their exact time when unchanged', () => {
    const campaign = campaignWith(
      { advocate: { kind: 'none' }, friend: { kind: 'none' } },
      { startsAt: '2026-03-01T09:30:00.000Z', endsAt: '2026-06-30T12:00:00.000Z' },
    )
    expect(campaignPeriod(toDraft(campaign, zone), campaign, zone)).toEqual({
      startsAt: campaign.startsAt,
      endsAt: campaign.endsAt,
    })
  })
})
