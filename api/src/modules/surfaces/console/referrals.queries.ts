import type { Page, ReferralQuery, ReferralRow } from '@goodword/contracts'
import { and, asc, desc, eq, gt, gte, isNull, lt, lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { cutPage, decodeCursor, iso, isoOrNull } from '../../../shared/pages.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { advocates, conditionsOf } from './referrals.filter.queries.ts'

/** A pending referral is overdue after three days (UI.md §5). */
export const overdueAfterMs = 3 * 86_400_000

const rivals = sql<number>`(SELECT count(*) FROM referrals rival WHERE rival.organization_id = ${referrals.organizationId} AND rival.campaign_id = ${referrals.campaignId} AND rival.friend_contact_id = ${referrals.friendContactId} AND rival.status IN ('pending', 'accepted') AND rival.archived_at IS NULL AND rival.id <> ${referrals.id})`
/** The unary plus makes the planner use the conversion's rewards; the other index covers every pending reward. */
const clearsAt = sql<
  number | null
>`(SELECT max(${rewards.availableAt}) FROM ${rewards} WHERE ${ofConversion} AND +${rewards.status} = 'pending')`

/** Referrals that need action first: pending and accepted, longest wait first, then the rest, newest first. */
const group = sql<number>`CASE ${referrals.status} WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END`
const withinGroup = sql<number>`CASE WHEN ${referrals.status} IN ('pending', 'accepted') THEN ${referrals.createdAt} ELSE -${referrals.updatedAt} END`

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
      convertedAt: conversions.createdAt,
      rivals,
      clearsAt,
      group,
      withinGroup,
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

type Asked = Omit<ReferralQuery, 'limit' | 'cursor'>

/** Applies every filter of the list. Sorted by next step, by time, or by latest conversion. */
export async function listReferrals(ctx: Ctx, query: ReferralQuery): Promise<Page<ReferralRow>> {
  const rows = await rowsOfList(ctx, query, query.limit + 1, query.cursor)
  return cutPage(rows, query.limit, toReferral, (row) => cursorOf(query.sort, row))
}

/** Up to `limit` rows of a list, after a cursor. */
export async function rowsOfList(ctx: Ctx, query: Asked, limit: number, cursor?: string): Promise<Row[]> {
  const { sort } = query
  const [order, past] = sort === 'newest' || sort === 'oldest' ? byTime(sort) : byValues(orderOf(sort))
  const after = cursor ? decodeCursor(cursor, order.length + 1) : null
  return referralRows(
    ctx.db,
    ctx.organizationId,
    query.status ? eq(referrals.status, query.status) : undefined,
    ...(await conditionsOf(ctx, query)),
    after ? past(after) : undefined,
  )
    .orderBy(...order, desc(referrals.id))
    .limit(limit)
}

type Cursor = (string | number | null)[]
type Order = [order: SQL[], past: (cursor: Cursor) => SQL]

/** The bare column, so that SQLite walks the index in its order and reads only the page. */
function byTime(sort: 'newest' | 'oldest'): Order {
  const [order, further, beyond] = sort === 'newest' ? [desc, lte, lt] : [asc, gte, gt]
  const past = (cursor: Cursor) => {
    const at = Number(cursor[0])
    const { createdAt, id } = referrals
    return sql`(${further(createdAt, at)} AND (${beyond(createdAt, at)} OR ${lt(id, String(cursor.at(-1)))}))`
  }
  return [[order(referrals.createdAt)], past]
}

const byValues = (values: SQL<number>[]): Order => [values.map((value) => asc(value)), (cursor) => past(values, cursor)]

function orderOf(sort: 'next_step' | 'converted'): SQL<number>[] {
  switch (sort) {
    case 'next_step':
      return [group, withinGroup]
    case 'converted':
      return [sql<number>`-coalesce(${conversions.createdAt}, 0)`]
  }
}

/** The cursor after this row. */
export function cursorOf(sort: ReferralQuery['sort'], row: Row): (string | number)[] {
  const { createdAt, id } = row.referral
  switch (sort) {
    case 'next_step':
      return [row.group, row.withinGroup, id]
    case 'converted':
      return [-(row.convertedAt ?? 0), id]
    case 'oldest':
    case 'newest':
      return [createdAt, id]
  }
}

/** Rows after the cursor: sort values ascending, ties by id descending. */
function past(order: SQL<number>[], cursor: Cursor): SQL {
  const id = String(cursor.at(-1))
  const values = cursor.slice(0, -1).map(Number)
  const [first, second] = order
  if (second === undefined)
    return sql`(${first} > ${values[0]} OR (${first} = ${values[0]} AND ${referrals.id} < ${id}))`
  return sql`(${first} > ${values[0]} OR (${first} = ${values[0]} AND (${second} > ${values[1]} OR (${second} = ${values[1]} AND ${referrals.id} < ${id}))))`
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
  reason: row.referral.reason,
  invalidReason: row.referral.invalidReason,
  externalId: row.referral.externalId,
  submittedAt: iso(row.referral.createdAt),
  convertedAt: isoOrNull(row.convertedAt),
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
