import type { Job, JobQuery, Page } from '@goodword/contracts'
import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { connections } from '../../platform/connections/connections.table.ts'
import { amongPlaces, searchRows, withMore } from '../../platform/search/filter.ts'
import { jobs } from './jobs.table.ts'

const rowsIn = (db: Queries) =>
  db
    .select({ job: getTableColumns(jobs), connectionName: connections.name, contactName: contacts.name })
    .from(jobs)
    .leftJoin(connections, eq(connections.id, jobs.connectionId))
    .leftJoin(contacts, eq(contacts.id, jobs.contactId))

type Row = Awaited<ReturnType<typeof rowsIn>>[number]

/** Ids ascend with time. */
const newestFirst = [descending<Row>(jobs.id, ({ job }) => job.id)]
const mine = eq(jobs.organizationId, sql.placeholder('organizationId'))

type Shape = { state: boolean; contact: boolean; found: boolean }

const pagesOf = shapes(({ state, contact, found }: Shape) => {
  const listed: (SQL | undefined)[] = [
    mine,
    state ? eq(jobs.state, sql.placeholder('state')) : undefined,
    contact ? eq(jobs.contactId, sql.placeholder('contactId')) : undefined,
  ]
  return preparedPages<Row>(newestFirst, (db, slice) =>
    rowsIn(db)
      .where(and(...(found ? [amongPlaces(jobs, listed, slice)] : [...listed, slice.where])))
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  )
})

/** Jobs, newest first. */
export async function listJobs(ctx: Ctx, query: JobQuery): Promise<Page<Job>> {
  const found = await searchRows(ctx, 'job', query.q)
  const { state, contactId } = query
  const shape = { state: state !== undefined, contact: contactId !== undefined, found: found.places !== null }
  const { organizationId } = ctx
  const page = await pagesOf(shape)(ctx.db, query, { organizationId, state, contactId, places: found.places })
  return withMore(mapPage(page, toJob), found)
}

const jobById = prepared((db) =>
  rowsIn(db)
    .where(and(mine, eq(jobs.id, sql.placeholder('id'))))
    .prepare(),
)

/** Throws not_found. */
export async function getJob(ctx: Ctx, id: string): Promise<Job> {
  const row = await jobById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return toJob(row)
}

const toJob = ({ job, connectionName, contactName }: Row): Job => ({
  id: job.id,
  connection: job.connectionId === null ? null : { id: job.connectionId, name: connectionName ?? '' },
  externalId: job.externalId,
  contact: job.contactId === null ? null : { id: job.contactId, name: contactName ?? '' },
  title: job.title,
  invoiceNumber: job.invoiceNumber,
  state: job.state,
  value: job.value,
  currency: job.currency,
  refundedAmount: job.refundedAmount,
  score: job.score,
  scoreAt: isoOrNull(job.scoreAt),
  completedAt: isoOrNull(job.completedAt),
  invoicedAt: isoOrNull(job.invoicedAt),
  canceledAt: isoOrNull(job.canceledAt),
  isHistory: job.isHistory,
  dontAsk: job.dontAsk,
  createdAt: iso(job.createdAt),
})
