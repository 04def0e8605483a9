import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connect, outcomes, processEvents, sendEvent } from '../../../../test/inbound.ts'
import { ago, allJobs, event, events, rosa } from '../../../../test/jobEvents.ts'
import { ctx, mine, play, send, start, test, useJobs } from '../../../../test/jobWorld.ts'
import { setMapping } from '../../platform/connections/connections.ts'
import { listJobEvents, summarizeJobEvents } from './jobEvents.queries.ts'
import { pruneEvents } from './jobs.jobs.ts'
import { retryEvent } from './retrying.ts'

useJobs()

describe('a shop', () => {
  const order = (more: object = {}) => ({
    id: 501,
    status: 'completed',
    currency: 'USD',
    total: '300.00',
    customer_id: 0,
    date_modified_gmt: ago(5).slice(0, 19),
    billing: { first_name: 'Irene', last_name: 'Cho', email: 'irene@mail.example', phone: '' },
    refunds: [],
    ...more,
  })
  const updated = { topic: 'order.updated', id: 'one delivery id' }

  it('that gives two orders one delivery id has two jobs, and guests are two contacts (C8, C26)', async () => {
    await start('woocommerce')
    await send(order(), updated)
    await send(
      order({ id: 502, billing: { first_name: 'Omar', last_name: 'Haddad', email: 'omar@mail.example' } }),
      updated,
    )
    await processEvents(test.services)
    expect((await allJobs()).map(({ externalId, contact }) => [externalId, contact?.name])).toEqual([
      ['502', 'Omar Haddad'],
      ['501', 'Irene Cho'],
    ])
  })

  it('tells refunds as a list, of which each counts once (C20)', async () => {
    await start('woocommerce')
    const state = (minutes: number, refunds: object[]) =>
      order({ date_modified_gmt: ago(minutes).slice(0, 19), refunds })
    const first = state(4, [{ id: 726, total: '-50.00' }])
    const both = state(3, [
      { id: 726, total: '-50.00' },
      { id: 731, total: '-250.00' },
    ])
    for (const body of [state(5, []), first, first, both, state(2, [{ id: 726, total: '-50.00' }])])
      await send(body, updated)
    await processEvents(test.services)
    expect((await events()).map(({ outcome, facts }) => [outcome, facts.change ?? null]).reverse()).toEqual([
      ['applied', 0],
      ['applied', 5_000],
      ['duplicate', null],
      ['applied', 25_000],
      ['applied', -25_000],
    ])
    expect((await allJobs())[0]).toMatchObject({ state: 'invoiced', refundedAmount: 5_000 })
  })

  it('that sends several topics for one action is understood by each (C10)', async () => {
    await start('shopify')
    const body = {
      id: 1,
      currency: 'USD',
      total_price: '20.00',
      updated_at: ago(3),
      email: 'bob@mail.example',
      customer: null,
    }
    const of = (topic: string, id: string) => ({ topic, id, headers: { 'x-shopify-event-id': 'the same' } })
    await send(body, of('orders/updated', 'a'))
    await send(body, of('orders/paid', 'b'))
    await send(body, of('orders/paid', 'b'))
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['applied job_opened', 'applied job_invoiced', 'duplicate sent_again'])
  })
})

describe('Stripe', () => {
  const stripe = (id: string, type: string, object: object, livemode = true) => ({
    id,
    object: 'event',
    type,
    livemode,
    created: Math.floor(test.clock.now() / 1_000) - 60,
    data: { object },
  })
  const invoice = (id: string) =>
    stripe('e1', 'invoice.paid', {
      id,
      amount_paid: 80_000,
      currency: 'usd',
      customer: 'cus_1',
      customer_name: 'Leo Moreau',
      customer_email: 'leo@mail.example',
    })
  const pair = stripe.bind(null, 'e2', 'invoice_payment.paid', { invoice: 'in_9', payment: { payment_intent: 'pi_1' } })
  const refund = stripe.bind(null, 'e3', 'refund.created', {
    id: 're_1',
    amount: 20_000,
    currency: 'usd',
    status: 'succeeded',
    payment_intent: 'pi_1',
  })

  it('refunds a payment whose invoice is named elsewhere, in any order (C16)', async () => {
    await start('stripe')
    await play(refund())
    expect(await outcomes(ctx)).toEqual(['waiting waits_for_job'])
    await play(pair())
    expect(await outcomes(ctx)).toEqual(['waiting waits_for_job', 'applied ids_linked'])
    await play(invoice('in_9'))
    expect(await outcomes(ctx)).toEqual(['applied job_refunded', 'applied ids_linked', 'applied job_invoiced'])
    expect((await allJobs()).map(({ externalId, refundedAmount }) => [externalId, refundedAmount])).toEqual([
      ['in_9', 20_000],
    ])
  })

  it('that knows a payment by its checkout first has one job for both', async () => {
    await start('stripe')
    const session = {
      id: 'cs_1',
      payment_intent: 'pi_1',
      payment_status: 'paid',
      amount_total: 80_000,
      currency: 'usd',
    }
    await play(stripe('e0', 'checkout.session.completed', session), pair(), invoice('in_9'), refund())
    expect((await allJobs()).map(({ externalId, refundedAmount }) => [externalId, refundedAmount])).toEqual([
      ['pi_1', 20_000],
    ])
  })

  it('in test mode does nothing, and is shown as a test', async () => {
    await start('stripe')
    await play({ ...invoice('in_9'), livemode: false })
    expect((await events()).map(({ reason, isTest, tab }) => [reason, isTest, tab])).toEqual([
      ['test_event', true, 'did_nothing'],
    ])
    expect(await allJobs()).toEqual([])
  })
})

