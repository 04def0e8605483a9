import type {
  Connection,
  ConnectionFailure,
  ConnectionMapping,
  CreateConnection,
  CreatedConnection,
  MappingVersion,
  UpdateConnection,
} from '@goodword/contracts'
import { mappedKinds } from '@goodword/domain'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { actorNames } from './actorNames.queries.ts'
import { writeAudit } from './connections.audit.ts'
import { connections } from './connections.table.ts'
import { mappingVersions, saveMapping } from './mappings.ts'
import { addSecret, dropSecrets, isGivenSecret, type WorkingSecret, workingSecrets } from './secrets.ts'

export type ConnectionRow = typeof connections.$inferSelect

/** Where a connected system sends its events. */
export const inboundPath = '/v1/inbound/'

/** The connections of the organization, oldest first. */
export async function listConnections(ctx: Ctx): Promise<{ items: Connection[] }> {
  const rows = await ctx.db
    .select()
    .from(connections)
    .where(and(eq(connections.organizationId, ctx.organizationId), isNull(connections.deletedAt)))
    .orderBy(asc(connections.id))
  return { items: await Promise.all(rows.map((row) => toConnection(ctx, row))) }
}

/** Throws not_found, also for a deleted one. */
export const getConnection = async (ctx: Ctx, id: string): Promise<Connection> =>
  toConnection(ctx, await connectionRow(ctx, id))

/**
 * Connects a system. The response has the secret if it was made here. Throws forbidden, feature_off, mapping_not_used,
 * validation_failed.
 */
export function createConnection(ctx: Ctx, input: CreateConnection): Promise<CreatedConnection> {
  assertAdmin(ctx)
  if (input.mapping && !mappedKinds.includes(input.kind)) throw new AppError('mapping_not_used')
  return transaction(ctx, async (tx) => {
    await assertJobsOn(tx)
    const row = {
      id: tx.newId('connection'),
      organizationId: tx.organizationId,
      name: input.name,
      kind: input.kind,
      isPaused: false,
      createdAt: tx.clock(),
    }
    await tx.db.insert(connections).values(row)
    const hasSecret = input.secret !== undefined || !isGivenSecret(input.kind)
    const newSecret = hasSecret ? await addSecret(tx, row, input.secret) : null
    if (input.mapping) await saveMapping(tx, row.id, input.mapping)
    await writeAudit(tx, { action: 'connection.created', subjectId: row.id, data: { kind: row.kind } })
    return { ...(await getConnection(tx, row.id)), newSecret }
  })
}

/** Renames, pauses or resumes. Throws forbidden, feature_off, not_found. */
export function updateConnection(ctx: Ctx, id: string, input: UpdateConnection): Promise<Connection> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const before = await connectionRow(tx, id)
    await assertJobsOn(tx)
    const { name = before.name, isPaused = before.isPaused } = input
    if (name !== before.name || isPaused !== before.isPaused)
      await tx.db.update(connections).set({ name, isPaused }).where(mine(tx, id))
    if (name !== before.name) await writeAudit(tx, { action: 'connection.renamed', subjectId: id })
    if (isPaused !== before.isPaused)
      await writeAudit(tx, { action: isPaused ? 'connection.paused' : 'connection.resumed', subjectId: id })
    return getConnection(tx, id)
  })
}

/** Throws forbidden, feature_off, not_found, secret_needed, validation_failed. */
export function replaceSecret(ctx: Ctx, id: string, given?: string): Promise<CreatedConnection> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const connection = await connectionRow(tx, id)
    await assertJobsOn(tx)
    const newSecret = await addSecret(tx, connection, given)
    await writeAudit(tx, { action: 'connection.secret_replaced', subjectId: id })
    return { ...(await getConnection(tx, id)), newSecret }
  })
}

/** Saves how events are read from now on. Throws forbidden, feature_off, not_found, mapping_not_used. */
export function setMapping(ctx: Ctx, id: string, mapping: ConnectionMapping): Promise<Connection> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const { kind } = await connectionRow(tx, id)
    await assertJobsOn(tx)
    if (!mappedKinds.includes(kind)) throw new AppError('mapping_not_used')
    await saveMapping(tx, id, mapping)
    await writeAudit(tx, { action: 'connection.mapping_set', subjectId: id })
    return getConnection(tx, id)
  })
}

/** The versions of a mapping, newest first. Throws not_found. */
export async function listMappings(ctx: Ctx, id: string): Promise<{ items: MappingVersion[] }> {
  await connectionRow(ctx, id)
  return mappingVersions(ctx, id)
}

