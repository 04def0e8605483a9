import type { EventData, EventType } from '@goodword/contracts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import { transactionCache } from '../../../database/transactionCache.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

const addEvent = preparedInsert(webhookEvents)
const addDelivery = preparedInsert(webhookDeliveries)

const enabledEndpoints = prepared((db) =>
  db
    .select({ id: webhookEndpoints.id, events: webhookEndpoints.events })
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.organizationId, sql.placeholder('organizationId')), isNull(webhookEndpoints.disabledAt)),
    )
    .prepare(),
)

const endpointsOf = transactionCache((db, organizationId) => enabledEndpoints(db).all({ organizationId }))

/** Call after changing endpoints within this transaction. */
export const endpointsChanged = (tx: Ctx): void => endpointsOf.forget(tx.db, tx.organizationId)

/** Queues the event for the subscribed endpoints; it is sent after the commit. Writes nothing if there are none. */
export async function queueDeliveries<T extends EventType>(tx: Ctx, type: T, data: EventData<T>): Promise<void> {
  const endpoints = await endpointsOf(tx.db, tx.organizationId)
  const listening = endpoints.filter(({ events }) => events.length === 0 || events.includes(type))
  if (listening.length === 0) return
  const eventId = await writeEvent(tx, type, data)
  for (const { id } of listening) await writeDelivery(tx, id, eventId)
}

/** Queues the event for one endpoint, whatever it subscribes to. Returns the id of the delivery. */
export async function queueDelivery<T extends EventType>(
  tx: Ctx,
  endpointId: string,
  type: T,
  data: EventData<T>,
): Promise<string> {
  return writeDelivery(tx, endpointId, await writeEvent(tx, type, data))
}

async function writeEvent(tx: Ctx, type: EventType, data: EventData): Promise<string> {
  const now = tx.clock()
  const id = tx.newId('event')
  const payload = JSON.stringify({
    type,
    timestamp: new Date(now).toISOString(),
    data: { actor: actorKey(tx.actor), ...data },
  })
  await addEvent(tx.db, { id, organizationId: tx.organizationId, type, payload, createdAt: now })
  return id
}

/** A trigger on the table adds it to the queue. */
async function writeDelivery(tx: Ctx, endpointId: string, eventId: string): Promise<string> {
  const now = tx.clock()
  const id = tx.newId('webhookDelivery')
  await addDelivery(tx.db, {
    id,
    organizationId: tx.organizationId,
    endpointId,
    eventId,
    state: 'queued',
    attempts: 0,
    lastStatus: null,
    createdAt: now,
  })
  return id
}
