import type { Readable } from 'node:stream'
import type { AuditEntry, AuditFilter, AuditGroup, AuditQuery, Page } from '@goodword/contracts'
import { addDays, isOwnerOrAdmin, startOfDay } from '@goodword/domain'
import { and, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { type CsvCell, streamCsv } from '../../../shared/csv.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, readPage, type Slice } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { byRowid, inWalks, walkEach, walked } from '../../../shared/walks.ts'
import { auditEntries, ofSomebody } from '../../platform/audit/audit.table.ts'
import { auditGroups, auditLabels } from '../../platform/audit/auditLabels.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'

type Row = typeof auditEntries.$inferSelect

/** Formatting a page holds up the event loop, so it is short. */
const exportedAtOnce = 200

/** Audit entries, newest first. For owners, admins and keys that may read settings. Throws forbidden. */
export async function listAudit(ctx: Ctx, query: AuditQuery): Promise<Page<AuditEntry>> {
  assertNotStaff(ctx)
  const condition = await conditionOf(ctx, query)
  const page = await readPage(query, newestFirst, (slice) => rowsOf(ctx, condition, slice))
  const names = await namesIn(ctx, page.items)
  return mapPage(page, entryReader(ctx, names))
}

/** The groups for filtering entries. Throws forbidden. */
export function listAuditGroups(ctx: Ctx): { items: AuditGroup[] } {
  assertNotStaff(ctx)
  return { items: auditGroups(ctx) }
}

/** All matching entries as CSV; times in UTC. Throws forbidden. */
export async function exportAudit(ctx: Ctx, filter: AuditFilter): Promise<Readable> {
  assertNotStaff(ctx)
  const header = ['time', 'actor', 'actor_name', 'action', 'subject', 'subject_name', 'data']
  return streamCsv(header, exportedPages(inBackground(ctx), filter))
}

async function* exportedPages(ctx: Ctx, filter: AuditFilter): AsyncGenerator<CsvCell[][]> {
  const condition = await conditionOf(ctx, filter)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Row> = await readPage({ limit: exportedAtOnce, cursor }, newestFirst, (slice) =>
      rowsOf(ctx, condition, slice),
    )
    const names = await namesIn(ctx, page.items)
    yield page.items.map(entryReader(ctx, names)).map(lineOf)
    cursor = page.nextCursor
  }
}

const lineOf = (entry: AuditEntry): CsvCell[] => [
  entry.at,
  entry.actor,
  entry.actorName,
  entry.action,
  entry.subjectId,
  entry.subjectName,
  JSON.stringify(entry.data),
]

const newestFirst = [
  descending<Row>(auditEntries.at, ({ at }) => at),
  byRowid<Row>(auditEntries, 'desc', ({ id }) => id),
]

/** What a filter asks for; days as moments in the organization's time zone. */
type Condition = { filter: AuditFilter; days: SQL | undefined }

const rowsOf = (ctx: Ctx, condition: Condition, slice: Slice) =>
  ctx.db
    .select()
    .from(auditEntries)
    .where(inSlice(ctx, condition, slice))
    .orderBy(...slice.orderBy)
    .limit(slice.limit)

async function conditionOf(ctx: Ctx, filter: AuditFilter): Promise<Condition> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const { from, to } = filter
  const days = and(
    from === undefined ? undefined : gte(auditEntries.at, startOfDay(from, timeZone)),
    to === undefined ? undefined : lt(auditEntries.at, startOfDay(addDays(to, 1), timeZone)),
  )
  return { filter, days }
}

/**
 * The entries of a slice. Few are about one subject. The indexes of actors and of kinds of actors go by group and then
 * by time, so each group that occurs is walked; and for a group alone, each kind of actor.
 */
function inSlice(ctx: Ctx, { filter, days }: Condition, slice: Slice): SQL | undefined {
  const { group, subjectId } = filter
  const mine = eq(auditEntries.organizationId, ctx.organizationId)
  const actor = actorIs(filter)
  const ofGroup = group === undefined ? undefined : eq(auditEntries.actionGroup, group)
  if (subjectId !== undefined) {
    const about = and(
      eq(auditEntries.subjectId, subjectId),
      sql`+${auditEntries.organizationId} = ${ctx.organizationId}`,
    )
    return and(about, actor, ofGroup, days, slice.where)
  }
  if (actor && ofGroup) return and(mine, actor, ofGroup, days, slice.where)
  if (actor) {
    const ofWalkedGroup = and(mine, actor, sql`${auditEntries.actionGroup} = ${walked}`, days)
    return inWalks(auditEntries, groupsOf(and(mine, actor)), ofWalkedGroup, slice)
  }
  if (ofGroup) {
    const ofWalkedKind = and(mine, sql`${auditEntries.actorKind} = ${walked}`, ofGroup, days)
    return inWalks(auditEntries, walkEach(actorKinds), ofWalkedKind, slice)
  }
  return and(mine, days, slice.where)
}

const actorKinds: Ctx['actor']['type'][] = ['member', 'key', 'contact', 'friend', 'system']

/** One member or key, as in "member:mem_…", or a kind of actor. */
function actorIs({ actor }: AuditFilter): SQL | undefined {
  if (actor === undefined) return undefined
  return actor.includes(':') ? and(ofSomebody, eq(auditEntries.actor, actor)) : eq(auditEntries.actorKind, actor)
}

/** Each group that occurs, one search in the index for each. */
const groupsOf = (entries: SQL | undefined): SQL => sql`
  WITH RECURSIVE groups(value) AS (SELECT min(${auditEntries.actionGroup}) FROM ${auditEntries} WHERE ${entries} UNION ALL
    SELECT (SELECT min(${auditEntries.actionGroup}) FROM ${auditEntries} WHERE ${entries} AND ${auditEntries.actionGroup} > groups.value)
      FROM groups WHERE groups.value IS NOT NULL)
  SELECT value FROM groups WHERE value IS NOT NULL`

/** Current names, including removed members and revoked keys. */
async function namesIn(ctx: Ctx, rows: Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ actor, subjectId }) => [actor.split(':')[1] ?? '', subjectId]))]
  const ofKind = (prefix: string) => ids.filter((id) => id.startsWith(prefix))
  const people = await ctx.db
    .select({ id: members.id, name: members.name })
    .from(members)
    .where(and(eq(members.organizationId, ctx.organizationId), inArray(members.id, ofKind('mem_'))))
  const programs = await ctx.db
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(and(eq(keys.organizationId, ctx.organizationId), inArray(keys.id, ofKind('key_'))))
  const operator = { id: 'operator', name: 'The command line' }
  return new Map([...people, ...programs, operator].map(({ id, name }) => [id, name]))
}

function entryReader(ctx: Ctx, names: Map<string, string>): (row: Row) => AuditEntry {
  const { label } = auditLabels(ctx)
  return (row) => ({
    id: row.id,
    at: iso(row.at),
    actor: row.actor,
    actorName: names.get(row.actor.split(':')[1] ?? '') ?? null,
    action: row.action,
    label: label(row.action),
    subjectId: row.subjectId,
    subjectName: names.get(row.subjectId) ?? null,
    data: row.data,
  })
}

function assertNotStaff({ actor }: Ctx): void {
  if (actor.type === 'member' && !isOwnerOrAdmin(actor.role)) throw new AppError('forbidden')
}
