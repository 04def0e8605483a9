import type {
  ConnectionActivity,
  JobEvent,
  JobEventDetail,
  JobEventQuery,
  JobEventSummary,
  Page,
} from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared, preparedSql } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { idAtTime } from '../../../shared/ids.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { type PreparedSlice, preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { connections } from '../../platform/connections/connections.table.ts'
import { connectionRow } from '../../platform/connections/connections.ts'
import { withMore } from '../../platform/search/filter.ts'
import { searchColumn } from '../../platform/search/find.ts'
import { waitsUntil } from './jobs.jobs.ts'
import { jobEventCounts, jobEvents, jobs } from './jobs.table.ts'
import { canRetry } from './retrying.ts'

const columns = {
  id: jobEvents.id,
  connectionId: jobEvents.connectionId,
  connectionName: connections.name,
  type: jobEvents.type,
  sentType: jobEvents.sentType,
  occurredAt: jobEvents.occurredAt,
  receivedAt: jobEvents.receivedAt,
  outcome: jobEvents.outcome,
  reason: jobEvents.reason,
  facts: jobEvents.facts,
  notes: jobEvents.notes,
  effects: jobEvents.effects,
  isTest: jobEvents.isTest,
  needsPerson: jobEvents.needsPerson,
  hasPayload: sql<number>`${jobEvents.payload} IS NOT NULL`,
  jobId: jobEvents.jobId,
  jobExternalId: jobs.externalId,
  jobTitle: jobs.title,
  jobDontAsk: jobs.dontAsk,
  contactId: jobEvents.contactId,
  contactName: contacts.name,
}

const rowsIn = (db: Queries) =>
  db
    .select(columns)
    .from(jobEvents)
    .leftJoin(connections, eq(connections.id, jobEvents.connectionId))
    .leftJoin(jobs, eq(jobs.id, jobEvents.jobId))
    .leftJoin(contacts, eq(contacts.id, jobEvents.contactId))

type Row = Awaited<ReturnType<typeof rowsIn>>[number]

const newestFirst = [descending<Row>(jobEvents.id, ({ id }) => id)]
const mine = eq(jobEvents.organizationId, sql.placeholder('organizationId'))
const placeholder = (name: string) => sql`${sql.placeholder(name)}`

type Shape = { tab: boolean; type: boolean; connection: boolean; job: boolean; since: boolean; found: boolean }

/** The index that holds exactly the rows of the list, in its order; a job has few. */
function indexFor({ job, connection, type, tab }: Shape): string {
  if (job) return 'job_events_by_job'
  const by = [type && 'type', tab && 'tab'].filter(Boolean).join('_and_')
  if (connection) return by ? `job_events_of_connection_by_${by}` : 'job_events_of_connection'
  return by ? `job_events_by_${by}` : 'job_events_newest'
}

/** Ids ascend with time. */
const since = sql`${jobEvents.id} >= ${placeholder('sinceId')}`

function conditionsOf(shape: Shape): (SQL | undefined)[] {
  return [
    mine,
    shape.tab ? eq(jobEvents.tab, placeholder('tab')) : undefined,
    shape.type ? eq(jobEvents.type, placeholder('type')) : undefined,
    shape.connection ? eq(jobEvents.connectionId, placeholder('connectionId')) : undefined,
    shape.job ? eq(jobEvents.jobId, placeholder('jobId')) : undefined,
    shape.since ? since : undefined,
  ]
}

const pagesOf = shapes((shape: Shape) =>
  preparedPages<Row>(newestFirst, (db, slice) =>
    rowsIn(db)
      .where(inSlice(shape, slice))
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  ),
)

/** The events of the list's page are found first, by one index, and only then joined. */
function inSlice(shape: Shape, slice: PreparedSlice): SQL {
  const order = sql.join(slice.orderBy, sql`, `)
  const where = and(...conditionsOf(shape), slice.where)
  const rows = shape.found
    ? sql`(SELECT value AS job FROM json_each(${placeholder('foundJobs')})) found
      CROSS JOIN ${jobEvents} INDEXED BY job_events_by_job ON ${jobEvents.jobId} = found.job WHERE ${where}`
    : sql`${jobEvents} INDEXED BY ${sql.identifier(indexFor(shape))} WHERE ${where}`
  return sql`${jobEvents}.rowid IN (SELECT ${jobEvents}.rowid FROM ${rows} ORDER BY ${order} LIMIT ${slice.limit})`
}

/** What connected systems reported, newest first. With `q`, the events of jobs that match, by their customer or title. */
export async function listJobEvents(ctx: Ctx, query: JobEventQuery): Promise<Page<JobEvent>> {
  const { organizationId } = ctx
  const found = query.q ? await searchColumn(ctx, 'job', query.q, 'id') : null
  const shape: Shape = {
    tab: query.tab !== undefined,
    type: query.type !== undefined,
    connection: query.connectionId !== undefined,
    job: query.jobId !== undefined,
    since: query.since !== undefined,
    found: found !== null,
  }
  const page = await pagesOf(shape)(ctx.db, query, {
    organizationId,
    tab: query.tab,
    type: query.type,
    connectionId: query.connectionId,
    jobId: query.jobId,
    sinceId: query.since === undefined ? undefined : idAtTime('jobEvent', Date.parse(query.since)),
    foundJobs: found === null ? undefined : JSON.stringify(found.ids),
  })
  return withMore(mapPage(page, toJobEvent), { more: found?.more ?? false })
}

