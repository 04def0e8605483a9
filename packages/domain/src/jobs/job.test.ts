import type { JobEventType } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs } from '../days.ts'
import { applyToJob } from './job.ts'
import { eventOf, type JobEvent } from './jobEvent.ts'
import { type JobFacts, newJob, refundedAmount, stateOf } from './jobFacts.ts'
import { historyOf, settleTime } from './timing.ts'

const ten = Date.parse('2026-11-30T10:00:00Z')
const minute = 60_000
type Said = Partial<JobEvent> & { occurredAt: number }

function said(type: JobEventType, given: Said): JobEvent {
  const mark = {
    'job.opened': 'opened',
    'job.completed': 'completed',
    'job.invoiced': 'invoiced',
    'job.canceled': 'canceled',
  }[type as 'job.opened']
  const reading = eventOf(type, { jobIds: ['1'], marks: mark ? { [mark]: given.occurredAt } : {}, ...given })
  if (reading.is !== 'event') throw new Error('no event')
  return reading.event
}
const usd = (amount: number) => ({ amount, currency: 'USD' })
const completed = (at: number, value?: number) =>
  said('job.completed', { occurredAt: at, value: value === undefined ? null : usd(value) })
const invoiced = (at: number, value = 30_000) => said('job.invoiced', { occurredAt: at, value: usd(value) })
const canceled = (at: number) => said('job.canceled', { occurredAt: at })
const review = (at: number, score: number) => said('review.received', { occurredAt: at, score })
const refund = (at: number, id: string, amount: number, state: 'done' | 'pending' | 'failed' = 'done') =>
  said('job.refunded', { occurredAt: at, refund: { is: 'one', id, amount, state } })
const total = (at: number, amount: number) => said('job.refunded', { occurredAt: at, refund: { is: 'total', amount } })
const order = (at: number, refunds: [string, number][]) =>
  said('job.invoiced', {
    occurredAt: at,
    value: usd(30_000),
    refund: { is: 'list', refunds: refunds.map(([id, amount]) => ({ id, amount })) },
  })

/** As the server does it: what waits is tried again after everything that is applied. */
function play(events: readonly JobEvent[]) {
  let job: JobFacts = newJob
  let waiting: JobEvent[] = []
  const log: string[] = []
  const changes: number[] = []
  const take = (event: JobEvent): boolean => {
    const decision = applyToJob(job, event, event.occurredAt ?? 0)
    job = decision.job
    log.push(decision.reason)
    if (typeof decision.facts.change === 'number') changes.push(decision.facts.change)
    return decision.outcome !== 'waiting'
  }
  for (const event of events) {
    if (!take(event)) waiting.push(event)
    else waiting = waiting.sort((a, b) => (a.occurredAt ?? 0) - (b.occurredAt ?? 0)).filter((one) => !take(one))
  }
  return {
    job,
    log,
    changes: changes.filter((change) => change !== 0),
    state: stateOf(job),
    refunded: refundedAmount(job.refunds),
    waiting: waiting.length,
  }
}

