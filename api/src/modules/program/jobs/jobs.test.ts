import { describe, expect, it } from 'vitest'
import { anotherWorld } from '../../../../test/harness.ts'
import { outcomes } from '../../../../test/inbound.ts'
import { ago, allJobs, event, events, rosa } from '../../../../test/jobEvents.ts'
import { ctx, mine, play, start, test, useJobs } from '../../../../test/jobWorld.ts'
import { addressesOf, getContact } from '../../people/contacts/contacts.ts'
import { getConnection } from '../../platform/connections/connections.ts'
import { markEventDone } from './attention.ts'
import { connectionActivity, listJobEvents, loadJobEvent, summarizeJobEvents } from './jobEvents.queries.ts'
import { expireWaitingEvents } from './jobs.jobs.ts'
import { listJobs } from './jobs.queries.ts'
import { countScores } from './scores.queries.ts'

useJobs()

describe('a job', () => {
  it('is made by its events, with its customer', async () => {
    await start()
    await play(
      event('job.completed', 50, { customer: rosa, title: 'Drain cleaning', amount: 38_500 }),
      event('review.received', 40, { score: 5 }),
      event('job.invoiced', 30, { amount: 42_000, invoice: 'HS-7' }),
    )
    expect(await outcomes(ctx)).toEqual(['applied job_completed', 'applied score_recorded', 'applied job_invoiced'])
    const [job] = await allJobs()
    expect(job).toMatchObject({
      externalId: '4471',
      title: 'Drain cleaning',
      invoiceNumber: 'HS-7',
      state: 'invoiced',
      value: 42_000,
      score: 5,
      completedAt: ago(50),
      invoicedAt: ago(30),
      isHistory: false,
      contact: { name: 'Rosa Medina' },
    })
    const addresses = await addressesOf(ctx, job?.contact?.id ?? '')
    expect(addresses.map(({ value, proof }) => [value, proof])).toEqual([
      ['rosa@mail.example', 'staff'],
      ['+16285550117', 'staff'],
    ])
    expect((await getContact(ctx, job?.contact?.id ?? '')).customerSince).toBe(Date.parse(ago(50)))
  })

  it('ends the same when its events arrive in another order, and each waits for what it needs', async () => {
    await start()
    await play(
      event('job.refunded', 10, { refund: 'r1', amount: 42_000 }),
      event('review.received', 40, { score: 5 }),
      event('job.completed', 50, { customer: rosa }),
    )
    expect(await outcomes(ctx)).toEqual([
      'waiting waits_for_invoice',
      'applied score_recorded',
      'applied job_completed',
    ])
    await play(event('job.invoiced', 30, { amount: 42_000 }))
    expect(await outcomes(ctx)).toEqual([
      'applied job_refunded',
      'applied score_recorded',
      'applied job_completed',
      'applied job_invoiced',
    ])
    expect((await allJobs()).map(({ state, score, refundedAmount }) => [state, score, refundedAmount])).toEqual([
      ['refunded', 5, 42_000],
    ])
    expect(await connectionActivity(ctx, mine.connection.id)).toEqual({
      events: 4,
      applied: 4,
      duplicates: 0,
      late: 2,
      rejected: 0,
      needYou: 0,
    })
  })

  it('waits for 30 days; then a refund that found none is for a person', async () => {
    await start()
    await play(event('job.refunded', 0, { amount: 100 }), event('review.received', 0, { score: 4 }))
    expect(await outcomes(ctx)).toEqual(['waiting waits_for_job', 'waiting waits_for_job'])
    const [waiting] = await events()
    expect((await loadJobEvent(ctx, waiting?.id ?? '')).waitsUntil).toBe(
      new Date(test.clock.now() + 30 * 86_400_000).toISOString(),
    )
    test.clock.advance(30 * 86_400_000)
    expect(await expireWaitingEvents(test.services)).toBe(0)
    test.clock.advance(1)
    expect(await expireWaitingEvents(test.services)).toBe(2)
    expect(await outcomes(ctx)).toEqual(['rejected job_never_arrived', 'rejected job_never_arrived'])
    expect(await summarizeJobEvents(ctx)).toMatchObject({ total: 2, tabs: { needs_you: 1, refused: 1 } })
  })

  it('told twice under other ids happens once (C37, identity)', async () => {
    await start()
    const won = { type: 'opportunity.won', data: { opportunity: { id: 77 }, customer: rosa } }
    await play(
      won,
      { ...won, timestamp: ago(1) },
      event('job.completed', 9, { customer: rosa }),
      event('job.completed', 8, { customer: rosa }),
    )
    expect(await outcomes(ctx)).toEqual([
      'ignored opportunity_not_used',
      'duplicate happened_already',
      'applied job_completed',
      'duplicate happened_already',
    ])
  })

  it('of years ago makes history and customers, and is counted for one notice (C34)', async () => {
    await start()
    const old = (job: number) => ({
      type: 'job.invoiced',
      timestamp: '2025-03-01T12:00:00Z',
      data: { job, amount: 100, customer: { id: job, name: `Old ${job}` } },
    })
    await play([1, 2, 3].map(old), { ...old(1), timestamp: '2025-03-02T12:00:00Z' })
    expect((await allJobs()).map(({ isHistory }) => isHistory)).toEqual([true, true, true])
    expect((await getConnection(ctx, mine.connection.id)).historyJobs).toBe(3)
    const days = Math.floor((test.clock.now() - Date.parse('2025-03-01T12:00:00Z')) / 86_400_000)
    const { items } = await listJobEvents(ctx, { limit: 10, tab: 'did_something' })
    expect(items.map(({ notes, facts, needsPerson }) => [notes, facts.days, needsPerson])).toEqual(
      Array.from({ length: 3 }, () => [['history'], days, false]),
    )
    const contactId = (await allJobs())[0]?.contact?.id ?? ''
    expect((await getContact(ctx, contactId)).customerSince).toBe(Date.parse('2025-03-01T12:00:00Z'))
  })

  it('of a customer without an address is for a person to look at', async () => {
    await start()
    await play(event('job.completed', 5, { customer: { name: 'G. Marsh' } }))
    const [one] = await events()
    expect([one?.tab, one?.contact?.name, one?.outcome]).toEqual(['needs_you', 'G. Marsh', 'applied'])
    await markEventDone(ctx, one?.id ?? '')
    expect(await summarizeJobEvents(ctx)).toMatchObject({ tabs: { needs_you: 0, did_something: 1 } })
  })

  it('is found by its customer, its title and its number', async () => {
    await start()
    await play(
      event('job.completed', 5, { customer: rosa, title: 'Drain cleaning' }),
      event('job.completed', 5, { job: '9', customer: { name: 'Leo Moreau' } }),
    )
    for (const q of ['rosa', 'drain', '4471', '0117']) {
      expect([q, (await listJobs(ctx, { limit: 10, q })).items.map(({ externalId }) => externalId)]).toEqual([
        q,
        ['4471'],
      ])
      expect([q, (await listJobEvents(ctx, { limit: 10, q })).items.map(({ job }) => job?.externalId)]).toEqual([
        q,
        ['4471'],
      ])
    }
    expect((await listJobEvents(ctx, { limit: 10, q: 'rosa', tab: 'refused' })).items).toEqual([])
  })
})

