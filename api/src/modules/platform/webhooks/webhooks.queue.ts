import { sign } from '@goodword/webhooks'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Claimed, Ended, Outcome } from '../../../queue/kind.ts'
import { withdraw } from '../../../queue/queue.ts'
import { defineQueue, type Queue } from '../../../queue/worker.ts'
import { type Ctx, contextFor, type Services } from '../../../shared/context.ts'
import { reachOf } from './addresses.ts'
import { disableWithin, type EndpointRow } from './endpoints.ts'
import { notifyAdmins } from './notices.ts'
import { createPost, type Post, type Reply } from './post.ts'
import { disabledAfterMs, isDelivered, isGone, jitter, maxRetryAfterMs, waitsMs } from './retries.ts'
import { previousSecretOf, secretOf } from './secrets.ts'
import { writeAudit } from './webhooks.audit.ts'
import { deliveryKind, webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

type Sending = { endpoint: EndpointRow; eventId: string; payload: string }
type Sent = { headers: Record<string, string>; reply: Reply }

/** Deliveries on their way to endpoints. Each URL has its own lane. `post` sends one request. */
export const webhookQueue = (post?: Post): Queue =>
  defineQueue<Sending, Sent>({
    name: deliveryKind,
    leaseMs: 60_000,
    waitsMs,
    jitter,
    open(services) {
      const send = post ?? createPost({ reach: reachOf(services.config) })
      return {
        // A URL that doesn't respond leaves room for the others.
        limits: { batch: 24, perLane: 6, strict: true },
        prepare: loadSendings,
        attempt: (sending) => attempt(services, send, sending),
        settle: (tx, ended) => settle(services, tx, ended),
      }
    },
  })

const sendings = prepared((db) =>
  db
    .select({
      id: webhookDeliveries.id,
      endpoint: webhookEndpoints,
      eventId: webhookEvents.id,
      payload: webhookEvents.payload,
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        sql`${webhookDeliveries.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        isNull(webhookEndpoints.disabledAt),
      ),
    )
    .prepare(),
)

async function loadSendings(tx: Queries, rows: Claimed[]): Promise<Map<Claimed, Sending>> {
  const found = await sendings(tx).all({ ids: JSON.stringify(rows.map(({ subjectId }) => subjectId)) })
  const byId = new Map(found.map((one) => [one.id, one]))
  const works = new Map<Claimed, Sending>()
  for (const row of rows) {
    const sending = byId.get(row.subjectId)
    if (sending) works.set(row, sending)
    else await standsAsFailed(tx, row)
  }
  return works
}

const unsigned: Reply = {
  status: null,
  answer: null,
  error: 'Not sent: its secret can’t be read since the installation got another one. Create a new secret here.',
  tookMs: 0,
  retryAfterMs: null,
}

async function attempt(services: Services, post: Post, sending: Sending): Promise<Outcome<Sent>> {
  const headers = await headersOf(services, sending)
  if (!headers) return { went: 'again', result: { headers: {}, reply: unsigned }, error: unsigned.error ?? undefined }
  const reply = await post(sending.endpoint.url, headers, sending.payload)
  return {
    went: isDelivered(reply.status) ? 'done' : isGone(reply.status) ? 'failed' : 'again',
    result: { headers, reply },
    error: reply.error ?? undefined,
    atLeastMs: Math.min(reply.retryAfterMs ?? 0, maxRetryAfterMs),
  }
}

/** During a rotation there is one signature for each secret. Null where no secret can be read. */
async function headersOf(services: Services, { endpoint, eventId, payload }: Sending) {
  const now = services.clock()
  const secret = secretOf(services, endpoint)
  if (secret === null) return null
  const signed = await sign({
    id: eventId,
    timestamp: Math.floor(now / 1_000),
    body: payload,
    secrets: [secret, ...[previousSecretOf(services, endpoint, now) ?? []].flat()],
  })
  return { 'content-type': 'application/json', 'user-agent': 'Goodword-Webhooks/1', ...signed }
}

async function settle(services: Services, db: Queries, ended: Ended<Sending, Sent>[]): Promise<void> {
  for (const one of ended) {
    const { organizationId } = one.work.endpoint
    const ctx = contextFor(services, organizationId, { type: 'system' })
    await settleOne({ ...ctx, db, inTransaction: true }, one)
  }
}

async function settleOne(tx: Ctx, { row, work, became, result }: Ended<Sending, Sent>): Promise<void> {
  const now = tx.clock()
  const state = became === 'done' ? 'delivered' : became === 'parked' ? 'failed' : 'queued'
  const lastStatus = result ? { lastStatus: result.reply.status } : {}
  await tx.db
    .update(webhookDeliveries)
    .set({ state, attempts: row.attempts, ...lastStatus })
    .where(eq(webhookDeliveries.id, row.subjectId))
  if (result) await writeAttempt(tx, row.subjectId, result)
  if (became === 'done') return endpointAnswers(tx, work.endpoint.id)
  const [endpoint] = await tx.db
    .update(webhookEndpoints)
    .set({ failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${now})` })
    .where(and(eq(webhookEndpoints.id, work.endpoint.id), isNull(webhookEndpoints.disabledAt)))
    .returning()
  if (!endpoint) {
    await withdraw(tx, deliveryKind, [row.subjectId])
    return standsAsFailed(tx.db, row)
  }
  if (became !== 'parked') return
  const gone = result !== null && isGone(result.reply.status)
  const forLong = now - (endpoint.failingSince ?? now) >= disabledAfterMs
  if (gone || forLong) await giveUp(tx, endpoint, gone ? 'gone' : 'failing')
}

const writeAttempt = (tx: Ctx, deliveryId: string, { headers, reply }: Sent) =>
  tx.db.insert(webhookAttempts).values({
    id: tx.newId('webhookAttempt'),
    organizationId: tx.organizationId,
    deliveryId,
    at: tx.clock(),
    requestHeaders: headers,
    status: reply.status,
    answer: reply.answer,
    error: reply.error,
    tookMs: reply.tookMs,
  })

/** Disabled during the attempt: it isn't sent again on its own. */
async function standsAsFailed(db: Queries, { subjectId, attempts }: Claimed): Promise<void> {
  await db.update(webhookDeliveries).set({ state: 'failed', attempts }).where(eq(webhookDeliveries.id, subjectId))
}

async function endpointAnswers(tx: Ctx, id: string): Promise<void> {
  await tx.db.update(webhookEndpoints).set({ failingSince: null }).where(eq(webhookEndpoints.id, id))
}

async function giveUp(tx: Ctx, endpoint: EndpointRow, because: 'gone' | 'failing'): Promise<void> {
  await disableWithin(tx, endpoint.id, because)
  await writeAudit(tx, { action: 'webhook.disabled', subjectId: endpoint.id, data: { because } })
  await notifyAdmins(tx, endpoint, because)
}
