import type { Page, ReferralQuery, ReferralRow } from '@goodword/contracts'
import { and, asc, desc, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Queries } from '../../database/database.ts'
import type { Ctx } from '../../shared/context.ts'
import { cutPage, decodeCursor, iso, isoOrNull, likePattern } from '../../shared/pages.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { contacts } from '../contacts/contacts.table.ts'
import { conversions } from '../conversions/conversions.table.ts'
import { rewards } from '../rewards/rewards.table.ts'
import { referrals } from './referrals.table.ts'

const advocates = alias(contacts, 'advocates')
/** After three days a pending referral is late (UI.md §5). */
export const lateAfterMs = 3 * 86_400_000

const submittedField = (name: 'name' | 'email' | 'phone') =>
  sql<string | null>`json_extract(${referrals.submitted}, ${`$.${name}`})`

const rivals = sql<number>`(SELECT count(*) FROM referrals rival WHERE rival.organization_id = ${referrals.organizationId} AND rival.campaign_id = ${referrals.campaignId} AND rival.friend_contact_id = ${referrals.friendContactId} AND rival.status IN ('pending', 'accepted') AND rival.id <> ${referrals.id})`
const clearsAt = sql<
  number | null
>`(SELECT max(${rewards.availableAt}) FROM ${rewards} WHERE ${rewards.conversionId} = ${conversions.id} AND ${rewards.status} = 'pending')`

/** Those that need somebody first: pending and accepted with the longest wait on top, then the rest, the newest first. */
const group = sql<number>`CASE ${referrals.status} WHEN 'pending' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END`
const withinGroup = sql<number>`CASE WHEN ${referrals.status} IN ('pending', 'accepted') THEN ${referrals.createdAt} ELSE -${referrals.updatedAt} END`

/** The rows every view of referrals is made of. */
export const referralRows = (db: Queries, organizationId: string | Placeholder, ...conditions: (SQL | undefined)[]) =>
  db
    .select({
      referral: referrals,
      campaignName: campaigns.name,
      currency: campaigns.currency,
      advocateContactId: enrollments.contactId,
      advocateName: advocates.name,
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
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .innerJoin(advocates, eq(advocates.id, enrollments.contactId))
    .leftJoin(conversions, eq(conversions.referralId, referrals.id))
    .where(and(eq(referrals.organizationId, organizationId), ...conditions))
    .$dynamic()

export type Row = Awaited<ReturnType<typeof referralRows>>[number]

/** By status, text, campaign, advocate or outside id; sorted by next step, or by time. */
export async function listReferrals(ctx: Ctx, query: ReferralQuery): Promise<Page<ReferralRow>> {
  const order = orderOf(query.sort)
  const after = query.cursor ? decodeCursor(query.cursor, order.length + 1) : null
  const rows = await referralRows(
    ctx.db,
    ctx.organizationId,
    query.status ? eq(referrals.status, query.status) : undefined,
    query.campaignId ? eq(referrals.campaignId, query.campaignId) : undefined,
    query.advocateId ? eq(referrals.enrollmentId, query.advocateId) : undefined,
    query.externalId ? eq(referrals.externalId, query.externalId) : undefined,
    query.q ? matching(query.q) : undefined,
    after ? past(order, after) : undefined,
  )
    .orderBy(...order.map((value) => asc(value)), desc(referrals.id))
    .limit(query.limit + 1)
  return cutPage(rows, query.limit, shownRow, (row) => cursorOf(query.sort, row))
}

function orderOf(sort: ReferralQuery['sort']): SQL<number>[] {
  if (sort === 'next_step') return [group, withinGroup]
  return [sort === 'oldest' ? sql<number>`${referrals.createdAt}` : sql<number>`-${referrals.createdAt}`]
}

function cursorOf(sort: ReferralQuery['sort'], row: Row): (string | number)[] {
  if (sort === 'next_step') return [row.group, row.withinGroup, row.referral.id]
  return [sort === 'oldest' ? row.referral.createdAt : -row.referral.createdAt, row.referral.id]
}

/** Rows after the cursor: the sort values ascend, the id breaks ties downwards. */
function past(order: SQL<number>[], cursor: (string | number | null)[]): SQL {
  const id = String(cursor.at(-1))
  const values = cursor.slice(0, -1).map(Number)
  const [first, second] = order
  if (second === undefined)
    return sql`(${first} > ${values[0]} OR (${first} = ${values[0]} AND ${referrals.id} < ${id}))`
  return sql`(${first} > ${values[0]} OR (${first} = ${values[0]} AND (${second} > ${values[1]} OR (${second} = ${values[1]} AND ${referrals.id} < ${id}))))`
}

function matching(text: string): SQL {
  const pattern = likePattern(text)
  const digits = text.replace(/\D/g, '')
  const phoneDigits = sql`replace(replace(replace(replace(replace(coalesce(${submittedField('phone')}, ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', '')`
  const byPhone = digits.length >= 3 ? sql` OR ${phoneDigits} LIKE ${`%${digits}%`}` : sql``
  return sql`(${submittedField('name')} LIKE ${pattern} ESCAPE '\\' OR ${submittedField('email')} LIKE ${pattern} ESCAPE '\\' OR ${advocates.name} LIKE ${pattern} ESCAPE '\\'${byPhone})`
}

export const shownRow = (row: Row): ReferralRow => ({
  id: row.referral.id,
  status: row.referral.status,
  campaign: { id: row.referral.campaignId, name: row.campaignName },
  advocate:
    row.referral.enrollmentId === null
      ? null
      : { id: row.referral.enrollmentId, contactId: row.advocateContactId, name: row.advocateName },
  friend: {
    contactId: row.referral.friendContactId,
    name: row.referral.submitted.name,
    email: row.referral.submitted.email ?? null,
    phone: row.referral.submitted.phone ?? null,
  },
  message: row.referral.submitted.message ?? null,
  source: row.referral.source,
  flags: row.referral.flags,
  rivals: row.rivals,
  nextStep: nextStepOf(row),
  currency: row.currency,
  jobValue: row.jobValue,
  advocateReward: row.advocateReward,
  friendReward: row.friendReward,
  reason: row.referral.reason,
  externalId: row.referral.externalId,
  submittedAt: iso(row.referral.createdAt),
  convertedAt: isoOrNull(row.convertedAt),
  updatedAt: iso(row.referral.updatedAt),
})

function nextStepOf(row: Row): ReferralRow['nextStep'] {
  const { status, createdAt } = row.referral
  if (status === 'pending') return { kind: 'call_back', at: iso(createdAt + lateAfterMs) }
  if (status === 'accepted') return { kind: 'confirm_job', at: null }
  if (status === 'converted' && row.clearsAt !== null) return { kind: 'reward_clears', at: iso(row.clearsAt) }
  return { kind: 'nothing', at: null }
}
