import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices } from '../../../../test/harness.ts'
import { startReceiver } from '../../../../test/receiver.ts'
import {
  createListeningWorld,
  hour,
  type ListeningWorld,
  referralCalled,
  someConversion,
} from '../../../../test/webhooks.ts'
import { transaction } from '../../../shared/context.ts'
import { recordEvent } from '../events/events.ts'
import { messages } from '../messages/messages.table.ts'
import { getDelivery, listDeliveries } from './deliveries.queries.ts'
import { sendTestEvent } from './deliveries.ts'
import { addEndpoint, disableEndpoint, getEndpoint, updateEndpoint } from './endpoints.ts'
import { createPost } from './post.ts'
import { webhookQueue } from './webhooks.queue.ts'

let test: TestServices
let world: ListeningWorld['world']
let receiver: ListeningWorld['receiver']
let endpoint: ListeningWorld['endpoint']
let happens: ListeningWorld['happens']
let deliver: ListeningWorld['deliver']
let deliveries: ListeningWorld['deliveries']
let newest: ListeningWorld['newest']
let verified: ListeningWorld['verified']

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  ;({ world, receiver, endpoint, happens, deliver, deliveries, newest, verified } = await createListeningWorld(test))
})
afterEach(() => receiver.stop())
afterAll(() => test.close())

it('within one transaction, an endpoint receives events from when it is created until it is disabled', async () => {
  const other = await createWorld(test.services, 'All at once')
  const queued = await transaction(other.ctx, async (tx) => {
    const accepted = () => recordEvent(tx, 'referral.converted', someConversion)
    await accepted()
    const { id } = await addEndpoint(tx, { url: 'http://127.0.0.1:9/hooks', description: '', events: [] })
    await accepted()
    await disableEndpoint(tx, id)
    await accepted()
    return (await listDeliveries(tx, id, { limit: 10 })).items.length
  })
  expect(queued).toBe(1)
})

describe('an event', () => {
  it('is sent signed, after the commit, with what happened and who did it', async () => {
    await happens({ advocateAmount: 6_250 })
    expect(receiver.received).toEqual([])
    await deliver()
    expect(receiver.received[0]).toMatchObject({
      path: '/hooks',
      headers: { 'content-type': 'application/json', 'user-agent': 'Goodword-Webhooks/1' },
    })
    expect(await verified()).toEqual({
      id: (await newest()).eventId,
      type: 'referral.converted',
      timestamp: new Date(test.clock.now()).toISOString(),
      data: { ...someConversion, advocateAmount: 6_250, actor: `member:${world.owner.id}` },
    })
    expect(await newest()).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204, nextAttemptAt: null })
  })

  it('is not sent if the transaction was rolled back', async () => {
    const work = transaction(world.ctx, async (tx) => {
      await recordEvent(tx, 'referral.converted', someConversion)
      throw new Error('No.')
    })
    await expect(work).rejects.toThrow('No.')
    await deliver()
    expect(receiver.received).toEqual([])
  })

  it('is sent only to endpoints that subscribe to it, and test events to any endpoint', async () => {
    await updateEndpoint(world.ctx, endpoint.id, { events: ['referral.declined'] })
    await happens()
    await deliver()
    expect(receiver.received).toEqual([])
    const sent = await sendTestEvent(world.ctx, endpoint.id)
    await deliver()
    expect(await verified()).toMatchObject({ type: 'endpoint.test', data: { endpointId: endpoint.id } })
    expect((await getDelivery(world.ctx, sent.id)).state).toBe('delivered')
  })

  it("of another organization goes to that organization's endpoints", async () => {
    const other = await createWorld(test.services, `Other ${test.services.newId('event').slice(-8)}`)
    await transaction(other.ctx, (tx) => recordEvent(tx, 'referral.converted', someConversion))
    await deliver()
    expect(receiver.received).toEqual([])
    await expect(getEndpoint(other.ctx, endpoint.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is sent outside transactions: one hanging URL leaves the others their turn', async () => {
    const slow = await startReceiver()
    slow.respondWith(() => undefined)
    const hanging = await addEndpoint(world.ctx, { url: slow.url, description: '', events: [] })
    for (let n = 0; n < 30; n += 1) await happens({ jobValue: n })
    const impatient = createPost({ reach: 'loopback', timeoutMs: 1_000 })
    expect(await webhookQueue(impatient).openWorker(test.services).run()).toBe(12)
    await disableEndpoint(world.ctx, hanging.id)
    await deliver()
    expect(receiver.received.length).toBe(30)
    await slow.stop()
  })
})

