import { createHash } from 'node:crypto'
import type { ConnectionFailure } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import { enqueue } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { type ConnectionRow, noteFailure, noteSeen } from '../../platform/connections/connections.ts'
import { jobEventKind, jobEvents } from './jobs.table.ts'

export type EventRow = typeof jobEvents.$inferSelect
/** A row as it is inserted: the tab follows from the others. */
type NewEvent = Omit<EventRow, 'tab'>

/** A request whose signature was verified. */
export type Delivery = {
  bytes: Uint8Array
  /** By which the sender's repetitions are recognized; null if it has nothing of the kind. */
  key: string | null
  /** The sender's own id, to be shown. */
  deliveryId: string | null
  topic: string
  clockDifferenceMs: number | null
  /** Sent by us to try the connection, whatever it says. */
  isTest?: boolean
}

/** Equal bytes are the same delivery where the sender names none. */
export const keyOfBytes = (bytes: Uint8Array, topic: string): string =>
  `sha256:${createHash('sha256').update(topic).update('\n').update(bytes).digest('base64url')}`

/**
 * Saves what a connected system sent and leaves the work to the queue: one row and its place in line. A delivery that
 * came before is saved as its repetition.
 */
export function receiveDelivery(ctx: Ctx, connection: ConnectionRow, delivery: Delivery): Promise<void> {
  return transaction(ctx, async (tx) => {
    await noteSeen(tx, connection)
    await addEvent(tx, connection, {
      ...delivery,
      key: delivery.key ?? keyOfBytes(delivery.bytes, delivery.topic),
      isPaused: connection.isPaused,
    })
  })
}

const insertEvent = prepared((db) =>
  db
    .insert(jobEvents)
    .values(withoutTab())
    .onConflictDoNothing({ target: [jobEvents.connectionId, jobEvents.deliveryKey] })
    .returning({ id: jobEvents.id })
    .prepare(),
)

function withoutTab() {
  const { tab: _, ...columns } = placeholdersOf(jobEvents) as Record<string, unknown>
  return columns as ReturnType<typeof placeholdersOf<typeof jobEvents>>
}

const eventByKey = prepared((db) =>
  db
    .select({
      duplicateOf: jobEvents.id,
      type: jobEvents.type,
      sentType: jobEvents.sentType,
      occurredAt: jobEvents.occurredAt,
      contactId: jobEvents.contactId,
      jobId: jobEvents.jobId,
    })
    .from(jobEvents)
    .where(
      sql`${eq(jobEvents.connectionId, sql.placeholder('connectionId'))} AND ${eq(jobEvents.deliveryKey, sql.placeholder('deliveryKey'))}`,
    )
    .prepare(),
)

type NewDelivery = Omit<Delivery, 'key'> & { key: string; isPaused?: boolean }

/** An event that nobody has read yet. */
const newEvent = (tx: Ctx, connectionId: string | null, given: Partial<NewEvent>): NewEvent => ({
  id: tx.newId('jobEvent'),
  organizationId: tx.organizationId,
  connectionId,
  deliveryKey: null,
  deliveryId: null,
  topic: '',
  payload: null,
  receivedAt: tx.clock(),
  clockDifferenceMs: null,
  type: null,
  sentType: null,
  occurredAt: null,
  isTest: false,
  outcome: 'received',
  reason: null,
  facts: {},
  notes: [],
  effects: [],
  needsPerson: false,
  waitsFor: null,
  waited: false,
  duplicateOf: null,
  effectKey: null,
  mappingVersion: null,
  contactId: null,
  jobId: null,
  ...given,
})

/** Adds an event to the queue within a transaction, or the repetition of one. Returns its id. */
export async function addEvent(tx: Ctx, connection: Pick<ConnectionRow, 'id'>, given: NewDelivery): Promise<string> {
  const { id: connectionId } = connection
  const row = newEvent(tx, connectionId, {
    deliveryKey: given.key,
    deliveryId: given.deliveryId,
    topic: given.topic,
    payload: Buffer.from(given.bytes),
    clockDifferenceMs: given.clockDifferenceMs,
    sentType: given.topic === '' ? null : given.topic,
    isTest: given.isTest ?? false,
    ...(given.isPaused ? { outcome: 'ignored', reason: 'connection_paused' } : {}),
  })
  const added = await insertEvent(tx.db).get(row)
  if (!added) {
    // What the first one turned out to be about, this one is about.
    const first = await eventByKey(tx.db).get({ connectionId, deliveryKey: given.key })
    const repetition = {
      ...first,
      outcome: 'duplicate',
      reason: 'sent_again',
      deliveryKey: null,
      payload: null,
    } as const
    await insertEvent(tx.db).get({ ...row, ...repetition })
  } else if (!given.isPaused) {
    await enqueue(tx, jobEventKind, { subjectId: row.id, organizationId: tx.organizationId, lane: connectionId })
  }
  return row.id
}

/** Adds within a transaction what a person enters by hand: read at once, and without a payload. */
export async function addEntry(tx: Ctx): Promise<EventRow> {
  const row = newEvent(tx, null, {})
  await insertEvent(tx.db).get(row)
  return { ...row, tab: null }
}

/** Notes a request that was refused, on the connection and among its events: once a minute, and nothing of its content. */
export function noteRefusal(ctx: Ctx, connection: ConnectionRow, failure: { reason: ConnectionFailure; from: string }) {
  return noteFailure(ctx, connection, failure, async (tx) => {
    const facts = { failure: failure.reason, from: failure.from }
    await insertEvent(tx.db).get(newEvent(tx, connection.id, { outcome: 'rejected', reason: 'request_refused', facts }))
  })
}
