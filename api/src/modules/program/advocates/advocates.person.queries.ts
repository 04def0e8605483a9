import { and, asc, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { enrollments } from './advocates.table.ts'

/** The campaigns in which a contact is an advocate. */
export async function programsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ code: enrollments.code, campaign: campaigns.name, since: enrollments.createdAt })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(eq(enrollments.organizationId, ctx.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(asc(enrollments.createdAt))
  return rows.map((row) => ({ ...row, since: iso(row.since) }))
}
