import { and, eq, or, sql } from 'drizzle-orm'
import type { ContactPart, Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { connectionContacts, jobEvents, jobs } from './jobs.table.ts'

const exportedAtOnce = 200

export const jobsOfContacts: ContactPart = {
  tables: ['jobs', 'job_events', 'connection_contacts'],

  async move(tx, { from, into }) {
    for (const table of [jobs, jobEvents, connectionContacts] as const)
      await tx.db
        .update(table)
        .set({ contactId: into.id })
        .where(and(eq(table.organizationId, tx.organizationId), eq(table.contactId, from.id)))
    const moved = await jobIdsOf(tx, into.id)
    searchChanged(tx, 'job', ...moved)
  },

  /** Sums and states of the jobs stay; what was sent about the person goes, and so do titles, which may name them. */
  async erase(tx, { contactId, subjectIds }) {
    const ids = await jobIdsOf(tx, contactId)
    subjectIds.push(...ids)
    await tx.db
      .update(jobEvents)
      .set({ payload: null, deliveryId: null })
      .where(
        and(
          eq(jobEvents.organizationId, tx.organizationId),
          or(
            eq(jobEvents.contactId, contactId),
            sql`${jobEvents.jobId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
          ),
        ),
      )
    await tx.db
      .update(jobs)
      .set({ title: null })
      .where(and(eq(jobs.organizationId, tx.organizationId), eq(jobs.contactId, contactId)))
    await tx.db
      .delete(connectionContacts)
      .where(and(eq(connectionContacts.organizationId, tx.organizationId), eq(connectionContacts.contactId, contactId)))
    searchChanged(tx, 'job', ...ids)
  },

  export: (ctx, contactId) => ({ jobs: exportedJobs(ctx, contactId) }),
}

async function jobIdsOf(ctx: Ctx, contactId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.organizationId, ctx.organizationId), eq(jobs.contactId, contactId)))
  return rows.map(({ id }) => id)
}

async function* exportedJobs(ctx: Ctx, contactId: string) {
  const ids = (await jobIdsOf(ctx, contactId)).sort()
  for (let at = 0; at < ids.length; at += exportedAtOnce) {
    const rows = await ctx.db
      .select()
      .from(jobs)
      .where(sql`${jobs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids.slice(at, at + exportedAtOnce))}))`)
      .orderBy(jobs.id)
    yield rows.map((row) => ({
      title: row.title,
      invoiceNumber: row.invoiceNumber,
      state: row.state,
      value: row.value,
      currency: row.currency,
      score: row.score,
      completedAt: isoOrNull(row.completedAt),
      invoicedAt: isoOrNull(row.invoicedAt),
      createdAt: iso(row.createdAt),
    }))
  }
}
