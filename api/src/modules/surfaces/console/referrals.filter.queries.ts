import { type ReferralCounts, type ReferralFilter, type ReferralStatus, referralStatuses } from '@goodword/contracts'
import { addDays, startOfDay } from '@goodword/domain'
import { and, count, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { likePattern } from '../../../shared/pages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'

export const advocates = alias(contacts, 'advocates')

type Filter = ReferralFilter & { ids?: string[] | undefined }

/** The SQL conditions of a filter. Days are in the organization's time zone. */
export async function conditionsOf(ctx: Ctx, filter: Filter): Promise<(SQL | undefined)[]> {
  const { from, to, assigneeId, flagged, unattributed, ids } = filter
  const zone = from || to ? (await getOrganization(ctx, ctx.organizationId)).timeZone : ''
  return [
    filter.campaignId ? eq(referrals.campaignId, filter.campaignId) : undefined,
    filter.advocateId ? eq(referrals.enrollmentId, filter.advocateId) : undefined,
    filter.externalId ? eq(referrals.externalId, filter.externalId) : undefined,
    filter.q ? matching(filter.q) : undefined,
    from ? gte(referrals.createdAt, startOfDay(from, zone)) : undefined,
    to ? lt(referrals.createdAt, startOfDay(addDays(to, 1), zone)) : undefined,
    flagged === undefined ? undefined : flagged ? isFlagged : sql`NOT ${isFlagged}`,
    unattributed === undefined ? undefined : sql`(${referrals.enrollmentId} IS NULL) = ${unattributed ? 1 : 0}`,
    assigneeId === 'none' ? isNull(referrals.assigneeId) : undefined,
    assigneeId && assigneeId !== 'none' ? eq(referrals.assigneeId, assigneeId) : undefined,
    ids ? sql`${referrals.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))` : undefined,
  ]
}

/** Flagged, and not cleared by staff. */
const isFlagged = sql`(${referrals.flags} <> '[]' AND ${referrals.flagsClearedAt} IS NULL)`

const submittedField = (name: 'name' | 'email' | 'phone') =>
  sql<string | null>`json_extract(${referrals.submitted}, ${`$.${name}`})`

function matching(text: string): SQL {
  const pattern = likePattern(text)
  const like = (value: unknown) => sql`${value} LIKE ${pattern} ESCAPE '\\'`
  const digits = text.replace(/\D/g, '')
  const phoneDigits = sql`replace(replace(replace(replace(replace(coalesce(${submittedField('phone')}, ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '')`
  const byPhone = digits.length >= 3 ? sql` OR ${phoneDigits} LIKE ${`%${digits}%`}` : sql``
  return sql`(${like(submittedField('name'))} OR ${like(submittedField('email'))} OR ${like(advocates.name)} OR ${like(referrals.advocateNamed)}${byPhone})`
}

/** The number of referrals that match a filter, by status, for the tabs. */
export async function countReferrals(ctx: Ctx, filter: ReferralFilter): Promise<ReferralCounts> {
  const rows = await ctx.db
    .select({ status: referrals.status, n: count() })
    .from(referrals)
    .leftJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .leftJoin(advocates, eq(advocates.id, enrollments.contactId))
    .where(
      and(
        eq(referrals.organizationId, ctx.organizationId),
        isNull(referrals.archivedAt),
        ...(await conditionsOf(ctx, filter)),
      ),
    )
    .groupBy(referrals.status)
  const counts = Object.fromEntries(
    referralStatuses.map((status) => [status, rows.find((row) => row.status === status)?.n ?? 0]),
  ) as Record<ReferralStatus, number>
  return { counts, total: rows.reduce((sum, { n }) => sum + n, 0) }
}