const eventById = prepared((db) =>
  rowsIn(db)
    .where(and(mine, eq(jobEvents.id, sql.placeholder('id'))))
    .prepare(),
)

/** Throws not_found. */
export async function getJobEvent(ctx: Ctx, id: string): Promise<JobEvent> {
  const row = await eventById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return toJobEvent(row)
}

/** An event with what was sent. Throws not_found. */
export async function loadJobEvent(ctx: Ctx, id: string): Promise<JobEventDetail> {
  const event = await getJobEvent(ctx, id)
  const [row] = await ctx.db
    .select({
      payload: jobEvents.payload,
      deliveryId: jobEvents.deliveryId,
      clockDifferenceMs: jobEvents.clockDifferenceMs,
      duplicateOf: jobEvents.duplicateOf,
      mappingVersion: jobEvents.mappingVersion,
      waitsFor: jobEvents.waitsFor,
      receivedAt: jobEvents.receivedAt,
    })
    .from(jobEvents)
    .where(and(eq(jobEvents.organizationId, ctx.organizationId), eq(jobEvents.id, id)))
  if (!row) throw new AppError('not_found')
  const { payload, receivedAt, ...rest } = row
  return {
    ...event,
    ...rest,
    payload: payload === null ? null : new TextDecoder().decode(payload),
    waitsUntil: row.waitsFor === null ? null : iso(waitsUntil(receivedAt)),
  }
}

const tabOf = ({ needsPerson, outcome }: Pick<Row, 'needsPerson' | 'outcome'>): JobEvent['tab'] => {
  if (needsPerson) return 'needs_you'
  if (outcome === 'applied') return 'did_something'
  return outcome === 'rejected' ? 'refused' : 'did_nothing'
}

const toJobEvent = (row: Row): JobEvent => ({
  id: row.id,
  connection: row.connectionId === null ? null : { id: row.connectionId, name: row.connectionName ?? '' },
  type: row.type,
  sentType: row.sentType,
  occurredAt: isoOrNull(row.occurredAt),
  receivedAt: iso(row.receivedAt),
  outcome: row.outcome,
  reason: row.reason,
  facts: row.facts,
  notes: row.notes,
  effects: row.effects,
  tab: tabOf(row),
  isTest: row.isTest,
  needsPerson: row.needsPerson,
  job:
    row.jobId === null
      ? null
      : { id: row.jobId, externalId: row.jobExternalId, title: row.jobTitle, dontAsk: row.jobDontAsk ?? false },
  contact: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
  canRetry: canRetry(row.outcome, row.hasPayload === 1),
})

/** How many events are in each tab, and when the last one came. */
export async function summarizeJobEvents(ctx: Ctx): Promise<JobEventSummary> {
  const rows = await ctx.db
    .select({ tab: jobEventCounts.tab, count: jobEventCounts.count })
    .from(jobEventCounts)
    .where(eq(jobEventCounts.organizationId, ctx.organizationId))
  const tabs = { needs_you: 0, did_something: 0, did_nothing: 0, refused: 0 }
  for (const { tab, count } of rows) tabs[tab] = count
  const [last] = await ctx.db.all<[number]>(
    sql`SELECT received_at FROM job_events INDEXED BY job_events_newest WHERE organization_id = ${ctx.organizationId} ORDER BY id DESC LIMIT 1`,
  )
  return { total: rows.reduce((sum, { count }) => sum + count, 0), tabs, lastEventAt: isoOrNull(last?.[0] ?? null) }
}

const activityOf = preparedSql<[number, number, number, number, number, number]>(
  sql`SELECT count(*), coalesce(sum(outcome = 'applied'), 0), coalesce(sum(outcome = 'duplicate'), 0), coalesce(sum(waited AND outcome = 'applied'), 0),
      coalesce(sum(outcome = 'rejected'), 0), coalesce(sum(needs_person), 0)
    FROM (SELECT outcome, waited, needs_person FROM job_events WHERE connection_id = ${sql.placeholder('id')}
      AND id >= ${sql.placeholder('sinceId')} ORDER BY id DESC LIMIT 1000)`,
)

/** The last 24 hours of a connection: of its newest 1,000 events at most. Throws not_found. */
export async function connectionActivity(ctx: Ctx, id: string): Promise<ConnectionActivity> {
  await connectionRow(ctx, id)
  const counted = await activityOf(ctx.db).get({ id, sinceId: idAtTime('jobEvent', ctx.clock() - dayMs) })
  const [events = 0, applied = 0, duplicates = 0, late = 0, rejected = 0, needYou = 0] = counted ?? []
  return { events, applied, duplicates, late, rejected, needYou }
}
