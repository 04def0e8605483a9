import { describe, expect, it } from 'vitest'
import { email, factsOf, finished, hourMs, jobOf, moment, phone, ruleOf } from '../../test/asking.ts'
import { dayMs } from '../days.ts'
import { zonesOfPhone } from '../phoneZones.ts'
import type { AskFacts } from './askFacts.ts'
import { decideAsk } from './decideAsk.ts'

const decide = (given: Partial<AskFacts> = {}) => decideAsk(factsOf(given))
const reached = (at: number, heardAt = at) => ({ at, heardAt })
/** When the ask leaves, as text. Throws when nothing is sent. */
function leaves(given: Partial<AskFacts>): string {
  const decision = decide(given)
  if (decision.do !== 'send') throw new Error(JSON.stringify(decision))
  return new Date(decision.at).toISOString()
}
const score = (value: number, at = finished, jobId = 'job_1') => ({ jobId, value, at })
const sent = (daysAgo: number, jobId: string | null = 'job_0') => ({
  id: 'inv_0',
  campaignId: 'cam_1',
  jobId,
  state: 'sent' as const,
  at: finished - daysAgo * dayMs,
})

describe('a good score for a finished job', () => {
  it('asks two hours later by text', () => {
    const at = finished + 2 * hourMs
    expect(decide()).toEqual({ do: 'send', what: 'ask', at, dueAt: at, channels: ['sms'] })
  })

  it('asks two hours after the score if that came later', () => {
    expect(leaves({ scores: [score(5, finished + hourMs)] })).toBe('2026-11-30T23:00:00.000Z')
  })

  it('asks at once if the two hours are over, but never in quiet hours', () => {
    expect(leaves({ now: finished + 5 * hourMs })).toBe('2026-12-01T01:00:00.000Z')
    expect(leaves({ now: finished + 9 * hourMs })).toBe('2026-12-01T17:00:00.000Z')
  })

  it('reminds somebody who is an advocate already', () => {
    expect(decide({ enrollment: 'active' })).toMatchObject({ do: 'send', what: 'reminder', channels: ['sms'] })
  })

  it('waits for the invoice where asking waits for it', () => {
    const rule = ruleOf({ trigger: 'invoiced' })
    expect(decide({ rule })).toEqual({ do: 'wait', for: 'trigger', until: null })
    const job = jobOf({ invoiced: reached(finished + dayMs) })
    expect(leaves({ rule, job, now: finished + dayMs })).toBe('2026-12-01T22:00:00.000Z')
  })

  it('asks when a job is invoiced and nobody said that it was completed', () => {
    expect(leaves({ job: jobOf({ completed: null, invoiced: reached(finished) }) })).toBe('2026-11-30T22:00:00.000Z')
  })
})

describe('scores', () => {
  it('below the threshold ask nobody and cancel what is scheduled', () => {
    const low = { reason: 'score_low', score: 3, minScore: 4, jobId: 'job_1' }
    expect(decide({ scores: [score(3)] })).toEqual({ do: 'nothing', ...low })
    expect(decide({ scores: [score(3)], invitation: { state: 'scheduled' } })).toEqual({ do: 'cancel', ...low })
  })

  it('count by the time they were given, whatever arrives last; of two at once, the lower one', () => {
    const [first, later] = [score(2), score(5, finished + hourMs)]
    for (const scores of [
      [first, later],
      [later, first],
    ])
      expect(leaves({ scores })).toBe('2026-11-30T23:00:00.000Z')
    const [good, bad] = [score(5), score(1, finished + hourMs)]
    for (const scores of [
      [good, bad],
      [bad, good],
      [score(5), score(1)],
      [score(1), score(5)],
    ])
      expect(decide({ scores })).toMatchObject({ reason: 'score_low', score: 1 })
  })

  it('of another job count if they are low and newer', () => {
    const unhappy = score(2, finished + hourMs, 'job_2')
    expect(decide({ scores: [score(5), unhappy] })).toMatchObject({ reason: 'score_low', jobId: 'job_2' })
    expect(decide({ scores: [score(5, finished + 2 * hourMs), unhappy] })).toMatchObject({ do: 'send' })
    const atOnce = score(2, finished, 'job_2')
    expect(decide({ scores: [score(5), atOnce] })).toMatchObject({ reason: 'score_low', jobId: 'job_2' })
  })

  it('are waited for, and without one nobody is asked', () => {
    expect(decide({ scores: [] })).toEqual({ do: 'wait', for: 'score', until: finished + 7 * dayMs })
    const none = { do: 'nothing', reason: 'no_score', days: 7 }
    expect(decide({ scores: [], now: finished + 7 * dayMs })).toEqual(none)
    const late = finished + 8 * dayMs
    expect(decide({ scores: [score(5, late)], now: late })).toEqual(none)
  })

  it('are not needed where the rule asks without them', () => {
    const rule = ruleOf({ withoutScore: 'ask', scoreWaitDays: 2 })
    expect(decide({ rule, scores: [] })).toMatchObject({ do: 'wait', until: finished + 2 * dayMs })
    expect(leaves({ rule, scores: [], now: finished + 2 * dayMs })).toBe('2026-12-02T20:00:00.000Z')
    expect(decide({ rule, scores: [score(1)], now: finished + 2 * dayMs })).toMatchObject({ reason: 'score_low' })
  })
})

