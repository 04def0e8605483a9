import type { EventData, WebhookEndpoint } from '@goodword/contracts'
import { verify, type WebhookEvent } from '@goodword/webhooks'
import { recordEvent } from '../src/modules/platform/events/events.ts'
import { listDeliveries } from '../src/modules/platform/webhooks/deliveries.queries.ts'
import { addEndpoint } from '../src/modules/platform/webhooks/endpoints.ts'
import { createPost } from '../src/modules/platform/webhooks/post.ts'
import { webhookQueue } from '../src/modules/platform/webhooks/webhooks.queue.ts'
import { transaction } from '../src/shared/context.ts'
import { createWorld, type TestServices, type World } from './harness.ts'
import { type Receiver, startReceiver } from './receiver.ts'

export const hour = 3_600_000
export const day = 24 * hour
/** Matches a generated id. */
export const referralCalled = (name: string) => `ref_${name.padEnd(26, '0')}`
export const someConversion: EventData<'referral.converted'> = {
  referralId: referralCalled('some'),
  conversionId: `cnv_${'0'.repeat(26)}`,
  jobValue: null,
  currency: 'USD',
  advocateAmount: 0,
  friendAmount: 0,
}
export const post = createPost({ reach: 'loopback' })

/** An organization with one webhook, to its own receiver. */
export async function createListeningWorld(test: Pick<TestServices, 'services' | 'clock'>) {
  const receiver: Receiver = await startReceiver()
  const world: World = await createWorld(test.services, `Harbor ${test.services.newId('event').slice(-8)}`)
  const endpoint: WebhookEndpoint & { secret: string } = await addEndpoint(world.ctx, {
    url: receiver.url,
    description: 'Job system',
    events: [],
  })
  const deliveries = async () => (await listDeliveries(world.ctx, endpoint.id, { limit: 100 })).items
  return {
    receiver,
    world,
    endpoint,
    deliveries,
    happens: (data: Partial<EventData<'referral.converted'>> = {}) =>
      transaction(world.ctx, (tx) => recordEvent(tx, 'referral.converted', { ...someConversion, ...data })),
    /** Sends everything that is due now. */
    async deliver(services = test.services) {
      const worker = webhookQueue(post).openWorker(services)
      while ((await worker.run()) > 0);
    },
    async newest() {
      const [first] = await deliveries()
      if (!first) throw new Error('Nothing was sent.')
      return first
    },
    /** Verifies and parses the last request, or the one at the index. */
    verified(index = -1, secrets: string | string[] = endpoint.secret): Promise<WebhookEvent> {
      const one = receiver.received.at(index)
      return verify({ body: one?.body ?? '', headers: one?.headers ?? {}, secrets, now: test.clock.now() })
    },
  }
}

export type ListeningWorld = Awaited<ReturnType<typeof createListeningWorld>>
