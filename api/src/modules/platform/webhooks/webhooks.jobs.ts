import { and, inArray, lt, notExists, sql } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { webhookAttempts, webhookDeliveries, webhookEvents } from './webhooks.table.ts'

const keptMs = 30 * 24 * 3_600_000
const batch = 100

/** Deletes a batch of events older than 30 days with their deliveries. Returns how many deliveries. */
export function pruneWebhooks(services: Services): Promise<number> {
  const before = services.clock() - keptMs
  return services.database.write(async (tx) => {
    const old = await tx
      .select({ id: webhookDeliveries.id, eventId: webhookDeliveries.eventId })
      .from(webhookDeliveries)
      .where(and(lt(webhookDeliveries.createdAt, before), inArray(webhookDeliveries.state, ['delivered', 'failed'])))
      .limit(batch)
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    await tx.delete(webhookAttempts).where(inArray(webhookAttempts.deliveryId, ids))
    await tx.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, ids))
    const eventIds = [...new Set(old.map(({ eventId }) => eventId))]
    const left = tx
      .select({ one: sql`1` })
      .from(webhookDeliveries)
      .where(sql`${webhookDeliveries.eventId} = ${webhookEvents.id}`)
    await tx.delete(webhookEvents).where(and(inArray(webhookEvents.id, eventIds), notExists(left)))
    return old.length
  })
}
