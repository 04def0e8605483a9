import { type JobFacts, newJob, refundedAmount, stateOf } from '@goodword/domain'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { changing, placeholdersOf, prepared, preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { searchAdded, searchChanged } from '../../platform/search/changes.ts'
import { jobAliases, jobs } from './jobs.table.ts'

export type JobRow = typeof jobs.$inferSelect

const jobByExternalId = prepared((db) =>
  db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.organizationId, sql.placeholder('organizationId')),
        eq(jobs.connectionId, sql.placeholder('connectionId')),
        eq(jobs.externalId, sql.placeholder('externalId')),
      ),
    )
    .prepare(),
)

/** A job by its own id in the other system. */
export const findJob = (ctx: Ctx, connectionId: string, externalId: string): Promise<JobRow | undefined> =>
  jobByExternalId(ctx.db).get({ organizationId: ctx.organizationId, connectionId, externalId })

const byAliases = prepared((db) =>
  db
    .select({ externalId: jobAliases.externalId })
    .from(jobAliases)
    .where(
      and(
        eq(jobAliases.organizationId, sql.placeholder('organizationId')),
        eq(jobAliases.connectionId, sql.placeholder('connectionId')),
        sql`${jobAliases.alias} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
      ),
    )
    .prepare(),
)

/** The id that another one leads to: the invoice of a payment. */
export async function resolveIds(ctx: Ctx, connectionId: string, ids: string[]): Promise<string[]> {
  const { organizationId } = ctx
  const rows = await byAliases(ctx.db).all({ organizationId, connectionId, ids: JSON.stringify(ids) })
  return [...new Set([...rows.map(({ externalId }) => externalId), ...ids])]
}

const insertAlias = prepared((db) =>
  db
    .insert(jobAliases)
    .values(placeholdersOf(jobAliases))
    .onConflictDoNothing()
    .returning({ alias: jobAliases.alias })
    .prepare(),
)

/** Notes that further ids lead to a job. The first that was said stays. Returns whether any was new. */
export async function addAliases(
  tx: Ctx,
  connectionId: string,
  externalId: string,
  aliases: string[],
): Promise<boolean> {
  const { organizationId } = tx
  const row = { organizationId, connectionId, externalId, createdAt: tx.clock() }
  let added = 0
  for (const alias of aliases.filter((one) => one !== externalId))
    added += (await insertAlias(tx.db).all({ ...row, alias })).length
  return added > 0
}

export const factsOf = (row: JobRow | undefined): JobFacts =>
  row === undefined
    ? newJob
    : {
        openedAt: row.openedAt,
        completedAt: row.completedAt,
        invoicedAt: row.invoicedAt,
        canceledAt: row.canceledAt,
        title: row.title,
        titleAt: row.titleAt,
        invoiceNumber: row.invoiceNumber,
        value: row.value,
        valueAt: row.valueAt,
        currency: row.currency,
        score: row.score,
        scoreAt: row.scoreAt,
        refunds: row.refunds,
      }

const columnsOf = (job: JobFacts) => ({ ...job, state: stateOf(job), refundedAmount: refundedAmount(job.refunds) })

type Heard = { completedHeardAt: number | null; invoicedHeardAt: number | null }

/** When we first heard of its statuses: with this event, if not before. */
const heardOf = (before: Heard | null, { completedAt, invoicedAt }: JobFacts, now: number): Heard => ({
  completedHeardAt: before?.completedHeardAt ?? (completedAt === null ? null : now),
  invoicedHeardAt: before?.invoicedHeardAt ?? (invoicedAt === null ? null : now),
})

const mine = and(eq(jobs.organizationId, sql.placeholder('organizationId')), eq(jobs.id, sql.placeholder('id')))
const jobById = prepared((db) => db.select().from(jobs).where(mine).prepare())

/** Throws not_found. */
export async function jobRow(ctx: Ctx, id: string): Promise<JobRow> {
  const row = await jobById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return row
}

/** The job that a person means by its number: one of the contact, else one that was entered by hand. */
export async function jobOfNumber(ctx: Ctx, contactId: string | null, number: string): Promise<JobRow | undefined> {
  const numbered = and(eq(jobs.organizationId, ctx.organizationId), eq(jobs.externalId, number))
  const find = (also: SQL) => ctx.db.select().from(jobs).where(and(numbered, also)).limit(1)
  const [own] = contactId === null ? [] : await find(eq(jobs.contactId, contactId))
  return own ?? (await find(isNull(jobs.connectionId)))[0]
}

/** A job without a number that was entered before: of the same contact, day, title and value. */
export async function jobLike(
  ctx: Ctx,
  contactId: string | undefined,
  given: { title?: string; value?: number; state: 'completed' | 'invoiced'; finishedAt: number },
): Promise<JobRow | undefined> {
  if (contactId === undefined) return undefined
  const { title, value, state, finishedAt } = given
  const [row] = await ctx.db
    .select()
    .from(jobs)
    .where(
      and(
        // The unary plus makes the planner use the contact. By the missing number it would read every job without one.
        sql`+${jobs.organizationId} = ${ctx.organizationId}`,
        eq(jobs.contactId, contactId),
        sql`+${jobs.externalId} IS NULL`,
        title === undefined ? isNull(jobs.title) : eq(jobs.title, title),
        value === undefined ? isNull(jobs.value) : eq(jobs.value, value),
        eq(state === 'invoiced' ? jobs.invoicedAt : jobs.completedAt, finishedAt),
      ),
    )
    .limit(1)
  return row
}

const insertJob = preparedInsert(jobs)

/** Adds a job that an event reported first. */
export async function addJob(
  tx: Ctx,
  {
    job,
    heardAt = tx.clock(),
    ...given
  }: {
    connectionId: string | null
    externalId: string | null
    contactId: string | null
    job: JobFacts
    isHistory: boolean
    /** When the event was received; now for what is entered by hand. */
    heardAt?: number
  },
): Promise<JobRow> {
  const row: JobRow = {
    id: tx.newId('job'),
    organizationId: tx.organizationId,
    ...given,
    ...columnsOf(job),
    ...heardOf(null, job, heardAt),
    dontAsk: false,
    createdAt: tx.clock(),
  }
  await insertJob(tx.db, row)
  searchAdded(tx, 'job', row.id)
  return row
}

const changeJob = prepared((db) =>
  db
    .update(jobs)
    .set(changing(jobs, ...changedByEvents))
    .where(mine)
    .prepare(),
)
const changedByEvents = [
  'openedAt',
  'completedAt',
  'invoicedAt',
  'canceledAt',
  'title',
  'titleAt',
  'invoiceNumber',
  'value',
  'valueAt',
  'currency',
  'score',
  'scoreAt',
  'refunds',
  'state',
  'refundedAmount',
  'completedHeardAt',
  'invoicedHeardAt',
  'contactId',
  'isHistory',
] as const

/** Writes what an event changed about a job. */
export async function updateJob(
  tx: Ctx,
  before: JobRow,
  {
    job,
    contactId,
    isHistory,
    heardAt = tx.clock(),
  }: { job: JobFacts; contactId: string | null; isHistory: boolean; heardAt?: number },
): Promise<void> {
  const changed = { ...columnsOf(job), ...heardOf(before, job, heardAt), contactId, isHistory }
  await changeJob(tx.db).run({ organizationId: tx.organizationId, id: before.id, ...changed })
  if (job.title !== before.title || job.invoiceNumber !== before.invoiceNumber || contactId !== before.contactId)
    searchChanged(tx, 'job', before.id)
}
