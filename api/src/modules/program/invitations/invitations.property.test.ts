import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { asking, hourMs, startAsking } from '../../../../test/asking.ts'
import { checkProperty, propertyTimeoutMs } from '../../../../test/property.ts'
import { verify } from '../../../verify.ts'
import { listAdvocates } from '../../surfaces/console/advocates.queries.ts'

const minuteMs = 60_000
const dayMs = 24 * hourMs

let test: TestApp
let shop: Awaited<ReturnType<typeof startAsking>>
beforeAll(async () => {
  test = await createTestApp()
  shop = await startAsking(test)
  await shop.world.campaign({ jobs: asking() }, { name: 'Second', status: 'active' })
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

type JobEvent = { type: string; minute: number; data: Record<string, unknown> }
type Arrival = { event: number; minute: number }

/** The events of one job within its first hour. */
const eventsOf = (score: fc.Arbitrary<number>, end: fc.Arbitrary<string | null>) =>
  fc
    .record({
      scores: fc.array(score, { maxLength: 3 }),
      end,
      invoiced: fc.boolean(),
      again: fc.boolean(),
      minutes: fc.array(fc.nat(59), { minLength: 8, maxLength: 8 }),
    })
    .map(({ scores, end, invoiced, again, minutes }): JobEvent[] =>
      [
        { type: 'job.completed', data: {} },
        ...(invoiced || end === 'job.refunded' ? [{ type: 'job.invoiced', data: { amount: 10_000 } }] : []),
        ...(again ? [{ type: 'job.completed', data: {} }] : []),
        ...scores.map((value) => ({ type: 'review.received', data: { score: value } })),
        ...(end === null
          ? []
          : [{ type: end, data: end === 'job.refunded' ? { amount: 10_000, refund: 're_1' } : {} }]),
      ].map((event, index) => ({ ...event, minute: minutes[index] ?? 0 })),
    )

/** Each event comes once or several times, each time after a delay of its own. */
const arriving = (events: fc.Arbitrary<JobEvent[]>, mostMinutes: number) =>
  events.chain((all) =>
    fc.tuple(...all.map(() => fc.array(fc.nat(mostMinutes), { minLength: 1, maxLength: 3 }))).map((delays) => ({
      events: all,
      arrivals: delays.flatMap((each, event) =>
        each.map((delay): Arrival => ({ event, minute: (all[event]?.minute ?? 0) + delay })),
      ),
    })),
  )

let customers = 0

/** What a new customer was sent, by minutes since noon, and whether they have a link in the end. */
async function endOf(events: JobEvent[], arrivals: Arrival[]) {
  customers += 1
  const name = `Customer ${String.fromCharCode(65 + (customers % 26))}${customers}`
  const phone = `+1415${String(5_550_000 + customers).padStart(7, '0')}`
  const customer = { id: `c${customers}`, name, phone }
  const noon = Math.ceil(test.clock.now() / dayMs) * dayMs + 19 * hourMs
  const before = shop.providers.handed.length
  const job = `job ${customers}`
  for (const { event, minute } of [...arrivals].sort((a, b) => a.minute - b.minute || a.event - b.event)) {
    const sent = events[event]
    if (!sent) continue
    await shop.until(noon + minute * minuteMs)
    const body = shop.event(sent.type, noon + sent.minute * minuteMs, { job, customer, ...sent.data })
    await shop.post(body, `${job} ${event}`)
  }
  await shop.until(Math.max(test.clock.now(), noon) + 12 * dayMs)
  const texts = shop.providers.handed.slice(before).filter(({ to }) => to === phone)
  const { items } = await listAdvocates(shop.ctx, { limit: 5, sort: 'newest', state: 'active', q: phone })
  return {
    texts: texts.map(({ at, body }) => [
      (Date.parse(at) - noon) / minuteMs,
      body.includes('is waiting') ? 'again' : 'ask',
    ]),
    hasLink: items.length > 0,
  }
}

const anyEnd = fc.constantFrom('job.canceled', 'job.refunded', null, null, null)

describe('the events of a job, in any order, late and repeated', () => {
  it(
    'end in the same state if they come before the ask is due, with at most one ask',
    () =>
      checkProperty(
        fc.asyncProperty(
          arriving(eventsOf(fc.integer({ min: 1, max: 5 }), anyEnd), 55),
          async ({ events, arrivals }) => {
            const inOrder = events
              .map(({ minute }, event): Arrival => ({ event, minute }))
              .sort((a, b) => a.minute - b.minute)
            const end = await endOf(events, arrivals)
            expect(end).toEqual(await endOf(events, inOrder))
            expect(end.texts.filter(([, what]) => what === 'ask').length).toBeLessThanOrEqual(1)
            expect(end.hasLink).toBe(end.texts.length > 0)
          },
        ),
        8,
      ),
    propertyTimeoutMs,
  )

  it(
    'ask at most once and remind at most once, however late they come',
    () =>
      checkProperty(
        fc.asyncProperty(
          arriving(eventsOf(fc.constantFrom(4, 5), anyEnd), 20 * 24 * 60),
          async ({ events, arrivals }) => {
            const { texts } = await endOf(events, arrivals)
            expect(texts.map(([, what]) => what)).toEqual(['ask', 'again'].slice(0, texts.length))
          },
        ),
        8,
      ),
    propertyTimeoutMs,
  )
})