describe('quiet hours', () => {
  it('hold in Honolulu and where a New York number may be', () => {
    const due = moment('2026-12-02T05:30:00Z')
    const at = due - 2 * hourMs
    const given = {
      now: at,
      timeZone: 'Pacific/Honolulu',
      job: jobOf({ completed: reached(at) }),
      scores: [score(5, at)],
    }
    const newYorker = { ...phone, zones: zonesOfPhone('+12125550163') }
    expect(leaves({ ...given, addresses: { phone: newYorker, email } })).toBe('2026-12-02T19:00:00.000Z')
    // An email waits for nobody's night but the organization's.
    expect(leaves({ ...given, addresses: { phone: { ...newYorker, agreed: false }, email } })).toBe(
      '2026-12-02T05:30:00.000Z',
    )
  })

  it.each([
    ['2026-03-08', '2026-03-08T13:00:00.000Z'],
    ['2026-11-01', '2026-11-01T14:00:00.000Z'],
  ])('end at nine in New York on %s, when clocks change', (day, expected) => {
    const at = moment(`${day}T01:00:00Z`)
    const job = jobOf({ completed: reached(at) })
    const addresses = { phone: { ...phone, zones: ['America/New_York'] }, email }
    const timeZone = 'America/New_York'
    expect(leaves({ now: at, timeZone, job, scores: [score(5, at)], addresses })).toBe(expected)
  })
})

describe('nobody is asked', () => {
  const refusals: [string, Partial<AskFacts>, object][] = [
    ['where asking is off', { rule: ruleOf({ on: false }) }, { reason: 'asking_off' }],
    ['into a closed campaign', { campaignOpen: false }, { reason: 'campaign_closed' }],
    ['who is gone', { contactGone: true }, { reason: 'contact_gone' }],
    ['who turned the program off', { programOff: true }, { reason: 'program_off' }],
    ['whose link staff deactivated', { enrollment: 'inactive' }, { reason: 'link_inactive' }],
    ['for a canceled job', { job: jobOf({ canceled: true }) }, { reason: 'job_canceled' }],
    ['for a refunded job', { job: jobOf({ refunded: true }) }, { reason: 'job_refunded' }],
    ['if staff said no', { job: jobOf({ dontAsk: true }) }, { reason: 'staff_said_no' }],
    [
      'for a job of before the connection',
      { job: jobOf({ connectedAt: finished + 1 }) },
      { reason: 'before_connection', finishedOn: '2026-11-30', connectedOn: '2026-11-30' },
    ],
    [
      'for a job we hear of eight days later',
      { job: jobOf({ completed: reached(finished, finished + 8 * dayMs) }), now: finished + 8 * dayMs },
      { reason: 'finished_long_ago', days: 8 },
    ],
    [
      'when our own queue stood still for eight days',
      { now: finished + 8 * dayMs },
      { reason: 'finished_long_ago', days: 8 },
    ],
    ['asked for this job before', { otherAsks: [sent(12, 'job_1')] }, { reason: 'asked_for_this_job', days: 12 }],
    [
      'asked lately, by any campaign',
      { otherAsks: [{ ...sent(12), campaignId: 'cam_2' }] },
      { reason: 'asked_lately', days: 12, gapDays: 180, againOn: '2027-05-17' },
    ],
    [
      'about to be asked by another campaign',
      { otherAsks: [{ id: 'inv_2', campaignId: 'cam_2', jobId: 'job_2', state: 'scheduled', at: finished + hourMs }] },
      { reason: 'ask_scheduled', invitationId: 'inv_2', campaignId: 'cam_2', at: finished + hourMs },
    ],
    [
      'who stopped texts and has no email',
      { addresses: { phone: { ...phone, stopped: true }, email: null } },
      { reason: 'no_channel', text: 'stopped', email: 'no_email' },
    ],
  ]
  it.each(refusals)('%s', (_, given, refusal) => {
    expect(decide(given)).toEqual({ do: 'nothing', ...refusal })
    expect(decide({ ...given, invitation: { state: 'scheduled' } })).toEqual({ do: 'cancel', ...refusal })
  })

  it('twice within the gap, whose last day counts whole', () => {
    const rule = ruleOf({ gapDays: 12 })
    expect(decide({ rule, otherAsks: [sent(11)] })).toMatchObject({ reason: 'asked_lately', againOn: '2026-12-01' })
    expect(decide({ rule, otherAsks: [sent(12)] })).toMatchObject({ do: 'send' })
    // The ask waits for the morning, and the gap is over by then.
    expect(decide({ rule, otherAsks: [sent(11)], now: finished + 9 * hourMs })).toMatchObject({ do: 'send' })
  })

  it('for three thousand jobs of last year, however good their scores were', () => {
    const at = moment('2025-06-01T18:00:00Z')
    const connectedAt = moment('2026-12-01T08:00:00Z')
    const job = jobOf({ completed: reached(at, connectedAt), connectedAt })
    expect(decide({ now: connectedAt, job, scores: [score(5, at)] })).toMatchObject({ reason: 'before_connection' })
  })
})

