import { describe, expect, it } from 'vitest'
import { finished, moment } from '../test/asking.ts'
import { convertingJob as job, liveReferral as referral } from '../test/jobs.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { type ConvertingJob, decideJobConversion, type LiveReferral } from './converting.ts'
import { dayMs } from './days.ts'

const zone = 'America/Los_Angeles'
const decide = (given: Partial<ConvertingJob>, ...referrals: Partial<LiveReferral>[]) =>
  decideJobConversion(job(given), (referrals.length === 0 ? [{}] : referrals).map(referral), zone)
const reached = (at: number, heardAt = at) => ({ at, heardAt })

describe('an invoiced job', () => {
  it('converts the only live referral of its customer', () => {
    expect(decide({})).toEqual({ do: 'convert', referralId: 'ref_1', jobValue: 84_000 })
  })

  it('counts less what was refunded before', () => {
    expect(decide({ refunded: 4_000 })).toEqual({ do: 'convert', referralId: 'ref_1', jobValue: 80_000 })
  })

  it('without a value converts where no reward depends on it, and is a question where one does', () => {
    const plain = termsOf({ advocate: credit(fixed(5_000)) })
    expect(decide({ value: null, currency: null }, { current: plain })).toMatchObject({ do: 'convert', jobValue: null })
    const question = { do: 'ask_staff', reason: 'value_missing', referralIds: ['ref_1'] }
    expect(decide({ value: null, currency: null })).toEqual(question)
    const promised = termsOf({ advocate: credit(percent(500)) })
    expect(decide({ value: null, currency: null }, { current: plain, promised })).toEqual(question)
  })

  it('is a completed one, where completed jobs convert', () => {
    const convertAt = 'completed'
    expect(decide({ invoiced: null }, { convertAt })).toMatchObject({ do: 'convert' })
    expect(decide({ completed: null }, { convertAt })).toMatchObject({ do: 'convert' })
  })
})

describe('who sent the customer is asked, never guessed', () => {
  it('with two advocates, unless the campaign says who wins', () => {
    const first = { id: 'ref_1', submittedAt: finished - 2_000 }
    const second = { id: 'ref_2', submittedAt: finished - 1_000 }
    expect(decide({}, second, first)).toEqual({
      do: 'ask_staff',
      reason: 'several_advocates',
      referralIds: ['ref_2', 'ref_1'],
    })
    const won = (attribution: LiveReferral['attribution']) =>
      decide({}, { ...second, attribution }, { ...first, attribution })
    expect(won('first')).toMatchObject({ do: 'convert', referralId: 'ref_1' })
    expect(won('last')).toMatchObject({ do: 'convert', referralId: 'ref_2' })
  })

  it('with two campaigns, even if one of them converts by hand or later', () => {
    for (const convertAt of ['invoiced', 'by_hand', 'completed'] as const) {
      const other = { id: 'ref_2', campaignId: 'cam_2', attribution: 'first', convertAt } as const
      expect(decide({}, { attribution: 'first' }, other)).toEqual({
        do: 'ask_staff',
        reason: 'several_campaigns',
        referralIds: ['ref_1', 'ref_2'],
      })
    }
  })

  it('not for a referral that can’t convert anyway', () => {
    expect(decide({}, {}, { id: 'ref_2', campaignId: 'cam_2', campaignOpen: false })).toMatchObject({
      do: 'convert',
      referralId: 'ref_1',
    })
  })

  it('for a job in another currency than the campaign’s', () => {
    expect(decide({ currency: 'EUR' })).toEqual({
      do: 'ask_staff',
      reason: 'other_currency',
      referralIds: ['ref_1'],
      currency: 'EUR',
      campaignCurrency: 'USD',
    })
  })
})

describe('nothing converts', () => {
  const atLeast = (advocate: number, friend: number) =>
    termsOf({ advocate: credit(percent(500), advocate), friend: credit(fixed(2_000), friend) })
  it.each([
    ['for a job of nobody’s friend', {}, [], { reason: 'no_referral' }],
    ['for a canceled job', { canceled: true }, [{}], { reason: 'job_canceled' }],
    ['for a job of 0', { value: 0 }, [{}], { reason: 'value_zero' }],
    ['for a job that was wholly refunded before', { refunded: 84_000 }, [{}], { reason: 'job_refunded' }],
    ['where staff convert', {}, [{ convertAt: 'by_hand' }], { reason: 'converts_by_hand' }],
    ['before the invoice', { invoiced: null }, [{}], { reason: 'trigger_not_reached', convertAt: 'invoiced' }],
    ['in a closed campaign', {}, [{ campaignOpen: false }], { reason: 'campaign_closed', referralId: 'ref_1' }],
    [
      'for a customer of before',
      {},
      [{ existingCustomer: true }],
      { reason: 'existing_customer', referralId: 'ref_1' },
    ],
    [
      'for a job that is too small for both sides',
      { value: 6_000 },
      [{ current: atLeast(10_000, 8_000) }],
      { reason: 'below_minimum', referralId: 'ref_1', value: 6_000, minimum: 8_000, currency: 'USD' },
    ],
    [
      'for a job that is too small without what was refunded',
      { refunded: 80_000 },
      [{ current: atLeast(10_000, 8_000) }],
      { reason: 'below_minimum', referralId: 'ref_1', value: 4_000, minimum: 8_000, currency: 'USD' },
    ],
    [
      'for a job of before the connection',
      { connectedAt: finished + dayMs, invoiced: reached(finished, finished + dayMs) },
      [{}],
      { reason: 'before_connection', finishedOn: '2026-11-30', connectedOn: '2026-12-01' },
    ],
    [
      'for a job we hear of eight days later',
      { invoiced: reached(finished, finished + 8 * dayMs) },
      [{}],
      { reason: 'finished_long_ago', days: 8 },
    ],
  ] as [string, Partial<ConvertingJob>, Partial<LiveReferral>[], object][])('%s', (_, given, referrals, refusal) => {
    const decision = decideJobConversion(job(given), referrals.map(referral), zone)
    expect(decision).toEqual({ do: 'nothing', ...refusal })
  })

  it('unless one side earns: the smaller minimum counts, and a promised one too', () => {
    expect(decide({ value: 6_000 }, { current: atLeast(10_000, 5_000) })).toMatchObject({ do: 'convert' })
    const kept = { current: atLeast(10_000, 10_000), promised: atLeast(10_000, 5_000) }
    expect(decide({ value: 6_000 }, kept)).toMatchObject({ do: 'convert' })
    const today = { ...kept, current: termsOf({ ...kept.current, honor: 'at_conversion' }) }
    expect(decide({ value: 6_000 }, today)).toMatchObject({ reason: 'below_minimum', minimum: 10_000 })
  })
})

it('a full refund that arrives before its invoice leaves nothing to convert', () => {
  const refundedFirst = job({ invoiced: null, refunded: 84_000 })
  expect(decideJobConversion(refundedFirst, [referral()], zone)).toMatchObject({ reason: 'trigger_not_reached' })
  const invoicedAt = moment('2026-11-30T18:00:00Z')
  const then = job({ invoiced: reached(invoicedAt), refunded: 84_000, connectedAt: null })
  expect(decideJobConversion(then, [referral()], zone)).toEqual({ do: 'nothing', reason: 'job_refunded' })
})