describe('a list of events', () => {
  it('is many events: 99 are applied, and the broken one is shown (C11)', async () => {
    await start()
    const items = Array.from({ length: 100 }, (_, at) =>
      at === 6
        ? 'broken'
        : event('job.completed', 5, { job: String(at + 1), customer: { id: at + 1, name: `Customer ${at}` } }),
    )
    await play(items)
    const all = await outcomes(ctx)
    const counts = Object.fromEntries(
      [...new Set(all)].map((one) => [one, all.filter((other) => other === one).length]),
    )
    expect(counts).toEqual({ 'applied job_completed': 99, 'rejected body_not_an_object': 1 })
    // The same list again.
    await play(items)
    expect((await allJobs()).length).toBe(99)
  })
})

describe('people', () => {
  it('with a made-up address are told apart by phone, and no mail goes there (C28)', async () => {
    await start()
    const person = (name: string, phone: string, email: string) => ({ name, phone, email })
    const named = [
      ['Anna Kowalski', '+14155550181'],
      ['Ben Ortiz', '+14155550182'],
      ['Carla Diaz', '+14155550183'],
    ] as const
    for (const [at, [name, phone]] of named.entries())
      await play(event('job.completed', 5, { job: `a${at}`, customer: person(name, phone, 'noemail@noemail.com') }))
    const made = await allJobs()
    expect(new Set(made.map(({ contact }) => contact?.id)).size).toBe(3)
    expect((await events()).map(({ notes }) => notes)).toEqual([
      ['email_made_up'],
      ['email_made_up'],
      ['email_made_up'],
    ])
    for (const { contact } of made)
      expect((await addressesOf(ctx, contact?.id ?? '')).map(({ kind }) => kind)).toEqual(['phone'])
  })

  it('who share an address under a third name are no longer found by it', async () => {
    await start()
    for (const [at, name] of ['Anna Kowalski', 'Ben Ortiz', 'Carla Diaz'].entries())
      await play(event('job.completed', 5, { job: `b${at}`, customer: { name, email: 'office@shared.co' } }))
    expect((await events()).map(({ notes }) => notes).reverse()).toEqual([[], [], ['email_made_up']])
    expect((await allJobs()).map(({ contact }) => contact?.name).reverse()).toEqual([
      'Anna Kowalski',
      'Anna Kowalski',
      'Carla Diaz',
    ])
  })

  it('are known by their id in the other system, also after their address changed', async () => {
    await start()
    await play(
      { type: 'contact.upserted', data: { customer: rosa } },
      event('job.completed', 5, { customer: { id: 'c1', name: 'Rosa Medina-Lopez', email: 'new@mail.example' } }),
      event('job.completed', 5, { job: '2', customer: { id: 0, name: 'Omar Haddad' } }),
      event('job.completed', 5, { job: '3', customer: { id: 0, name: 'Irene Cho' } }),
    )
    expect(new Set((await allJobs()).map(({ contact }) => contact?.id)).size).toBe(3)
    const [first] = (await listJobs(ctx, { limit: 10, q: 'new@mail.example' })).items
    expect((await addressesOf(ctx, first?.contact?.id ?? '')).map(({ value }) => value)).toContain('rosa@mail.example')
  })
})

it('the scores of the last 90 days are counted, the latest of each job, and no others', async () => {
  await start()
  expect(await countScores(ctx)).toEqual({ counts: [0, 0, 0, 0, 0], isNewestOnly: false })
  const day = 24 * 60
  const scored = (job: string, minutes: number, score: number) => [
    event('job.completed', minutes, { job, customer: rosa }),
    event('review.received', minutes - 10, { job, score }),
  ]
  await play(...scored('1', 89 * day, 4), ...scored('2', 60, 2), event('review.received', 20, { job: '2', score: 5 }))
  await play(...scored('3', 91 * day, 1), event('job.completed', 30, { job: '4', customer: rosa }))
  expect((await countScores(ctx)).counts).toEqual([0, 0, 0, 1, 1])
  const other = await anotherWorld(test.services)
  expect((await countScores(other.ctx)).counts).toEqual([0, 0, 0, 0, 0])
})
