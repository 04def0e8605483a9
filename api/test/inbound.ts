import { createHmac, randomUUID } from 'node:crypto'
import type { ConnectionKind, CreateConnection, CreatedConnection } from '@goodword/contracts'
import { sign } from '@goodword/webhooks'
import { createConnection } from '../src/modules/platform/connections/connections.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { listJobEvents } from '../src/modules/program/jobs/jobEvents.queries.ts'
import { jobEventQueue } from '../src/modules/program/jobs/jobs.queue.ts'
import type { Ctx, Services } from '../src/shared/context.ts'
import type { TestApp } from './app.ts'

/** A system of the business that is connected, and what it can send. */
export type Connected = { connection: CreatedConnection; secret: string }

/** Switches jobs on and connects a system. Stripe and Shopify get a secret of their own. */
export async function connect(
  ctx: Ctx,
  kind: ConnectionKind,
  more: Partial<CreateConnection> = {},
): Promise<Connected> {
  await updateOrganization(ctx, { features: ['jobs'] })
  const given = kind === 'stripe' || kind === 'shopify' ? { secret: `${kind}_secret_of_the_tests` } : {}
  const connection = await createConnection(ctx, { name: `Our ${kind}`, kind, ...given, ...more })
  return { connection, secret: connection.newSecret ?? more.secret ?? given.secret ?? '' }
}

type Sent = { topic?: string; id?: string; at?: number; secret?: string; headers?: Record<string, string> }

/** The headers a system would send with a body. */
export async function signedHeaders(
  kind: ConnectionKind,
  body: string | Uint8Array,
  { secret, now, topic = '', id = randomUUID() }: { secret: string; now: number; topic?: string; id?: string },
): Promise<Record<string, string>> {
  const seconds = Math.floor(now / 1_000)
  const hmac = (content: string | Uint8Array, encoding: 'hex' | 'base64', before = '') =>
    createHmac('sha256', secret).update(before).update(content).digest(encoding)
  switch (kind) {
    case 'standard_webhooks':
      return { ...(await sign({ id, timestamp: seconds, body, secrets: secret })) }
    case 'hmac':
      return { 'x-signature': `t=${seconds},v1=${hmac(body, 'hex', `${seconds}.`)}` }
    case 'stripe':
      return { 'stripe-signature': `t=${seconds},v1=${hmac(body, 'hex', `${seconds}.`)}` }
    case 'shopify':
      return { 'x-shopify-hmac-sha256': hmac(body, 'base64'), 'x-shopify-topic': topic, 'x-shopify-webhook-id': id }
    case 'woocommerce':
      return {
        'x-wc-webhook-signature': hmac(body, 'base64'),
        'x-wc-webhook-topic': topic,
        'x-wc-webhook-delivery-id': id,
      }
    case 'token':
      return { 'x-goodword-token': secret }
  }
}

/** Sends a body as a connected system does. A text is sent as it is. */
export async function sendEvent(
  { app, clock }: Pick<TestApp, 'app' | 'clock'>,
  { connection, secret }: Connected,
  body: unknown,
  given: Sent = {},
): Promise<Response> {
  const bytes = body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body)
  const { kind, url } = connection
  const signed = await signedHeaders(kind, bytes, {
    now: clock.now(),
    secret,
    ...given,
    ...(given.at ? { now: given.at } : {}),
  })
  return app.request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed, ...given.headers },
    body: bytes as BodyInit,
  })
}

/** Reads the events that wait, as the queue does. Returns how many. */
export async function processEvents(services: Services): Promise<number> {
  const worker = jobEventQueue.openWorker(services)
  let done = 0
  for (;;) {
    const count = await worker.run()
    done += count
    if (count === 0) break
  }
  worker.close()
  return done
}

/** What came of the events of an organization, oldest first. */
export async function outcomes(ctx: Ctx): Promise<string[]> {
  const { items } = await listJobEvents(ctx, { limit: 100 })
  return items.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim()).reverse()
}