it('is due when it is decided about, if that is later: at once by day, and after quiet hours only in them', () => {
  for (const [hours, waits] of [
    [5, false],
    [9, true],
  ] as const) {
    const now = finished + hours * hourMs
    const decision = decide({ now })
    expect(decision).toMatchObject({ do: 'send', dueAt: now })
    expect(decision.do === 'send' && decision.at > decision.dueAt).toBe(waits)
  }
})

it('asks for a job that we hear of three days later', () => {
  const now = finished + 3 * dayMs
  expect(leaves({ now, job: jobOf({ completed: reached(finished, now) }) })).toBe(new Date(now).toISOString())
})

describe('the channel', () => {
  it.each([
    ['a number that never agreed', { phone: { ...phone, agreed: false }, email }, 'text_first', ['email']],
    ['a landline', { phone: { ...phone, landline: true }, email }, 'text_first', ['email']],
    ['a stopped number', { phone: { ...phone, stopped: true }, email }, 'both', ['email']],
    ['somebody with both', { phone, email }, 'both', ['sms', 'email']],
    ['somebody with both', { phone, email }, 'email_first', ['email']],
    ['an address that unsubscribed', { phone, email: { ...email, unsubscribed: true } }, 'email_first', ['sms']],
    ['an address that bounces', { phone, email: { ...email, undeliverable: true } }, 'email_first', ['sms']],
  ] as const)('of %s, %j, where the rule says %s', (_, addresses, channel, channels) => {
    expect(decide({ addresses, rule: ruleOf({ channel }) })).toMatchObject({ do: 'send', channels })
  })
})

describe('the follow-up', () => {
  const sentAt = finished + 2 * hourMs
  const invitation = { state: 'sent', kind: 'ask', sentAt, opened: false, followUpSentAt: null } as const
  const now = sentAt

  it('goes out once, 48 hours later', () => {
    const at = sentAt + 48 * hourMs
    expect(decide({ now, invitation })).toEqual({ do: 'send', what: 'follow_up', at, dueAt: at, channels: ['sms'] })
    const again = { ...invitation, followUpSentAt: at }
    expect(decide({ now: at, invitation: again })).toEqual({ do: 'nothing', reason: 'followed_up' })
  })

  it('waits for the morning too', () => {
    const rule = ruleOf({ followUpHours: 36 })
    expect(leaves({ now, invitation, rule })).toBe('2026-12-02T17:00:00.000Z')
  })

  it.each([
    ['the link was opened', { invitation: { ...invitation, opened: true } }, { reason: 'opened' }],
    ['the rule has none', { rule: ruleOf({ followUpHours: null }), invitation }, { reason: 'no_follow_up' }],
    ['it was a reminder', { invitation: { ...invitation, kind: 'reminder' } }, { reason: 'no_follow_up' }],
    ['they became unhappy', { invitation, scores: [score(5), score(1, sentAt)] }, { reason: 'score_low', score: 1 }],
    ['another job made them unhappy', { invitation, scores: [score(5), score(1, sentAt, 'job_2')] }, { score: 1 }],
    ['the job was refunded', { invitation, job: jobOf({ refunded: true }) }, { reason: 'job_refunded' }],
    ['their link was deactivated', { invitation, enrollment: 'inactive' }, { reason: 'link_inactive' }],
    [
      'they stopped texts and have no email',
      { invitation, addresses: { phone: { ...phone, stopped: true }, email: null } },
      { reason: 'no_channel' },
    ],
    ['it is far too late', { invitation, now: sentAt + 10 * dayMs }, { reason: 'finished_long_ago', days: 10 }],
  ] as [string, Partial<AskFacts>, object][])('is left out if %s', (_, given, refusal) => {
    expect(decide({ now, ...given })).toMatchObject({ do: 'nothing', ...refusal })
  })
})