describe('an endpoint that fails', () => {
  it('is retried later under the same id, each attempt with its response in the log', async () => {
    receiver.respondStatus(500, {}, '<h1>Oops</h1>')
    await happens()
    await deliver()
    expect(await newest()).toMatchObject({ state: 'queued', attempts: 1, lastStatus: 500 })
    expect(await getEndpoint(world.ctx, endpoint.id)).toMatchObject({ state: 'failing' })
    test.clock.advance(4_000)
    await deliver()
    expect(receiver.received.length).toBe(1)
    receiver.respondStatus(204)
    test.clock.advance(2_000)
    await deliver()
    expect(receiver.received.length).toBe(2)
    expect(await verified(1)).toMatchObject({ id: receiver.received[0]?.headers['webhook-id'] })
    const { tries, payload } = await getDelivery(world.ctx, (await newest()).id)
    expect(tries.map(({ status, answer }) => [status, answer])).toEqual([
      [204, ''],
      [500, '<h1>Oops</h1>'],
    ])
    expect(payload).toBe(receiver.received[0]?.body)
    expect(tries[0]?.requestHeaders['webhook-signature']).toBe(receiver.received[1]?.headers['webhook-signature'])
    expect(await getEndpoint(world.ctx, endpoint.id)).toMatchObject({ state: 'active', failingSince: null })
  })

  it('is not retried before its Retry-After', async () => {
    receiver.respondStatus(429, { 'retry-after': '120' })
    await happens()
    await deliver()
    const due = Date.parse((await newest()).nextAttemptAt ?? '') - test.clock.now()
    expect(due).toBe(120_000)
  })

  it('is disabled when it responds that it is gone; waiting deliveries fail, and admins get an email', async () => {
    receiver.respondStatus(410)
    await happens()
    await deliver()
    expect(await newest()).toMatchObject({ state: 'failed', attempts: 1, lastStatus: 410 })
    expect(await getEndpoint(world.ctx, endpoint.id)).toMatchObject({ state: 'disabled', disabledBecause: 'gone' })
    await happens()
    expect((await deliveries()).length).toBe(1)
    expect(await mails()).toEqual([[world.owner.email, `Events no longer go to 127.0.0.1:${receiver.port}`]])
  })

  it('is disabled after three days without one success, once, with an email', async () => {
    await receiver.stop()
    await happens()
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await deliver()
      expect(await newest()).toMatchObject({ attempts: attempt, state: attempt === 10 ? 'failed' : 'queued' })
      test.clock.advance(27 * hour)
    }
    expect(await getEndpoint(world.ctx, endpoint.id)).toMatchObject({ state: 'disabled', disabledBecause: 'failing' })
    expect((await mails()).length).toBe(1)
  })

  it('stays enabled while other deliveries succeed', async () => {
    receiver.respondWith((one, response) => {
      response.writeHead(one.body.includes('ref_bad') ? 500 : 204).end()
    })
    await happens({ referralId: referralCalled('bad') })
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await happens({ referralId: referralCalled('good') })
      await deliver()
      test.clock.advance(27 * hour)
    }
    expect((await deliveries()).filter(({ state }) => state === 'failed').length).toBe(1)
    expect(await getEndpoint(world.ctx, endpoint.id)).toMatchObject({ disabledAt: null, failed: 1 })
    expect(await mails()).toEqual([])
  })

  const mails = async () =>
    (
      await test.services.database.read
        .select()
        .from(messages)
        .where(eq(messages.organizationId, world.organization.id))
    )
      .filter(({ template }) => template === 'webhook_disabled_staff')
      .map(({ to, subject }) => [to, subject])
})