/** Nothing it sends is accepted anymore. Its jobs and events stay. Throws forbidden, not_found. */
export function removeConnection(ctx: Ctx, id: string): Promise<undefined> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await connectionRow(tx, id)
    await dropSecrets(tx, id)
    await tx.db.update(connections).set({ deletedAt: tx.clock() }).where(mine(tx, id))
    await writeAudit(tx, { action: 'connection.deleted', subjectId: id })
    return undefined
  })
}

/** Throws feature_off while jobs are switched off. */
export async function assertJobsOn(ctx: Ctx): Promise<void> {
  const { features } = await getOrganization(ctx, ctx.organizationId)
  if (!features.includes('jobs')) throw new AppError('feature_off')
}

const mine = (ctx: Ctx, id: string) => and(eq(connections.organizationId, ctx.organizationId), eq(connections.id, id))

export const connectionById = prepared((db) =>
  db
    .select()
    .from(connections)
    .where(eq(connections.id, sql.placeholder('id')))
    .prepare(),
)

/** Throws not_found for another organization's connection and for a deleted one. */
export async function connectionRow(ctx: Ctx, id: string): Promise<ConnectionRow> {
  const row = await connectionOfEvent(ctx, id)
  if (row.deletedAt !== null) throw new AppError('not_found')
  return row
}

/** Also a deleted one, whose events may still wait to be read. Throws not_found. */
export async function connectionOfEvent(ctx: Ctx, id: string): Promise<ConnectionRow> {
  const row = await connectionById(ctx.db).get({ id })
  if (row?.organizationId !== ctx.organizationId) throw new AppError('not_found')
  return row
}

const minute = 60_000

/** Notes within a transaction that a request was accepted, once a minute. */
export async function noteSeen(tx: Ctx, { id, lastSeenAt }: ConnectionRow): Promise<void> {
  if (lastSeenAt !== null && tx.clock() - lastSeenAt < minute) return
  await tx.db.update(connections).set({ lastSeenAt: tx.clock() }).where(mine(tx, id))
}

/**
 * Notes a refused request, once a minute, so that whoever may send anything can't make us write all the time. `also` runs
 * in the same transaction.
 */
export async function noteFailure(
  ctx: Ctx,
  { id, lastFailureAt }: ConnectionRow,
  failure: { reason: ConnectionFailure; from: string },
  also?: (tx: Ctx) => Promise<void>,
): Promise<void> {
  const now = ctx.clock()
  if (lastFailureAt !== null && now - lastFailureAt < minute) return
  await transaction(ctx, async (tx) => {
    const noted = await tx.db
      .update(connections)
      .set({ lastFailureAt: now, lastFailureReason: failure.reason, lastFailureFrom: failure.from })
      .where(and(mine(tx, id), sql`coalesce(${connections.lastFailureAt}, 0) <= ${now - minute}`))
      .returning({ id: connections.id })
    if (noted.length > 0) await also?.(tx)
  })
}

/** Counts a job that had finished before it was connected, or long before it came. */
export async function countHistoryJob(tx: Ctx, id: string): Promise<void> {
  await tx.db
    .update(connections)
    .set({ historyJobs: sql`${connections.historyJobs} + 1` })
    .where(mine(tx, id))
}

const currentOf = (secrets: WorkingSecret[]) => secrets.find(({ endsAt }) => endsAt === null)

function stateOf({ isPaused }: ConnectionRow, secrets: WorkingSecret[]): Connection['state'] {
  if (secrets.length === 0) return 'no_secret'
  if (currentOf(secrets)?.secret === null) return 'secret_unreadable'
  return isPaused ? 'paused' : 'active'
}

async function toConnection(ctx: Ctx, row: ConnectionRow): Promise<Connection> {
  const secrets = await workingSecrets(ctx, row)
  const current = currentOf(secrets)
  const names = await actorNames(ctx, current ? [current.createdBy] : [])
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    url: `${ctx.config.publicUrl}${inboundPath}${row.id}`,
    state: stateOf(row, secrets),
    secret: current ? { createdAt: iso(current.createdAt), createdByName: names.get(current.createdBy) ?? null } : null,
    previousSecretUntil: isoOrNull(secrets.find(({ endsAt }) => endsAt !== null)?.endsAt ?? null),
    mappingVersion: row.mappingVersion,
    lastSeenAt: isoOrNull(row.lastSeenAt),
    lastFailure:
      row.lastFailureAt !== null && row.lastFailureReason !== null
        ? { at: iso(row.lastFailureAt), reason: row.lastFailureReason, from: row.lastFailureFrom ?? '' }
        : null,
    historyJobs: row.historyJobs,
    createdAt: iso(row.createdAt),
  }
}
