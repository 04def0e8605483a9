import { type ConnectionFailure, type ConnectionKind, id, visibleLine } from '@goodword/contracts'
import { bodyKey, splitBody } from '@goodword/domain'
import { Hono } from 'hono'
import { type Ctx, contextFor, type Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientAddress, clientNetwork } from '../../../shared/router.ts'
import { type Env, type Http, hasNoBody, requestHeader, send } from '../../../shared/send.ts'
import { inboundPath } from '../../platform/connections/connections.ts'
import { type Receiving, receivingOf } from '../../platform/connections/receiving.cache.ts'
import { worksAt } from '../../platform/connections/secrets.ts'
import { type Delivery, noteRefusal, receiveDelivery } from '../../program/jobs/receiving.ts'
import { type Verdict, verifyRequest } from './signatures.ts'

/** Orders with many lines are larger than what anybody else sends. */
export const eventMax = 1024 * 1024

/** Whoever sends it keeps it meanwhile, and staff can make a new secret. */
const retryAfterSeconds = 10 * 60

const ConnectionId = id('connection')

/**
 * Where connected systems send events. The signature is verified over the bytes as they came, whatever they are; what is
 * signed is saved and answered 200, whatever comes of it. Everything else is answered alike, and only our log says why.
 */
export function inboundPages(services: Services, limits: RateLimits): Hono<Env> {
  const app = new Hono<Env>()
  app.post(`${inboundPath}:id`, async (http) => {
    const connectionId = http.req.param('id')
    limits.takeNow('inbound', `${connectionId.slice(0, 40)} ${clientNetwork(http, services)}`)
    const found = ConnectionId.safeParse(connectionId).success ? await receivingOf(services, connectionId) : undefined
    const bytes = await readBytes(http)
    if (!found || !accepts(found)) return refuse(services, connectionId.slice(0, 40), 'connection_unknown')
    const { connection } = found
    const ctx = contextFor(services, connection.organizationId, { type: 'system' })
    const from = clientAddress(http, services)
    if (bytes === null) {
      await noteRefusal(ctx, connection, { reason: 'body_too_large', from })
      services.log.warn({ connectionId, reason: 'body_too_large' }, 'an event was refused')
      throw new AppError('body_too_large', { detail: `Send ${eventMax / 1024} KB or less.` })
    }
    if (isPing(connection.kind, http, bytes)) return send(http, 200, '')
    const now = services.clock()
    const working = found.secrets.filter(worksAt(now))
    const secrets = working.flatMap(({ secret }) => secret ?? [])
    if (working.length > secrets.length && secrets.length === 0) {
      await noteRefusal(ctx, connection, { reason: 'secret_unreadable', from })
      services.log.warn({ connectionId, reason: 'secret_unreadable' }, 'an event could not be verified')
      throw new AppError('event_not_verified', { headers: { 'retry-after': String(retryAfterSeconds) } })
    }
    const header = (name: Lowercase<string>) => requestHeader(http, name)
    const verdict = await verifyRequest({ kind: connection.kind, bytes, header, secrets, now })
    if (!verdict.ok) {
      await noteRefusal(ctx, connection, { reason: verdict.reason, from })
      return refuse(services, connectionId, verdict.reason)
    }
    await receiveDelivery(ctx, connection, deliveryOf(ctx, found, bytes, verdict))
    return send(http, 200, '')
  })
  return app
}

/** Nothing may be sent to a deleted connection, or while jobs are switched off. */
const accepts = ({ connection, organization }: Receiving): boolean =>
  connection.deletedAt === null && organization.features.includes('jobs')

/** One and the same answer, so that nobody learns which connections there are. */
function refuse(services: Services, connectionId: string, reason: ConnectionFailure | 'connection_unknown'): never {
  services.log.warn({ connectionId, reason }, 'an event was refused')
  throw new AppError('event_refused')
}

/** The body as it came; null if it is too large. One whose length isn't known is read no further than that. */
async function readBytes(http: Http): Promise<Uint8Array | null> {
  if (hasNoBody(http)) return new Uint8Array()
  const declared = requestHeader(http, 'content-length')
  if (Number(declared ?? 0) > eventMax) return null
  if (declared !== undefined && /^\d+$/.test(declared)) return new Uint8Array(await http.req.raw.arrayBuffer())
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of http.req.raw.body ?? []) {
    length += chunk.length
    if (length > eventMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** WooCommerce tries an address by an unsigned form, and switches the webhook off if it isn't answered 200. */
const isPing = (kind: ConnectionKind, http: Http, bytes: Uint8Array): boolean =>
  kind === 'woocommerce' &&
  requestHeader(http, 'x-wc-webhook-signature') === undefined &&
  bytes.length < 100 &&
  /^webhook_id=\d+$/.test(Buffer.from(bytes).toString('latin1'))

function deliveryOf(
  ctx: Ctx,
  receiving: Receiving,
  bytes: Uint8Array,
  { id: sentId, signedAt, topic }: Extract<Verdict, { ok: true }>,
): Delivery {
  const deliveryId = sentId === null ? null : visibleLine(sentId).slice(0, 200) || null
  return {
    bytes,
    key: keyOf(receiving, bytes, { deliveryId, topic }),
    deliveryId,
    topic,
    clockDifferenceMs: signedAt === null ? null : Math.round(signedAt - ctx.clock()),
  }
}

/** By which repetitions of a delivery are known. Null: equal bytes are the same. */
function keyOf(
  { connection, mapping }: Receiving,
  bytes: Uint8Array,
  { deliveryId, topic }: { deliveryId: string | null; topic: string },
): string | null {
  const { kind } = connection
  if (kind === 'standard_webhooks') return `delivery:${deliveryId}`
  // One action of a shop sends several topics.
  if (kind === 'shopify') return deliveryId === null ? null : `delivery:${topic} ${deliveryId}`
  const by = { kind, mapping }
  const [part, another] = splitBody(bytes, by)
  const key = part?.json && !another ? bodyKey(part.json, by) : null
  return key === null ? null : `body:${topic} ${key}`
}
