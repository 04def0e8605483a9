import { and, desc, eq } from 'drizzle-orm'
import type { Ctx } from '../../../../shared/context.ts'
import type { JobRow } from '../jobRows.ts'
import { jobs } from '../jobs.table.ts'

/** A friend has a few jobs; of somebody with more, the newest matter. */
const jobsMax = 50

/** The newest jobs of a contact. */
export const jobsOfContact = (ctx: Ctx, contactId: string): Promise<JobRow[]> =>
  ctx.db
    .select()
    .from(jobs)
    .where(and(eq(jobs.organizationId, ctx.organizationId), eq(jobs.contactId, contactId)))
    .orderBy(desc(jobs.id))
    .limit(jobsMax)
