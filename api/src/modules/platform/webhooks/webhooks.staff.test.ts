import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../../../test/harness.ts'
import { createListeningWorld, day, hour, type ListeningWorld, referralCalled } from '../../../../test/webhooks.ts'
import { replayDelivery, replayFailed, sendTestEvent } from './deliveries.ts'
import {
  addEndpoint,
  disableEndpoint,
  enableEndpoint,
  getEndpoint,
  removeEndpoint,
  rotateSecret,
  showSecret,
  updateEndpoint,
} from './endpoints.ts'
import { pruneWebhooks } from './webhooks.jobs.ts'
import { webhookDeliveries, webhookEvents } from './webhooks.table.ts'

let test: TestServices
let world: ListeningWorld['world']
let receiver: ListeningWorld['receiver']
let endpoint: ListeningWorld['endpoint']
let happens: ListeningWorld['happens']
let deliver: ListeningWorld['deliver']
let newest: ListeningWorld['newest']
let verified: ListeningWorld['verified']

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  ;({ world, receiver, endpoint, happens, deliver, newest, verified } = await createListeningWorld(test))
})
afterEach(() => receiver.stop())
afterAll(() => test.close())

describe('staff', () => {
  it('resend one delivery, or everything that failed since a date, with the same ids', async () => {
    await happens({ referralId: referralCalled('old') })
    await deliver()
    await replayDelivery(world.ctx, (await newest()).id)
    await deliver()
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(receiver.received.length).toBe(2)

    receiver.respondStatus(410)
    await happens({ referralId: referralCalled('a') })
    await deliver()
    await enableEndpoint(world.ctx, endpoint.id)
    test.clock.advance(hour)
    const since = new Date(test.clock.now()).toISOString()
    await happens({ referralId: referralCalled('b') })
    await deliver()
    await expect(replayFailed(world.ctx, endpoint.id, {})).rejects.toMatchObject({ code: 'webhook_disabled' })
    await enableEndpoint(world.ctx, endpoint.id)
    receiver.respondStatus(204)
    expect(await replayFailed(world.ctx, endpoint.id, { since })).toEqual({ replayed: 1 })
    await deliver()
    expect(await verified()).toMatchObject({ data: { referralId: referralCalled('b') } })
    expect(await replayFailed(world.ctx, endpoint.id, {})).toEqual({ replayed: 1 })
    await deliver()
    expect(await verified()).toMatchObject({ data: { referralId: referralCalled('a') } })
    expect((await getEndpoint(world.ctx, endpoint.id)).failed).toBe(0)
  })

  it('rotate the secret, and both secrets sign for a day', async () => {
    const { secret } = await rotateSecret(world.ctx, endpoint.id)
    expect(secret).not.toBe(endpoint.secret)
    await happens()
    await deliver()
    expect((await verified(-1, endpoint.secret)).id).toBe((await verified(-1, secret)).id)
    expect((await showSecret(world.ctx, endpoint.id)).previousSecretUntil).not.toBeNull()
    test.clock.advance(day)
    await happens()
    await deliver()
    await expect(verified(-1, endpoint.secret)).rejects.toMatchObject({ code: 'signature_wrong' })
    expect((await verified(-1, secret)).type).toBe('referral.converted')
  })

  it('disable an endpoint during an attempt, and nothing more is sent there on its own', async () => {
    receiver.respondWith((_, response) => {
      void disableEndpoint(world.ctx, endpoint.id).then(() => response.writeHead(500).end())
    })
    await happens()
    await deliver()
    test.clock.advance(day)
    await deliver()
    expect(receiver.received.length).toBe(1)
    expect(await newest()).toMatchObject({ state: 'failed', nextAttemptAt: null })
  })

  it('delete an endpoint with its log, even during an attempt', async () => {
    let arrived: (() => void) | undefined
    const arriving = new Promise<void>((resolve) => {
      arrived = resolve
    })
    receiver.respondWith((_, response) => {
      arrived?.()
      setTimeout(() => response.writeHead(204).end(), 100)
    })
    await happens()
    const delivering = deliver()
    await arriving
    await removeEndpoint(world.ctx, endpoint.id)
    await delivering
    await expect(getEndpoint(world.ctx, endpoint.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('without admin rights neither see the secret nor change anything', async () => {
    const ctx = await world.as('staff')
    expect((await getEndpoint(ctx, endpoint.id)).id).toBe(endpoint.id)
    const refused = { code: 'forbidden' }
    const input = { url: receiver.url, description: '', events: [] }
    for (const work of [
      async () => addEndpoint(ctx, input),
      async () => updateEndpoint(ctx, endpoint.id, {}),
      async () => showSecret(ctx, endpoint.id),
      async () => rotateSecret(ctx, endpoint.id),
      async () => removeEndpoint(ctx, endpoint.id),
      async () => disableEndpoint(ctx, endpoint.id),
      async () => enableEndpoint(ctx, endpoint.id),
      async () => sendTestEvent(ctx, endpoint.id),
      async () => replayFailed(ctx, endpoint.id, {}),
    ]) {
      await expect(work()).rejects.toMatchObject(refused)
    }
  })

  it("can't add a URL in a private network, or more than twenty endpoints", async () => {
    const input = { url: 'https://10.0.0.8/hooks', description: '', events: [] }
    expect(() => addEndpoint(world.ctx, input)).toThrow(/private network/)
    for (let n = 1; n < 20; n += 1) await addEndpoint(world.ctx, { ...input, url: `https://h${n}.example/` })
    await expect(addEndpoint(world.ctx, { ...input, url: 'https://h20.example/' })).rejects.toMatchObject({
      code: 'webhook_limit_reached',
    })
  })
})

it('deliveries older than 30 days are deleted with their events', async () => {
  await happens()
  await deliver()
  test.clock.advance(31 * day)
  await happens()
  await deliver()
  while ((await pruneWebhooks(test.services)) > 0);
  const { read } = test.services.database
  expect((await read.select().from(webhookDeliveries)).length).toBe(1)
  expect((await read.select().from(webhookEvents)).length).toBe(1)
})
