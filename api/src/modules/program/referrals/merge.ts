import { blockingStatuses } from '@goodword/domain'
import { and, count, eq, isNotNull, sql } from 'drizzle-orm'
import { prepared, preparedSql } from '../../../database/prepared.ts'
import type { Ctx, Merge } from '../../../shared/context.ts'
import { enrollmentsOf, pairEnrollments } from '../advocates/merge.ts'
import { referrals } from './referrals.table.ts'
import { moveReferral } from './referrals.ts'

/** The two contacts of a merge, and how their enrollments are combined. */
type Merging = {
  from: Merge['from'] & { enrollmentIds: string[] }
  into: Merge['into'] & { enrollmentIds: string[] }
  /** Enrollments of `from` that are merged into one of `into`. */
  joins: { from: string; into: string }[]
}

export async function planReferrals(ctx: Ctx, { from, into, ...rest }: Merge): Promise<Merging> {
  const idsOf = async (contactId: string) => (await enrollmentsOf(ctx, contactId)).map(({ id }) => id)
  const { joins } = await pairEnrollments(ctx, { from, into, ...rest })
  return {
    from: { ...from, enrollmentIds: await idsOf(from.id) },
    into: { ...into, enrollmentIds: await idsOf(into.id) },
    joins: joins.map((join) => ({ from: join.from.id, into: join.into.id })),
  }
}

/** Why two contacts can't be merged because of their referrals, and what to do first; null if they can. */
export async function conflictOfMerge(ctx: Ctx, { from, into, joins }: Merging): Promise<string | null> {
  const { organizationId } = ctx
  const hasReferred = (enrollmentIds: string[], friendId: string) =>
    oneReferral(ctx, referredBy, { organizationId, friendId, enrollmentIds: JSON.stringify(enrollmentIds) })
  if (await hasReferred(into.enrollmentIds, from.id)) return between(into.name, from.name)
  if (await hasReferred(from.enrollmentIds, into.id)) return between(from.name, into.name)
  const both = { organizationId, from: from.id, into: into.id }
  if (await oneReferral(ctx, referredByOne, both))
    return 'One advocate has referred both of them. Decline one of those two referrals, or reverse it, then merge.'
  if (await oneReferral(ctx, convertedInOneCampaign, both))
    return 'Both of them were converted as friends in one campaign. Reverse one of the two conversions, then merge.'
  return conflictOfJoins(ctx, joins)
}

const isBlocking = sql.raw(`status IN (${blockingStatuses.map((status) => `'${status}'`).join(', ')})`)
const given = (name: string) => sql.placeholder(name)

const oneReferral = async (ctx: Ctx, find: typeof referredBy, values: Record<string, unknown>) =>
  (await find(ctx.db).get(values)) !== undefined

// The unary plus keeps the planner to the named index. Any number of advocates can have referred a popular friend.
const referredBy = preparedSql(sql`SELECT 1 FROM referrals INDEXED BY referrals_friend_once
  WHERE enrollment_id IN (SELECT value FROM json_each(${given('enrollmentIds')})) AND friend_contact_id = ${given('friendId')}
    AND ${isBlocking} AND +organization_id = ${given('organizationId')} LIMIT 1`)

const ofFrom = sql`FROM referrals one INDEXED BY referrals_by_friend
  WHERE one.friend_contact_id = ${given('from')} AND +one.organization_id = ${given('organizationId')}`

const referredByOne = preparedSql(sql`SELECT 1 ${ofFrom} AND one.enrollment_id IS NOT NULL AND one.${isBlocking}
  AND EXISTS (SELECT 1 FROM referrals other INDEXED BY referrals_friend_once
    WHERE other.enrollment_id = one.enrollment_id AND other.friend_contact_id = ${given('into')} AND other.${isBlocking}) LIMIT 1`)

const convertedInOneCampaign = preparedSql(sql`SELECT 1 ${ofFrom} AND one.status = 'converted'
  AND EXISTS (SELECT 1 FROM referrals other INDEXED BY referrals_one_winner WHERE other.campaign_id = one.campaign_id
    AND other.friend_contact_id = ${given('into')} AND other.status = 'converted') LIMIT 1`)

const between = (advocate: string, friend: string) =>
  `${advocate} has referred ${friend}, and nobody refers themselves. Decline that referral, or reverse it, then merge.`

/** Both enrollments referred the same friend, and one enrollment can't have two open or converted referrals of them. */
async function conflictOfJoins(ctx: Ctx, joins: Merging['joins']): Promise<string | null> {
  for (const join of joins) {
    const both = await friendOfBoth(ctx.db).get({ organizationId: ctx.organizationId, ...join })
    if (both) return `Both have referred ${both.name}. Decline one of those two referrals, or reverse it, then merge.`
  }
  return null
}

/** A referral of one enrollment whose friend the other one has referred too: an index has their friends. */
const friendOfBoth = prepared((db) =>
  db
    .select({ name: sql<string>`referrals.submitted ->> 'name'` })
    .from(sql`${referrals} INDEXED BY referrals_friend_once`)
    .where(
      and(
        sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(referrals.enrollmentId, sql.placeholder('from')),
        isNotNull(referrals.friendContactId),
        sql`referrals.${isBlocking}`,
        sql`EXISTS (SELECT 1 FROM referrals kept INDEXED BY referrals_friend_once
          WHERE kept.enrollment_id = ${sql.placeholder('into')} AND kept.friend_contact_id = ${referrals.friendContactId}
            AND kept.${isBlocking})`,
      ),
    )
    .limit(1)
    .prepare(),
)

/** How many referrals would move: those with the contact as the friend, and those of its enrollments. */
export async function countMoving(ctx: Ctx, { from }: Merging): Promise<{ asFriend: number; asAdvocate: number }> {
  const asFriend = await ctx.db
    .select({ n: count() })
    .from(referrals)
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.friendContactId, from.id)))
    .get()
  const asAdvocate = (await enrollmentsOf(ctx, from.id)).reduce((sum, { referralCount }) => sum + referralCount, 0)
  return { asFriend: asFriend?.n ?? 0, asAdvocate }
}

/** The open referrals of a friend who has converted in the same campaign, and the one that did. */
const lostToWinner = preparedSql<[id: string, winnerId: string]>(sql`SELECT one.id, winner.id
  FROM referrals one INDEXED BY referrals_by_friend
  CROSS JOIN referrals winner INDEXED BY referrals_one_winner ON winner.campaign_id = one.campaign_id
    AND winner.friend_contact_id = one.friend_contact_id AND winner.status = 'converted' AND winner.archived_at IS NULL
  WHERE one.friend_contact_id = ${given('friendId')} AND +one.organization_id = ${given('organizationId')}
    AND one.status IN ('pending', 'accepted') ORDER BY one.created_at, one.id`)

/**
 * Moves a contact's referrals to another. Expires an open one if its friend has converted elsewhere in the campaign.
 */
export async function moveReferrals(tx: Ctx, { from, into, joins }: Merging): Promise<void> {
  for (const join of joins) {
    await tx.db
      .update(referrals)
      .set({ enrollmentId: join.into })
      .where(and(eq(referrals.organizationId, tx.organizationId), eq(referrals.enrollmentId, join.from)))
  }
  await tx.db
    .update(referrals)
    .set({ friendContactId: into.id })
    .where(and(eq(referrals.organizationId, tx.organizationId), eq(referrals.friendContactId, from.id)))
  const lost = await lostToWinner(tx.db).all({ friendId: into.id, organizationId: tx.organizationId })
  for (const [id, winnerId] of lost)
    await moveReferral(tx, id, 'expired', 'Another referral of this friend converted', winnerId)
}
