import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { email, finished, hourMs, phone, ruleOf } from '../../test/asking.ts'
import { type Arrival, AskModel, type JobEvent } from '../../test/askModel.ts'
import { checkProperty } from '../../test/checkProperty.ts'
import { dayMs } from '../days.ts'

const minuteMs = 60_000
const given = { rule: ruleOf(), addresses: { phone, email } }

/** The events of one job within its first hour; `mood` decides about the scores. */
const eventsOf = (scores: fc.Arbitrary<number[]>, ends: fc.Arbitrary<'canceled' | 'refunded' | null>) =>
  fc
    .record({
      scores,
      ends,
      invoiced: fc.boolean(),
      completedAgain: fc.boolean(),
      minutes: fc.array(fc.nat(59), { minLength: 8, maxLength: 8 }),
    })
    .map(({ scores, ends, invoiced, completedAgain, minutes }): JobEvent[] => {
      const types: Omit<JobEvent, 'id' | 'at'>[] = [
        { type: 'completed' },
        ...(invoiced ? [{ type: 'invoiced' as const }] : []),
        ...(completedAgain ? [{ type: 'completed' as const }] : []),
        ...scores.map((value) => ({ type: 'score' as const, value })),
        ...(ends === null ? [] : [{ type: ends }]),
      ]
      return types.map(
        (type, index) => ({ ...type, id: `evt_${index}`, at: finished + (minutes[index] ?? 0) * minuteMs }) as JobEvent,
      )
    })

/** Each event arrives after its own delay, some of them again and again. */
const arrivalsOf = (events: JobEvent[], most: number): fc.Arbitrary<Arrival[]> =>
  fc
    .array(fc.record({ delays: fc.array(fc.nat(most), { minLength: 1, maxLength: 3 }) }), {
      minLength: events.length,
      maxLength: events.length,
    })
    .map((all) =>
      all.flatMap(({ delays }, index) => {
        const event = events[index]
        return event ? delays.map((delay) => ({ event, arrivesAt: event.at + delay })) : []
      }),
    )

const anyScores = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 })
const goodScores = fc.array(fc.constantFrom(4, 5), { minLength: 1, maxLength: 3 })
const anyEnd = fc.constantFrom('canceled' as const, 'refunded' as const, null, null, null)

const arriving = (events: fc.Arbitrary<JobEvent[]>, most: number) =>
  events.chain((all) => fc.record({ events: fc.constant(all), arrivals: arrivalsOf(all, most) }))

const endOf = (arrivals: Arrival[]) => {
  const { sent, last } = new AskModel(given).run(arrivals)
  return { sent, last }
}

describe('the events of a job, in any order, late and repeated', () => {
  it('end in the same state if they arrive before the ask is due', () => {
    checkProperty(
      fc.property(arriving(eventsOf(anyScores, anyEnd), 55 * minuteMs), ({ events, arrivals }) => {
        const inOrder = [...events]
          .sort((one, other) => one.at - other.at)
          .map((event) => ({ event, arrivesAt: event.at }))
        expect(endOf(arrivals)).toEqual(endOf(inOrder))
      }),
      200,
    )
  })

  it('ask at most once and follow up at most once, however late they are', () => {
    checkProperty(
      fc.property(arriving(eventsOf(anyScores, anyEnd), 30 * dayMs), ({ arrivals }) => {
        const { sent } = endOf(arrivals)
        expect(sent.filter(({ what }) => what === 'ask').length).toBeLessThanOrEqual(1)
        expect(sent.filter(({ what }) => what === 'follow_up').length).toBeLessThanOrEqual(1)
      }),
      200,
    )
  })

  it('ask exactly once if every score is good and all is known within six days', () => {
    const happy = eventsOf(goodScores, fc.constant(null))
    checkProperty(
      fc.property(arriving(happy, 6 * dayMs), ({ arrivals }) => {
        expect(endOf(arrivals).sent.map(({ what }) => what)).toEqual(['ask', 'follow_up'])
      }),
      200,
    )
  })

  it('ask nobody whose newest score was known to be low', () => {
    const sour = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    checkProperty(
      fc.property(arriving(eventsOf(sour, anyEnd), 30 * dayMs), ({ arrivals }) => {
        expect(endOf(arrivals).sent).toEqual([])
      }),
      100,
    )
  })
})

const happyJob: Arrival[] = [
  { event: { id: 'evt_1', type: 'completed', at: finished }, arrivesAt: finished },
  { event: { id: 'evt_2', type: 'score', value: 5, at: finished }, arrivesAt: finished },
]

describe('a text that the provider refuses', () => {
  it.each([21_635, 30_006])('as a landline (%i) becomes one email, and no other text', (code) => {
    const { sent, refused } = new AskModel(given, code).run(happyJob)
    expect(refused).toEqual(['sms'])
    expect(sent).toEqual([
      { what: 'ask', at: finished + 2 * hourMs, channels: ['email'] },
      { what: 'follow_up', at: finished + 50 * hourMs, channels: ['email'] },
    ])
  })

  it('and nobody can email is skipped, never sent', () => {
    const addresses = { phone, email: null }
    const { sent, last } = new AskModel({ ...given, addresses }, 21_635).run(happyJob)
    expect(sent).toEqual([])
    expect(last).toEqual({ do: 'nothing', reason: 'no_channel', text: 'landline', email: 'no_email' })
  })

  it('because its owner stopped records the stop and tries no text again', () => {
    const addresses = { phone, email: null }
    const { sent, refused, last } = new AskModel({ ...given, addresses }, 21_610).run(happyJob)
    expect({ sent, refused }).toEqual({ sent: [], refused: ['sms'] })
    expect(last).toMatchObject({ reason: 'no_channel', text: 'stopped' })
  })
})
