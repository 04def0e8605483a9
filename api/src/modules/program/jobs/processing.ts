import type { ConnectionMapping } from '@goodword/contracts'
import {
  bodyKey,
  type EventPart,
  type EventReading,
  interpret,
  type JobEvent,
  sentTypeOf,
  splitBody,
} from '@goodword/domain'
import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { enqueueAll } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type ConnectionRow, connectionOfEvent } from '../../platform/connections/connections.ts'
import { mappingInUse } from '../../platform/connections/mappings.ts'
import { receivingOf } from '../../platform/connections/receiving.cache.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { type Applied, applyEntry, applyEvent, type Target } from './applying.ts'
import { followJob, type Touched } from './earning/following.ts'
import { followUp } from './effects.ts'
import { jobEventKind, jobEvents } from './jobs.table.ts'
import { applyLink } from './linking.ts'
import { endEvent, type ReadFacts } from './outcomes.ts'
import { addEvent, type EventRow } from './receiving.ts'

/** So many waiting events are used in the transaction they waited for; further ones by the queue. */
const wokenAtOnce = 50
const nothing = new Uint8Array()

/** What is needed to read an event: its connection, and the mapping and currency of today. */
export type Reader = {
  connection: ConnectionRow
  mapping: ConnectionMapping | null
  currency: string
  isOn: boolean
}
type Read = { reading: EventReading; sentType: string | null }

const eventById = prepared((db) =>
  db
    .select()
    .from(jobEvents)
    .where(
      and(eq(jobEvents.organizationId, sql.placeholder('organizationId')), eq(jobEvents.id, sql.placeholder('id'))),
    )
    .prepare(),
)

const openEvent = async (ctx: Ctx, id: string): Promise<EventRow | null> => {
  const row = await eventById(ctx.db).get({ organizationId: ctx.organizationId, id })
  return row && (row.outcome === 'received' || row.outcome === 'waiting') ? row : null
}

/**
 * Reads an event and does what it says, in one transaction. Doing it again changes nothing, so that a server that is
 * killed at any moment goes on where it was.
 */
export async function processEvent(ctx: Ctx, id: string): Promise<void> {
  const row = await openEvent(ctx, id)
  if (!row || row.connectionId === null) return
  const reader = await readerOf(ctx, row.connectionId)
  const parts = splitBody(row.payload ?? nothing, readBy(reader))
  const [first = { bytes: nothing, json: null }] = parts
  const read = readPart(first, reader, row.topic)
  await transaction(ctx, async (tx) => {
    const current = await openEvent(tx, id)
    if (!current) return
    if (parts.length > 1) await splitEvent(tx, current, parts, reader)
    const touched: Touched[] = []
    await applyRead(tx, current, reader, read, touched)
    await follow(tx, touched)
  })
}

async function readerOf(ctx: Ctx, connectionId: string): Promise<Reader> {
  if (!ctx.inTransaction) return keptReader(ctx, connectionId)
  const connection = await connectionOfEvent(ctx, connectionId)
  const { currency, features } = await getOrganization(ctx, ctx.organizationId)
  return { connection, mapping: await mappingInUse(ctx, connection), currency, isOn: features.includes('jobs') }
}

async function keptReader(ctx: Ctx, connectionId: string): Promise<Reader> {
  const found = await receivingOf(ctx, connectionId)
  if (found?.connection.organizationId !== ctx.organizationId) throw new AppError('not_found')
  const { connection, mapping, organization } = found
  return { connection, mapping, currency: organization.currency, isOn: organization.features.includes('jobs') }
}

const readBy = ({ connection, mapping, currency }: Reader) => ({ kind: connection.kind, mapping, currency })

const readPart = (part: EventPart, reader: Reader, topic: string): Read => ({
  reading: interpret(part, readBy(reader), topic),
  sentType: sentTypeOf(part, readBy(reader), topic),
})

/** The items of a list become events of their own; the first takes the place of the list. */
async function splitEvent(tx: Ctx, row: EventRow, parts: EventPart[], reader: Reader): Promise<void> {
  const [first, ...others] = parts
  await tx.db
    .update(jobEvents)
    .set({ payload: Buffer.from(first?.bytes ?? nothing) })
    .where(and(eq(jobEvents.organizationId, tx.organizationId), eq(jobEvents.id, row.id)))
  for (const [index, part] of others.entries()) {
    const own = part.json === null ? null : bodyKey(part.json, readBy(reader))
    await addEvent(tx, reader.connection, {
      bytes: part.bytes,
      key: own === null ? `${row.deliveryKey ?? row.id}#${index + 1}` : `item:${own}`,
      deliveryId: own ?? row.deliveryId,
      topic: row.topic,
      clockDifferenceMs: row.clockDifferenceMs,
    })
  }
}

