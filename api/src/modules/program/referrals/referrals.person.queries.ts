import { maskName } from '@goodword/domain'
import { and, asc, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { referrals } from './referrals.table.ts'

const referralFacts = {
  status: referrals.status,
  submitted: referrals.submitted,
  campaign: campaigns.name,
  source: referrals.source,
  at: referrals.createdAt,
  changedAt: referrals.updatedAt,
}

/** The friends a contact referred, masked because that is other people's data. */
export async function referredBy(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select(referralFacts)
    .from(referrals)
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(asc(referrals.createdAt))
  return rows.map(({ submitted, at, changedAt, ...row }) => ({
    friend: maskName(submitted.name),
    ...row,
    at: iso(at),
    changedAt: iso(changedAt),
  }))
}

/** The advocates who referred a contact, with what the contact submitted. */
export async function referredAs(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select(referralFacts)
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.friendContactId, contactId)))
    .orderBy(asc(referrals.createdAt))
  return rows.map(({ submitted, at, changedAt, ...row }) => ({
    name: submitted.name,
    email: submitted.email ?? null,
    phone: submitted.phone ?? null,
    message: submitted.message ?? null,
    answer: submitted.answer ?? null,
    ...row,
    at: iso(at),
    changedAt: iso(changedAt),
  }))
}
