import type { EventType } from '@goodword/contracts'
import { and, eq, isNull } from 'drizzle-orm'
import { rowAdder } from '../../database/prepared.ts'
import { actorKey, type Ctx } from '../../shared/context.ts'
import { webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

/** Ids, figures and words of ours; never a name or an address. */
export type EventData = Record<string, string | number | boolean | null>

const addEvent = rowAdder(webhookEvents)
const addDelivery = rowAdder(webhookDeliveries)

/**
 * Tells the endpoints that listen what happened, within the transaction of what happened; they hear of it after the commit.
 * Without anyone listening nothing is written.
 */
export async function recordEvent(tx: Ctx, type: EventType, data: EventData): Promise<void> {
  if (!tx.inTransaction) throw new Error('An event is recorded in the transaction of what it tells about.')
  const { organizationId } = tx
  const endpoints = await tx.db
    .select({ id: webhookEndpoints.id, events: webhookEndpoints.events })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.organizationId, organizationId), isNull(webhookEndpoints.disabledAt)))
  const listening = endpoints.filter(({ events }) => events.length === 0 || events.includes(type))
  if (listening.length === 0) return
  const now = tx.clock()
  const id = tx.newId('event')
  const payload = JSON.stringify({
    type,
    timestamp: new Date(now).toISOString(),
    data: { ...data, actor: actorKey(tx.actor) },
  })
  await addEvent(tx.db, { id, organizationId, type, payload, createdAt: now })
  for (const { id: endpointId } of listening) {
    await addDelivery(tx.db, {
      id: tx.newId('webhookDelivery'),
      organizationId,
      endpointId,
      eventId: id,
      state: 'queued',
      attempts: 0,
      lastStatus: null,
      nextAttemptAt: now,
      leaseUntil: null,
      createdAt: now,
    })
  }
}
