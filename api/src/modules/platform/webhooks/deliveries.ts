import type { ReplayFailed, WebhookDelivery } from '@goodword/contracts'
import { and, eq, gte } from 'drizzle-orm'
import { enqueue, enqueueAll } from '../../../queue/queue.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { loadDelivery } from './deliveries.queries.ts'
import { endpointRow } from './endpoints.ts'
import { queueDelivery } from './subscription.ts'
import { writeAudit } from './webhooks.audit.ts'
import { deliveryKind, webhookDeliveries } from './webhooks.table.ts'

/**
 * Sends an event again under the same webhook-id, with as many attempts as a new one. Throws not_found,
 * webhook_disabled.
 */
export function replayDelivery(ctx: Ctx, id: string): Promise<WebhookDelivery> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const { endpointId } = await loadDelivery(tx, id)
    await assertEnabled(tx, endpointId)
    await tx.db.update(webhookDeliveries).set({ state: 'queued' }).where(eq(webhookDeliveries.id, id))
    await enqueue(tx, deliveryKind, { subjectId: id, organizationId: tx.organizationId, lane: endpointId })
    await writeAudit(tx, { action: 'webhook.replayed', subjectId: endpointId, data: { deliveryId: id } })
    return loadDelivery(tx, id)
  })
}

/** Resends everything that failed since a moment. Throws not_found, webhook_disabled. */
export function replayFailed(ctx: Ctx, endpointId: string, input: ReplayFailed): Promise<{ replayed: number }> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await assertEnabled(tx, endpointId)
    const { organizationId } = tx
    const queued = await tx.db
      .update(webhookDeliveries)
      .set({ state: 'queued' })
      .where(
        and(
          eq(webhookDeliveries.organizationId, organizationId),
          eq(webhookDeliveries.endpointId, endpointId),
          eq(webhookDeliveries.state, 'failed'),
          input.since ? gte(webhookDeliveries.createdAt, Date.parse(input.since)) : undefined,
        ),
      )
      .returning({ id: webhookDeliveries.id })
    const subjectIds = queued.map(({ id }) => id)
    await enqueueAll(tx, deliveryKind, { subjectIds, organizationId, lane: endpointId })
    const data = { deliveries: queued.length }
    if (queued.length > 0) await writeAudit(tx, { action: 'webhook.replayed', subjectId: endpointId, data })
    return { replayed: queued.length }
  })
}

/** Sends a test event to this endpoint alone. Throws not_found, webhook_disabled. */
export function sendTestEvent(ctx: Ctx, endpointId: string): Promise<WebhookDelivery> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await assertEnabled(tx, endpointId)
    const id = await queueDelivery(tx, endpointId, 'endpoint.test', { endpointId })
    await writeAudit(tx, { action: 'webhook.tested', subjectId: endpointId })
    return loadDelivery(tx, id)
  })
}

async function assertEnabled(tx: Ctx, endpointId: string): Promise<void> {
  if ((await endpointRow(tx, endpointId)).disabledAt !== null) throw new AppError('webhook_disabled')
}
