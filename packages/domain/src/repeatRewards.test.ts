import { RepeatRewards } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { finished, moment } from '../test/asking.ts'
import { decided } from '../test/decided.ts'
import { convertingJob as job } from '../test/jobs.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import type { ConvertingJob } from './converting.ts'
import { dayMs } from './days.ts'
import { decideRepeat, lastDayOfTerm, type RepeatSource, repeatTerms } from './repeatRewards.ts'

const zone = 'America/Los_Angeles'
const repeat = RepeatRewards.parse({
  limit: { type: 'times', times: 2 },
  advocate: credit(percent(200)),
  friend: { kind: 'none' },
})
const source = (given: Partial<RepeatSource> = {}): RepeatSource => ({
  referralId: 'ref_1',
  jobId: 'job_0',
  convertedAt: finished - 30 * dayMs,
  campaignOpen: true,
  convertAt: 'invoiced',
  currency: 'USD',
  repeat,
  rewardedJobs: [],
  ...given,
})
const decide = (given: Partial<ConvertingJob>, from: Partial<RepeatSource> = {}) =>
  decideRepeat(job(given), source(from), zone)

describe('a further job of a referred friend', () => {
  it('earns again, by terms of its own', () => {
    expect(decide({})).toEqual({ do: 'reward', referralId: 'ref_1', jobValue: 84_000 })
    const terms = termsOf({
      advocate: credit(percent(500)),
      friend: credit(fixed(2_000)),
      tiers: [{ from: 1, value: fixed(9_900) }],
      milestones: [{ at: 2, amount: 5_000 }],
      budget: 1_000,
    })
    const further = repeatTerms(terms, repeat)
    const rewards = decided(further, { jobValue: 84_000, convertedBefore: { ever: 1, thisYear: 1 } })
    expect(rewards.friend.amount).toBe(0)
    // 2% of $840.00, cut by the campaign's budget.
    expect(rewards.advocate.lines.map(({ amount }) => amount)).toEqual([1_680, -680])
  })

  it.each([
    ['the job that converted', { id: 'job_0' }, {}, { reason: 'same_job' }],
    ['a job that earned already', {}, { rewardedJobs: ['job_1'] }, { reason: 'rewarded_before' }],
    ['the third of two', {}, { rewardedJobs: ['job_2', 'job_3'] }, { reason: 'times_used', times: 2 }],
    ['any, where jobs earn once', {}, { repeat: null }, { reason: 'no_repeat' }],
    ['in a closed campaign', {}, { campaignOpen: false }, { reason: 'campaign_closed' }],
    ['where staff convert', {}, { convertAt: 'by_hand' }, { reason: 'converts_by_hand' }],
    ['a canceled one', { canceled: true }, {}, { reason: 'job_canceled' }],
    ['one of 0, such as a trial', { value: 0 }, {}, { reason: 'value_zero' }],
    ['a refunded one', { refunded: 84_000 }, {}, { reason: 'job_refunded' }],
    ['one without an invoice', { invoiced: null }, {}, { reason: 'trigger_not_reached', convertAt: 'invoiced' }],
    ['one in euros', { currency: 'EUR' }, {}, { reason: 'other_currency', currency: 'EUR', campaignCurrency: 'USD' }],
    [
      'one of long ago',
      { invoiced: { at: finished, heardAt: finished + 9 * dayMs } },
      {},
      { reason: 'finished_long_ago', days: 9 },
    ],
  ] as [string, Partial<ConvertingJob>, Partial<RepeatSource>, object][])(
    'earns nothing: %s',
    (_, given, from, refusal) => {
      expect(decide(given, from)).toEqual({ do: 'nothing', ...refusal })
    },
  )

  it('earns for some months from the day of the conversion, the last day included', () => {
    const yearly: RepeatRewards = { ...repeat, limit: { type: 'months', months: 12 } }
    const from = { repeat: yearly, convertedAt: moment('2025-12-01T08:00:00Z') }
    const on = (iso: string) => ({ invoiced: { at: moment(iso), heardAt: moment(iso) }, connectedAt: null })
    expect(decide(on('2026-12-01T07:59:00Z'), from)).toMatchObject({ do: 'reward' })
    expect(decide(on('2026-12-01T08:01:00Z'), from)).toEqual({
      do: 'nothing',
      reason: 'term_over',
      endedOn: '2026-11-30',
    })
  })
})

it.each([
  ['2026-03-10', 1, '2026-04-09'],
  ['2026-01-28', 1, '2026-02-27'],
  ['2026-01-29', 1, '2026-02-28'],
  ['2026-01-30', 1, '2026-02-28'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-01-01', 1, '2026-01-31'],
  ['2026-12-01', 12, '2027-11-30'],
  ['2028-02-29', 12, '2029-02-28'],
])('a term from %s of %i months ends on %s', (day, months, last) => {
  expect(lastDayOfTerm(day, months)).toBe(last)
})
