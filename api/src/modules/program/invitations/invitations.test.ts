import { addDays, dayIn, momentAt } from '@goodword/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { asking, hourMs, startAsking } from '../../../../test/asking.ts'
import { verify } from '../../../verify.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { listAdvocates } from '../../surfaces/console/advocates.queries.ts'
import { listJobEvents } from '../jobs/jobEvents.queries.ts'

const dayMs = 24 * hourMs
let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

const rosa = { id: 'c1', name: 'Rosa Medina', email: 'rosa@mail.example', phone: '+14155550117' }
/** Tomorrow at noon on the clock of the business. */
const noonPacific = () => {
  const zone = 'America/Los_Angeles'
  return momentAt(addDays(dayIn(zone, test.clock.now()), 1), '12:00', zone)
}

describe('a customer who is happy with a job', () => {
  it('becomes an advocate, is texted after the delay and reminded once', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    const at = test.clock.now()
    await shop.play(shop.event('job.completed', at, { customer: rosa, title: 'Drain cleaning', score: 5 }))
    expect(await shop.asks()).toMatchObject([
      {
        state: 'scheduled',
        kind: 'ask',
        sendAt: new Date(at + 2 * hourMs).toISOString(),
        job: { title: 'Drain cleaning' },
      },
    ])
    const [advocate] = (await listAdvocates(shop.ctx, { limit: 10, sort: 'newest' })).items
    expect(advocate).toMatchObject({ name: 'Rosa Medina', archivedAt: null })
    const [event] = (await listJobEvents(shop.ctx, { limit: 1 })).items
    expect(event?.effects).toMatchObject([
      { reason: 'ask_scheduled', facts: { enrolled: true, what: 'ask', at: at + 2 * hourMs, channels: 'sms' } },
    ])
    expect(shop.providers.handed).toEqual([])
    await shop.wait(2 * hourMs)
    expect(shop.providers.handed).toMatchObject([{ channel: 'sms', to: rosa.phone }])
    expect(shop.providers.handed[0]?.body).toContain(advocate?.link)
    expect(shop.providers.handed[0]?.body).toContain('Reply STOP to opt out')
    expect(await shop.asks()).toMatchObject([
      { state: 'sent', channels: ['sms'], followUpAt: new Date(at + 50 * hourMs).toISOString() },
    ])
    await shop.wait(10 * dayMs)
    expect(shop.providers.handed.map(({ at: sentAt }) => Date.parse(sentAt) - at)).toEqual([2 * hourMs, 50 * hourMs])
    expect(await shop.asks()).toMatchObject([{ state: 'sent', followUpAt: null }])
  })

  it('is asked once for two good jobs in five minutes, in two campaigns', async () => {
    const shop = await startAsking(test)
    await shop.world.campaign({ jobs: asking() }, { name: 'Second', status: 'active' })
    await shop.until(noonPacific())
    const at = test.clock.now()
    await shop.play(
      shop.event('job.completed', at, { customer: rosa, score: 5 }),
      shop.event('job.completed', at + 1_000, { job: '4472', customer: rosa, score: 5 }),
    )
    await shop.wait(30 * dayMs)
    expect(shop.providers.handed.filter(({ body }) => body.includes('thank you for having us'))).toHaveLength(1)
    expect((await shop.asks()).filter(({ sentAt }) => sentAt !== null)).toHaveLength(1)
  })

  it('is not asked again when the job is reopened and completed again', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    const at = test.clock.now()
    await shop.play(shop.event('job.completed', at, { customer: rosa, score: 5 }))
    await shop.wait(12 * dayMs + 2 * hourMs)
    await shop.play(
      shop.event('job.opened', test.clock.now(), {}),
      shop.event('job.completed', test.clock.now(), { customer: rosa }),
    )
    const [event] = (await listJobEvents(shop.ctx, { limit: 1 })).items
    expect(event?.effects).toMatchObject([{ reason: 'not_asked', facts: { why: 'asked_for_this_job', days: 12 } }])
    expect(shop.providers.handed).toHaveLength(2)
  })

  it('is canceled by a lower score before it is sent, and the unused link goes', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    const at = test.clock.now()
    await shop.play(
      shop.event('job.completed', at, { customer: rosa, score: 5 }),
      shop.event('review.received', at + 60_000, { score: 2 }),
    )
    expect(await shop.asks()).toMatchObject([{ state: 'canceled', reason: { reason: 'score_low', score: 2 } }])
    expect((await listAdvocates(shop.ctx, { limit: 10, sort: 'newest', state: 'active' })).items).toEqual([])
    await shop.wait(3 * dayMs)
    const staff = shop.providers.handed
    expect(staff.map(({ channel }) => channel)).toEqual(['email'])
    expect(staff[0]?.body).toContain('Rosa Medina gave 2 of 5')
    // Somebody calls her: told once, however often the job changes afterwards.
    await shop.play(shop.event('job.invoiced', test.clock.now(), { amount: 80_000 }))
    const { items: toCall } = await listJobEvents(shop.ctx, { limit: 5, tab: 'needs_you' })
    expect(
      toCall.map(({ type, effects }) => [type, effects.filter(({ reason }) => reason === 'call_customer').length]),
    ).toEqual([['review.received', 1]])
    await shop.play(shop.event('review.received', test.clock.now(), { score: 5 }))
    await shop.wait(dayMs)
    expect((await shop.asks()).map(({ state }) => state)).toEqual(['sent'])
    expect((await listAdvocates(shop.ctx, { limit: 10, sort: 'newest', state: 'active' })).items).toHaveLength(1)
  })
})

describe('before each message', () => {
  it('everything is checked again, also while a busy provider keeps it waiting: a low score stops it', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    shop.providers.busy.until = test.clock.now() + 3 * hourMs
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(2 * hourMs)
    expect(shop.providers.tried).toEqual([rosa.phone])
    await shop.play(shop.event('review.received', test.clock.now(), { score: 1 }))
    await shop.wait(dayMs)
    expect(shop.providers.handed.map(({ to }) => to)).not.toContain(rosa.phone)
    expect(await shop.asks()).toMatchObject([{ state: 'canceled', reason: { reason: 'score_low' } }])
  })

  it('what waited until quiet hours began goes out in the morning', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    const noon = test.clock.now()
    await shop.until(noon + 5.9 * hourMs)
    shop.providers.busy.until = noon + 8.5 * hourMs
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.until(noon + 22 * hourMs)
    expect(shop.providers.handed.map(({ at }) => (Date.parse(at) - noon) / hourMs)).toEqual([21])
    expect(await shop.asks()).toMatchObject([{ state: 'sent' }])
  })

  it('everything is checked again: jobs switched off', async () => {
    const shop = await startAsking(test)
    await shop.until(noonPacific())
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await updateOrganization(shop.ctx, { features: [] })
    await shop.wait(dayMs)
    expect(shop.providers.handed).toEqual([])
    expect(await shop.asks()).toMatchObject([{ state: 'canceled', reason: { reason: 'jobs_off' } }])
  })
})
