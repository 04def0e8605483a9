import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { webhookAttempts, webhookDeliveries, webhookEvents } from './webhooks.table.ts'

const keptMs = 30 * 24 * 3_600_000

/** Deletes a batch of events older than 30 days with their deliveries. Returns how many deliveries. */
export function pruneWebhooks(services: Services): Promise<number> {
  const before = services.clock() - keptMs
  return services.database.write(async (tx) => {
    const old = await tx
      .select({ id: webhookDeliveries.id, eventId: webhookDeliveries.eventId })
      .from(webhookDeliveries)
      .where(and(lt(webhookDeliveries.createdAt, before), inArray(webhookDeliveries.state, ['delivered', 'failed'])))
      .limit(200)
    for (const { id } of old) {
      await tx.delete(webhookAttempts).where(eq(webhookAttempts.deliveryId, id))
      await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.id, id))
    }
    for (const eventId of new Set(old.map((one) => one.eventId))) {
      const [still] = await tx
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.eventId, eventId))
        .limit(1)
      if (!still) await tx.delete(webhookEvents).where(eq(webhookEvents.id, eventId))
    }
    return old.length
  })
}