const nothingSaid = { creditApplied: null, disputed: null }

/** Once everything that waited has been applied: first what a job earns, then whether its customer is asked. */
async function follow(tx: Ctx, touched: Touched[]): Promise<void> {
  for (const one of firstOfEachJob(touched)) await followJob(tx, one)
  for (const { eventId, ...ending } of [...touched].reverse()) await followUp(tx, eventId, ending)
}

/** What follows from a job is seen once, with everything that waited for it, and shown at the event that came now. */
function firstOfEachJob(touched: Touched[]): Touched[] {
  const byJob = new Map<string, Touched>()
  for (const one of touched) {
    const first = byJob.get(one.jobId)
    byJob.set(one.jobId, {
      ...(first ?? one),
      creditApplied: first?.creditApplied ?? one.creditApplied,
      disputed: first?.disputed ?? one.disputed,
    })
  }
  return [...byJob.values()]
}

async function applyRead(
  tx: Ctx,
  row: EventRow,
  reader: Reader,
  { reading, sentType }: Read,
  touched: Touched[],
): Promise<void> {
  const read = { sentType, mappingVersion: reader.connection.mappingVersion }
  if (!reader.isOn) return endEvent(tx, row, read, { outcome: 'ignored', reason: 'jobs_off' })
  if ('reason' in reading)
    return endEvent(tx, row, read, { outcome: reading.is, reason: reading.reason, facts: reading.facts })
  const isTest = row.isTest || (reading.is === 'event' ? reading.event.isTest : reading.isTest)
  if (isTest) {
    const type = reading.is === 'event' ? reading.event.type : null
    return endEvent(tx, row, read, { outcome: 'ignored', reason: 'test_event', isTest, type })
  }
  const applied =
    reading.is === 'link'
      ? await applyLink(tx, row, reader.connection, reading)
      : await applyEvent(tx, row, reader.connection, reading.event)
  await endApplied(tx, row, { read, reader, touched }, applied)
}

/** Does within a transaction what a person entered about a job, as if its system had reported it. */
export async function processEntry(tx: Ctx, row: EventRow, target: Target, event: JobEvent): Promise<void> {
  const reader = target.connection && (await readerOf(tx, target.connection.id))
  const read = { sentType: null, mappingVersion: null }
  const touched: Touched[] = []
  await endApplied(tx, row, { read, reader, touched }, await applyEntry(tx, row, target, event))
  await follow(tx, touched)
}

async function endApplied(
  tx: Ctx,
  row: EventRow,
  { read, reader, touched }: { read: ReadFacts; reader: Reader | null; touched: Touched[] },
  { ending, nowKnown, says }: Applied,
): Promise<void> {
  await endEvent(tx, row, read, ending)
  const { jobId = null, reason, outcome } = ending
  if (jobId !== null && outcome !== 'waiting')
    touched.push({ ...nothingSaid, jobId, contactId: ending.contactId ?? null, eventId: row.id, reason, ...says })
  if (reader) await wake(tx, reader, nowKnown, touched)
}

const waitingFor = prepared((db) =>
  db
    .select({ id: jobEvents.id })
    .from(jobEvents)
    .where(
      and(
        eq(jobEvents.connectionId, sql.placeholder('connectionId')),
        sql`${jobEvents.waitsFor} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
      ),
    )
    .orderBy(asc(jobEvents.occurredAt), asc(jobEvents.id))
    .limit(1_000)
    .prepare(),
)

/** Uses the events that waited for these ids, the earliest first. */
async function wake(tx: Ctx, reader: Reader, ids: string[], touched: Touched[]): Promise<void> {
  if (ids.length === 0) return
  const { id: connectionId } = reader.connection
  const waiting = await waitingFor(tx.db).all({ connectionId, ids: JSON.stringify(ids) })
  for (const { id } of waiting.slice(0, wokenAtOnce)) {
    const row = await openEvent(tx, id)
    if (!row) continue
    const [part = { bytes: nothing, json: null }] = splitBody(row.payload ?? nothing, readBy(reader))
    await applyRead(tx, row, reader, readPart(part, reader, row.topic), touched)
  }
  // What is left to the queue may still change these jobs, and they are followed then.
  if (waiting.length > wokenAtOnce) touched.length = 0
  const subjectIds = waiting.slice(wokenAtOnce).map(({ id }) => id)
  await enqueueAll(tx, jobEventKind, { subjectIds, organizationId: tx.organizationId, lane: connectionId })
}
