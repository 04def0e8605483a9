import type { Page, ReferralExportQuery, ReferralQuery, ReferralRow } from '@goodword/contracts'
import { and, eq, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { preparedRows } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { mapPage, type PageRequest } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { advocates } from './referrals.filter.queries.ts'
import { pageOfIds } from './referrals.pages.queries.ts'

/** A pending referral is overdue after three days (UI.md §5). */
export const overdueAfterMs = 3 * 86_400_000

const rivals = sql<number>`(SELECT count(*) FROM referrals rival WHERE rival.organization_id = ${referrals.organizationId} AND rival.campaign_id = ${referrals.campaignId} AND rival.friend_contact_id = ${referrals.friendContactId} AND rival.status IN ('pending', 'accepted') AND rival.archived_at IS NULL AND rival.id <> ${referrals.id})`
/** The unary plus makes the planner use the conversion's rewards; the other index covers every pending reward. */
const clearsAt = sql<
  number | null
>`(SELECT max(${rewards.availableAt}) FROM ${rewards} WHERE ${ofConversion} AND +${rewards.status} = 'pending')`

/** What a side gets that is not an amount; a code and a custom reward are told by their words. */
const textOf = (side: 'advocate' | 'friend') =>
  sql<
    string | null
  >`CASE WHEN ${conversions.frozen} ->> ${sql.raw(`'$.${side}.kind'`)} IN ('discount_code', 'custom') THEN ${conversions.frozen} ->> ${sql.raw(`'$.${side}.text'`)} END`

/** The rows of every list of referrals, without deleted ones. */
export const referralRows = (db: Queries, organizationId: string | Placeholder, ...conditions: (SQL | undefined)[]) =>
  db
    .select({
      referral: referrals,
      campaignName: campaigns.name,
      currency: campaigns.currency,
      advocateContactId: enrollments.contactId,
      advocateName: advocates.name,
      assigneeName: members.name,
      jobValue: conversions.jobValue,
      advocateReward: conversions.advocateAmount,
      friendReward: conversions.friendAmount,
      advocateRewardText: textOf('advocate'),
      friendRewardText: textOf('friend'),
      rivals,
      clearsAt,
    })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .leftJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .leftJoin(advocates, eq(advocates.id, enrollments.contactId))
    .leftJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(members, eq(members.id, referrals.assigneeId))
    .where(and(eq(referrals.organizationId, organizationId), isNull(referrals.archivedAt), ...conditions))
    .$dynamic()

export type Row = Awaited<ReturnType<typeof referralRows>>[number]

/** Applies every filter of the list. Sorted by next step, by time, or by latest conversion. */
export const listReferrals = async (ctx: Ctx, query: ReferralQuery): Promise<Page<ReferralRow>> =>
  mapPage(await pageOfReferrals(ctx, query, query), toReferral)

const rowsById = preparedRows((db) =>
  referralRows(
    db,
    sql.placeholder('organizationId'),
    sql`${referrals.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
  ).prepare(),
)

/** A page of the rows of a list. */
export async function pageOfReferrals(ctx: Ctx, query: ReferralExportQuery, request: PageRequest): Promise<Page<Row>> {
  const page = await pageOfIds(ctx, query, request)
  const ids = JSON.stringify(page.items)
  const rows = await rowsById(ctx.db).all({ organizationId: ctx.organizationId, ids })
  const byId = new Map(rows.map((row) => [row.referral.id, row]))
  return { ...page, items: page.items.flatMap((id) => byId.get(id) ?? []) }
}

export const toReferral = (row: Row): ReferralRow => ({
  id: row.referral.id,
  status: row.referral.status,
  campaign: { id: row.referral.campaignId, name: row.campaignName },
  advocate:
    row.referral.enrollmentId === null || row.advocateContactId === null
      ? null
      : { id: row.referral.enrollmentId, contactId: row.advocateContactId, name: row.advocateName ?? '' },
  advocateNamed: row.referral.advocateNamed,
  friend: {
    contactId: row.referral.friendContactId,
    name: row.referral.submitted.name,
    email: row.referral.submitted.email ?? null,
    phone: row.referral.submitted.phone ?? null,
  },
  message: row.referral.submitted.message ?? null,
  source: row.referral.source,
  flags: row.referral.flags,
  flagsClearedAt: isoOrNull(row.referral.flagsClearedAt),
  assignee:
    row.referral.assigneeId === null
      ? null
      : { id: row.referral.assigneeId, name: row.assigneeName ?? 'A former member' },
  rivals: row.rivals,
  nextStep: nextStepOf(row),
  currency: row.currency,
  jobValue: row.jobValue,
  advocateReward: row.advocateReward,
  friendReward: row.friendReward,
  advocateRewardText: row.advocateRewardText,
  friendRewardText: row.friendRewardText,
  reason: row.referral.reason,
  invalidReason: row.referral.invalidReason,
  externalId: row.referral.externalId,
  submittedAt: iso(row.referral.createdAt),
  convertedAt: isoOrNull(row.referral.convertedAt),
  updatedAt: iso(row.referral.updatedAt),
})

function nextStepOf({ referral, clearsAt: clears }: Row): ReferralRow['nextStep'] {
  const { status, createdAt, reopenedAt } = referral
  const live = status === 'pending' || status === 'accepted'
  if (live && referral.friendContactId === null) return { kind: 'name_friend', at: null }
  if (status === 'pending') return { kind: 'call_back', at: iso((reopenedAt ?? createdAt) + overdueAfterMs) }
  if (live && referral.enrollmentId === null) return { kind: 'name_advocate', at: null }
  if (status === 'accepted') return { kind: 'confirm_job', at: null }
  if (status === 'converted' && clears !== null) return { kind: 'reward_clears', at: iso(clears) }
  return { kind: 'nothing', at: null }
}
