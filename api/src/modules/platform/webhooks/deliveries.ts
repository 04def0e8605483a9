import type {
  Page,
  ReplayFailed,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookDeliveryQuery,
} from '@goodword/contracts'
import { and, desc, eq, gte, inArray, lt, or } from 'drizzle-orm'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { cutPage, decodeCursor, iso, isoOrNull } from '../../../shared/pages.ts'
import { writeAudit } from '../audit/audit.ts'
import { endpointRow } from './endpoints.ts'
import { recordEventFor } from './events.ts'
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

const triesShown = 50

/** What was sent to an endpoint, newest first. Throws not_found. */
export async function listDeliveries(
  ctx: Ctx,
  endpointId: string,
  query: WebhookDeliveryQuery,
): Promise<Page<WebhookDelivery>> {
  await endpointRow(ctx, endpointId)
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : []
  const before =
    typeof at === 'number' && typeof id === 'string'
      ? or(lt(webhookDeliveries.createdAt, at), and(eq(webhookDeliveries.createdAt, at), lt(webhookDeliveries.id, id)))
      : undefined
  const rows = await ctx.db
    .select({ delivery: webhookDeliveries, type: webhookEvents.type })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        eq(webhookDeliveries.organizationId, ctx.organizationId),
        eq(webhookDeliveries.endpointId, endpointId),
        query.state ? eq(webhookDeliveries.state, query.state) : undefined,
        before,
      ),
    )
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(query.limit + 1)
  return cutPage(rows, query.limit, shown, ({ delivery }) => [delivery.createdAt, delivery.id])
}

/** A delivery with each request and answer. Throws not_found. */
export async function getDelivery(ctx: Ctx, id: string): Promise<WebhookDeliveryDetail> {
  const found = await deliveryRow(ctx, id)
  const tries = await ctx.db
    .select()
    .from(webhookAttempts)
    .where(and(eq(webhookAttempts.organizationId, ctx.organizationId), eq(webhookAttempts.deliveryId, id)))
    .orderBy(desc(webhookAttempts.at), desc(webhookAttempts.id))
    .limit(triesShown)
  return {
    ...shown(found),
    url: found.url,
    payload: found.payload,
    tries: tries.map((one) => ({
      id: one.id,
      at: iso(one.at),
      requestHeaders: one.requestHeaders,
      status: one.status,
      answer: one.answer,
      error: one.error,
      tookMs: one.tookMs,
    })),
  }
}

/** Sends an event again under the same webhook-id, with as many attempts as a new one. Throws not_found, webhook_disabled. */
export function replayDelivery(ctx: Ctx, id: string): Promise<WebhookDelivery> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const { delivery } = await deliveryRow(tx, id)
    await assertEnabled(tx, delivery.endpointId)
    await tx.db
      .update(webhookDeliveries)
      .set({ state: 'queued', attempts: 0, nextAttemptAt: tx.clock(), leaseUntil: null })
      .where(and(eq(webhookDeliveries.id, id), inArray(webhookDeliveries.state, ['queued', 'delivered', 'failed'])))
    await writeAudit(tx, { action: 'webhook.replayed', subjectId: delivery.endpointId, data: { deliveryId: id } })
    return shown(await deliveryRow(tx, id))
  })
}

/** Sends everything again that failed since a moment. Throws not_found, webhook_disabled. */
export function replayFailed(ctx: Ctx, endpointId: string, input: ReplayFailed): Promise<{ replayed: number }> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await assertEnabled(tx, endpointId)
    const queued = await tx.db
      .update(webhookDeliveries)
      .set({ state: 'queued', attempts: 0, nextAttemptAt: tx.clock(), leaseUntil: null })
      .where(
        and(
          eq(webhookDeliveries.organizationId, tx.organizationId),
          eq(webhookDeliveries.endpointId, endpointId),
          eq(webhookDeliveries.state, 'failed'),
          input.since ? gte(webhookDeliveries.createdAt, Date.parse(input.since)) : undefined,
        ),
      )
      .returning({ id: webhookDeliveries.id })
    const data = { deliveries: queued.length }
    if (queued.length > 0) await writeAudit(tx, { action: 'webhook.replayed', subjectId: endpointId, data })
    return { replayed: queued.length }
  })
}

/** An event that says nothing, to this endpoint alone. Throws not_found, webhook_disabled. */
export function sendTestEvent(ctx: Ctx, endpointId: string): Promise<WebhookDelivery> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await assertEnabled(tx, endpointId)
    const id = await recordEventFor(tx, endpointId, 'endpoint.test', { endpointId })
    await writeAudit(tx, { action: 'webhook.tested', subjectId: endpointId })
    return shown(await deliveryRow(tx, id))
  })
}

async function assertEnabled(tx: Ctx, endpointId: string): Promise<void> {
  if ((await endpointRow(tx, endpointId)).disabledAt !== null) throw new AppError('webhook_disabled')
}

async function deliveryRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db
    .select({
      delivery: webhookDeliveries,
      type: webhookEvents.type,
      payload: webhookEvents.payload,
      url: webhookEndpoints.url,
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .where(and(eq(webhookDeliveries.organizationId, ctx.organizationId), eq(webhookDeliveries.id, id)))
  if (!row) throw new AppError('not_found')
  return row
}

const shown = ({
  delivery,
  type,
}: {
  delivery: typeof webhookDeliveries.$inferSelect
  type: WebhookDelivery['type']
}): WebhookDelivery => ({
  id: delivery.id,
  endpointId: delivery.endpointId,
  eventId: delivery.eventId,
  type,
  state: delivery.state,
  attempts: delivery.attempts,
  lastStatus: delivery.lastStatus,
  nextAttemptAt: isoOrNull(delivery.nextAttemptAt),
  createdAt: iso(delivery.createdAt),
})