describe('an event', () => {
  it('that a mapping did not fit is tried again by the next one', async () => {
    await start('token')
    const fields = { jobId: 'no', name: 'who', value: 'sum' }
    const body = { no: 12, who: 'Rosa Medina', sum: '1,200.50', phone: '+16285550117', status: 'won' }
    await setMapping(ctx, mine.connection.id, {
      type: { is: 'always', type: 'job.invoiced' },
      conditions: [],
      amountUnit: 'major',
      fields,
    })
    await play(body)
    expect(await outcomes(ctx)).toEqual(['rejected amount_unreadable'])
    const { value: _, ...others } = fields
    const connection = await setMapping(ctx, mine.connection.id, {
      type: { is: 'always', type: 'job.invoiced' },
      conditions: [],
      amountUnit: 'major',
      fields: { ...others },
    })
    expect(connection.mappingVersion).toBe(2)
    await retryEvent(ctx, (await events())[0]?.id ?? '')
    await processEvents(test.services)
    expect((await events()).map(({ outcome, notes }) => [outcome, notes])).toEqual([['applied', ['no_amount']]])
  })

  it('that fails on our side is tried again, and shown if it always fails', async () => {
    await start()
    await send(event('job.completed', 5, { customer: rosa }))
    await test.services.database.write((tx) =>
      tx.run(sql`CREATE TRIGGER broken BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'broken'); END`),
    )
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['received'])
    for (let tries = 0; tries < 6; tries += 1) {
      test.clock.advance(2 * 3_600_000)
      await processEvents(test.services)
    }
    expect(await outcomes(ctx)).toEqual(['rejected broke_on_our_side'])
    await test.services.database.write((tx) => tx.run(sql`DROP TRIGGER broken`))
    await retryEvent(ctx, (await events())[0]?.id ?? '')
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['applied job_completed'])
  })

  it('delivered fifty times at once is applied once', async () => {
    await start()
    const body = event('job.completed', 5, { customer: rosa })
    await Promise.all(Array.from({ length: 50 }, () => send(body, { id: 'msg_1' })))
    await Promise.all([processEvents(test.services), processEvents(test.services)])
    const all = await events()
    expect(all.filter(({ outcome }) => outcome === 'applied')).toHaveLength(1)
    expect(all.filter(({ reason }) => reason === 'sent_again')).toHaveLength(49)
    await send(body, { id: 'msg_1' })
    const [again] = await events()
    expect(again).toMatchObject({ reason: 'sent_again', type: 'job.completed', contact: { name: 'Rosa Medina' } })
    expect(again?.job?.externalId).toBe('4471')
    expect(await allJobs()).toHaveLength(1)
  })

  it('is deleted after 90 days, and its job stays', async () => {
    await start()
    await play(event('job.completed', 5, { customer: rosa }))
    test.clock.advance(90 * 86_400_000 + 1)
    while ((await pruneEvents(test.services)) > 0);
    expect(await events()).toEqual([])
    expect(await summarizeJobEvents(ctx)).toMatchObject({ total: 0, lastEventAt: null })
    expect(await allJobs()).toHaveLength(1)
  })

  it('is listed page by page, by tab, type, connection and time', async () => {
    await start()
    const other = await connect(ctx, 'hmac')
    await play(event('job.completed', 5, { customer: rosa }), 'nonsense')
    test.clock.advance(3_600_000)
    const since = new Date(test.clock.now()).toISOString()
    await sendEvent(test, other, event('job.invoiced', 5, { job: 'x', amount: 5, customer: rosa }))
    await processEvents(test.services)
    const types = async (query: object) =>
      (await listJobEvents(ctx, { limit: 10, ...query })).items.map(({ type }) => type)
    expect(await types({})).toEqual(['job.invoiced', null, 'job.completed'])
    expect(await types({ tab: 'refused' })).toEqual([null])
    expect(await types({ type: 'job.completed' })).toEqual(['job.completed'])
    expect(await types({ connectionId: other.connection.id })).toEqual(['job.invoiced'])
    expect(await types({ since })).toEqual(['job.invoiced'])
    expect(await types({ since: new Date(test.clock.now() + 1_000).toISOString() })).toEqual([])
    const first = await listJobEvents(ctx, { limit: 2 })
    const second = await listJobEvents(ctx, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ type }) => type)).toEqual(['job.invoiced', null, 'job.completed'])
    expect(second.nextCursor).toBeNull()
  })
  it('is found by its tab, type and connection in each combination', async () => {
    await start()
    const other = await connect(ctx, 'hmac')
    await play(event('job.completed', 5, { customer: rosa }), event('job.completed', 5, { customer: rosa }), 'nonsense')
    await sendEvent(test, other, event('job.invoiced', 5, { job: 'x', amount: 5, customer: rosa }))
    await sendEvent(test, other, event('job.completed', 5, { job: 'x', customer: rosa }))
    await processEvents(test.services)
    const all = await events()
    const connectionIds = [mine.connection.id, other.connection.id, undefined]
    const types = ['job.completed', 'job.invoiced', undefined] as const
    const tabs = ['did_something', 'did_nothing', undefined] as const
    for (const connectionId of connectionIds)
      for (const type of types)
        for (const tab of tabs) {
          const expected = all.filter(
            (one) =>
              [one.connection?.id, undefined].includes(connectionId) &&
              [one.type, undefined].includes(type) &&
              [one.tab, undefined].includes(tab),
          )
          const found = await listJobEvents(ctx, { limit: 10, connectionId, type, tab })
          expect(found.items, JSON.stringify({ connectionId, type, tab })).toEqual(expected)
        }
  })
})