describe('a job', () => {
  it('moves forward only: a completion that comes after the invoice changes nothing but its date', () => {
    const late = play([invoiced(ten + minute), completed(ten)])
    expect([late.state, late.job.completedAt, late.log]).toEqual(['invoiced', ten, ['job_invoiced', 'job_updated']])
  })

  it('that is done again after it was reopened is done once (C38)', () => {
    expect(
      play([completed(ten), said('job.opened', { occurredAt: ten + minute }), completed(ten + 2 * minute)]).log,
    ).toEqual(['job_completed', 'nothing_new', 'happened_already'])
  })

  it('takes value and score from what happened last, not from what arrived last', () => {
    const values = play([invoiced(ten + minute, 80_000), completed(ten, 70_000)])
    expect([values.job.value, values.log]).toEqual([80_000, ['job_invoiced', 'older_than_known']])
    const scores = play([completed(ten), review(ten + 2 * minute, 2), review(ten + minute, 5)])
    expect([scores.job.score, scores.log]).toEqual([2, ['job_completed', 'score_recorded', 'older_than_known']])
    expect(play([completed(ten), review(ten, 5), review(ten, 2)]).job.score).toBe(2)
  })

  it('that was refunded before its invoice arrived waits, and is refunded in the end (C14)', () => {
    const early = play([refund(ten + 5 * minute, 're_1', 30_000), invoiced(ten)])
    expect([early.state, early.refunded, early.log]).toEqual([
      'refunded',
      30_000,
      ['waits_for_invoice', 'job_invoiced', 'job_refunded'],
    ])
  })

  it('counts a running total once, whichever way it is told (C17)', () => {
    const totals = [total(ten + minute, 20_000), total(ten + 2 * minute, 50_000), refund(ten + minute, 're_1', 20_000)]
    const whole = play([invoiced(ten, 80_000), ...totals])
    expect([whole.changes, whole.refunded]).toEqual([[20_000, 30_000], 50_000])
    const back = play([invoiced(ten, 80_000), refund(ten + minute, 're_1', 20_000), ...totals])
    expect([back.changes, back.refunded]).toEqual([[20_000, 30_000], 50_000])
  })

  it('follows the whole list of refunds, also when one is deleted (C20)', () => {
    const [first, both, one] = [
      order(ten + minute, [['726', 5_000]]),
      order(ten + 2 * minute, [
        ['726', 5_000],
        ['731', 25_000],
      ]),
      order(ten + 3 * minute, [['726', 5_000]]),
    ]
    const played = play([order(ten, []), first, first, both, one])
    expect([played.changes, played.refunded, played.state]).toEqual([[5_000, 25_000, -25_000], 5_000, 'invoiced'])
    expect(played.log).toEqual([
      'job_invoiced',
      'job_refunded',
      'happened_already',
      'job_refunded',
      'refund_given_back',
    ])
  })

  it('gets back what a failed refund had taken, and does nothing for a pending one', () => {
    const failed = play([
      invoiced(ten),
      refund(ten, 're_1', 30_000, 'pending'),
      refund(ten + minute, 're_1', 30_000),
      refund(ten + 2 * minute, 're_1', 30_000, 'failed'),
    ])
    expect([failed.changes, failed.state]).toEqual([[30_000, -30_000], 'invoiced'])
    const told = play([
      invoiced(ten),
      total(ten + minute, 30_000),
      refund(ten + minute, 're_1', 30_000),
      refund(ten + 2 * minute, 're_1', 30_000, 'failed'),
    ])
    expect([told.changes, told.refunded]).toEqual([[30_000, -30_000], 0])
  })

  it('whose total falls counts less through its refund alone (C31)', () => {
    const edited = play([
      order(ten, []),
      said('job.invoiced', {
        occurredAt: ten + minute,
        value: usd(8_000),
        refund: { is: 'list', refunds: [{ id: '1', amount: 2_000 }] },
      }),
    ])
    expect([edited.changes, edited.job.value]).toEqual([[2_000], 8_000])
    expect(play([invoiced(ten, 10_000), invoiced(ten + minute, 13_000)]).log).toEqual(['job_invoiced', 'job_updated'])
  })

  it('that is canceled after its invoice is for a person to look at', () => {
    const decision = applyToJob(play([invoiced(ten)]).job, canceled(ten + minute), ten + minute)
    expect([decision.outcome, decision.reason, decision.needsPerson, stateOf(decision.job)]).toEqual([
      'ignored',
      'canceled_after_invoice',
      true,
      'invoiced',
    ])
    expect(play([completed(ten), canceled(ten + minute)]).state).toBe('canceled')
    // The first payment failed, the next one succeeded.
    expect(play([canceled(ten), invoiced(ten + minute)]).state).toBe('invoiced')
  })

  it('in another currency than before is refused and shown', () => {
    const euro = applyToJob(
      play([invoiced(ten)]).job,
      said('job.invoiced', { occurredAt: ten, value: { amount: 1, currency: 'EUR' } }),
      ten,
    )
    expect(euro).toMatchObject({
      outcome: 'rejected',
      reason: 'currency_changed',
      facts: { currency: 'EUR', known: 'USD' },
      needsPerson: true,
    })
  })

  it('that is disputed is for a person to look at, and stays as it is', () => {
    const dispute = applyToJob(
      play([invoiced(ten)]).job,
      said('job.refunded', { occurredAt: ten, refund: { is: 'dispute', amount: 30_000 } }),
      ten,
    )
    expect(dispute).toMatchObject({ outcome: 'ignored', reason: 'payment_disputed', needsPerson: true })
    expect(stateOf(dispute.job)).toBe('invoiced')
  })

  it('that costs nothing is never refunded', () => {
    expect(play([invoiced(ten, 0), total(ten, 0)]).state).toBe('invoiced')
  })

  const moment = fc.integer({ min: 0, max: 6 }).map((minutes) => ten + minutes * minute)
  const amount = fc.constantFrom(5_000, 10_000, 20_000, 30_000)
  const anyEvent = fc.oneof(
    fc.tuple(moment, amount).map(([at, value]) => completed(at, value)),
    fc.tuple(moment, amount).map(([at, value]) => invoiced(at, value)),
    moment.map(canceled),
    fc.tuple(moment, fc.integer({ min: 1, max: 5 })).map(([at, score]) => review(at, score)),
    fc
      .tuple(moment, fc.constantFrom('a', 'b'), fc.constantFrom('done', 'failed', 'pending'))
      .map(([at, id, state]) => refund(at, id, 10_000, state)),
    fc.tuple(moment, amount).map(([at, sum]) => total(at, sum)),
  )

  it('ends the same in whatever order its events arrive, and however often', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { minLength: 1, maxLength: 8 })
          .chain((events) =>
            fc.tuple(
              fc.constant([...events, ...events.slice(0, 3)]),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, shuffled]) => {
          const [one, other] = [play(events), play(shuffled)]
          expect([other.state, other.refunded, other.job]).toEqual([one.state, one.refunded, one.job])
          // What was paid back is the sum of what was said to have changed.
          for (const played of [one, other])
            expect(played.changes.reduce((sum, change) => sum + change, 0)).toBe(played.refunded)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('with lists of refunds ends the same, too', () => {
    const list = fc.tuple(
      fc.uniqueArray(moment, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(
        fc.subarray([
          ['x', 5_000],
          ['y', 25_000],
        ] as [string, number][]),
      ),
    )
    fc.assert(
      fc.property(
        list.chain(([moments, lists]) => {
          const events = moments.map((at) => order(at, lists.next().value ?? []))
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          )
        }),
        ([events, shuffled]) => {
          expect(play(shuffled).refunded).toBe(play(events).refunded)
        },
      ),
    )
  })
})

describe('the time of an event', () => {
  it('is when it came if it says nothing, or a time that has not come yet', () => {
    expect(settleTime(null, ten)).toEqual({ at: ten, isAhead: false })
    expect(settleTime(ten - dayMs, ten)).toEqual({ at: ten - dayMs, isAhead: false })
    expect(settleTime(ten + 5 * minute, ten).at).toBe(ten + 5 * minute)
    expect(settleTime(ten + 6 * minute, ten)).toEqual({ at: ten, isAhead: true })
    expect(settleTime(Date.parse('2099-01-01'), ten)).toEqual({ at: ten, isAhead: true })
  })

  it('makes it history before the connection was made, or more than 7 days ago (C34, C35)', () => {
    const connectedAt = Date.parse('2026-12-01T00:00:00Z')
    expect(historyOf({ finishedAt: Date.parse('2025-06-01'), connectedAt, receivedAt: connectedAt }).isHistory).toBe(
      true,
    )
    const later = connectedAt + 60 * dayMs
    expect(historyOf({ finishedAt: later - 3 * dayMs, connectedAt, receivedAt: later })).toEqual({
      isHistory: false,
      days: 3,
    })
    expect(historyOf({ finishedAt: later - 8 * dayMs, connectedAt, receivedAt: later })).toEqual({
      isHistory: true,
      days: 8,
    })
    expect(historyOf({ finishedAt: later - 8 * dayMs, connectedAt: null, receivedAt: later }).isHistory).toBe(true)
  })
})
