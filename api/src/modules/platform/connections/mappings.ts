import type {
  Connection,
  ConnectionMapping,
  EventPreview,
  MappingVersion,
  PreviewEvents,
  UnderstoodEvent,
} from '@goodword/contracts'
import { type EventReading, interpret, mappedKinds, splitBody } from '@goodword/domain'
import { and, desc, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { actorNames } from './actorNames.queries.ts'
import { connectionMappings, connections } from './connections.table.ts'

const previewed = 20

/** Saves a mapping as the next version, within a transaction, and uses it from now on. */
export async function saveMapping(tx: Ctx, connectionId: string, mapping: ConnectionMapping): Promise<void> {
  const mine = and(
    eq(connectionMappings.organizationId, tx.organizationId),
    eq(connectionMappings.connectionId, connectionId),
  )
  const [newest] = await tx.db
    .select({ version: connectionMappings.version })
    .from(connectionMappings)
    .where(mine)
    .orderBy(desc(connectionMappings.version))
    .limit(1)
  const version = (newest?.version ?? 0) + 1
  await tx.db.insert(connectionMappings).values({
    organizationId: tx.organizationId,
    connectionId,
    version,
    mapping,
    createdBy: actorKey(tx.actor),
    createdAt: tx.clock(),
  })
  await tx.db
    .update(connections)
    .set({ mappingVersion: version })
    .where(and(eq(connections.organizationId, tx.organizationId), eq(connections.id, connectionId)))
}

const mappingOfVersion = prepared((db) =>
  db
    .select({ mapping: connectionMappings.mapping })
    .from(connectionMappings)
    .where(
      and(
        eq(connectionMappings.organizationId, sql.placeholder('organizationId')),
        eq(connectionMappings.connectionId, sql.placeholder('connectionId')),
        eq(connectionMappings.version, sql.placeholder('version')),
      ),
    )
    .prepare(),
)

/** The mapping in use; null where events are read as they are. */
export async function mappingInUse(
  ctx: Ctx,
  { id, mappingVersion }: { id: string; mappingVersion: Connection['mappingVersion'] },
): Promise<ConnectionMapping | null> {
  if (mappingVersion === null) return null
  const { organizationId } = ctx
  const row = await mappingOfVersion(ctx.db).get({ organizationId, connectionId: id, version: mappingVersion })
  return row?.mapping ?? null
}

/** The versions of a connection's mapping, newest first. */
export async function mappingVersions(ctx: Ctx, connectionId: string): Promise<{ items: MappingVersion[] }> {
  const rows = await ctx.db
    .select()
    .from(connectionMappings)
    .where(
      and(eq(connectionMappings.organizationId, ctx.organizationId), eq(connectionMappings.connectionId, connectionId)),
    )
    .orderBy(desc(connectionMappings.version))
    .limit(50)
  const names = await actorNames(
    ctx,
    rows.map(({ createdBy }) => createdBy),
  )
  return {
    items: rows.map((row) => ({
      version: row.version,
      mapping: row.mapping,
      createdAt: iso(row.createdAt),
      createdByName: names.get(row.createdBy) ?? null,
    })),
  }
}

/** What would be understood of a sample. Nothing is saved. */
export async function previewEvents(ctx: Ctx, { kind, mapping, topic, sample }: PreviewEvents): Promise<EventPreview> {
  const { currency } = await getOrganization(ctx, ctx.organizationId)
  const by = { kind, mapping: mappedKinds.includes(kind) ? (mapping ?? null) : null, currency }
  const parts = splitBody(new TextEncoder().encode(sample), by)
  const events = parts.slice(0, previewed).map((part) => understood(interpret(part, by, topic), currency))
  return { events, total: parts.length }
}

const nothing = {
  facts: {},
  notes: [],
  type: null,
  occurredAt: null,
  isTest: false,
  jobId: null,
  title: null,
  invoiceNumber: null,
  value: null,
  currency: null,
  score: null,
  refundAmount: null,
  person: null,
} as const

function understood(reading: EventReading, currency: string): UnderstoodEvent {
  if ('reason' in reading)
    return { ...nothing, notes: [], outcome: reading.is, reason: reading.reason, facts: reading.facts }
  if (reading.is === 'link')
    return {
      ...nothing,
      notes: [],
      outcome: 'linked',
      reason: null,
      facts: { jobId: reading.jobId, alias: reading.alias },
      isTest: reading.isTest,
      occurredAt: isoOrNull(reading.occurredAt),
      jobId: reading.jobId,
    }
  const { event } = reading
  const refunded =
    event.refund === null
      ? null
      : event.refund.is === 'list'
        ? event.refund.refunds.reduce((sum, { amount }) => sum + amount, 0)
        : event.refund.amount
  return {
    outcome: 'event',
    reason: null,
    facts: {},
    notes: event.notes,
    type: event.type,
    occurredAt: isoOrNull(event.occurredAt),
    isTest: event.isTest,
    jobId: event.jobIds[0] ?? null,
    title: event.title,
    invoiceNumber: event.invoiceNumber,
    value: event.value?.amount ?? null,
    currency: event.value ? (event.value.currency ?? currency) : null,
    score: event.score,
    refundAmount: refunded,
    person: event.person,
  }
}
