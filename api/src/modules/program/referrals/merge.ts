import { blockingStatuses } from '@goodword/domain'
import { and, count, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx, Merge } from '../../../shared/context.ts'
import { enrollmentsOf, pairEnrollments } from '../advocates/merge.ts'
import { referrals } from './referrals.table.ts'
import { moveReferral, type ReferralRecord } from './referrals.ts'
import { convertedRivalOf } from './rivals.ts'

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

const blocking = (ctx: Ctx) =>
  and(eq(referrals.organizationId, ctx.organizationId), inArray(referrals.status, [...blockingStatuses]))

const asFriend = (ctx: Ctx, contactId: string): Promise<ReferralRecord[]> =>
  ctx.db
    .select()
    .from(referrals)
    .where(and(blocking(ctx), eq(referrals.friendContactId, contactId)))

/** Why two contacts can't be merged because of their referrals, and what to do first; null if they can. */
export async function conflictOfMerge(ctx: Ctx, { from, into, joins }: Merging): Promise<string | null> {
  const fromAsFriend = await asFriend(ctx, from.id)
  const intoAsFriend = await asFriend(ctx, into.id)
  const referred = (list: ReferralRecord[], enrollmentIds: string[]) =>
    list.some(({ enrollmentId }) => enrollmentId !== null && enrollmentIds.includes(enrollmentId))
  if (referred(fromAsFriend, into.enrollmentIds)) return between(into.name, from.name)
  if (referred(intoAsFriend, from.enrollmentIds)) return between(from.name, into.name)
  for (const one of fromAsFriend) {
    for (const other of intoAsFriend) {
      if (one.enrollmentId !== null && one.enrollmentId === other.enrollmentId) {
        return 'One advocate has referred both of them. Decline one of those two referrals, or reverse it, then merge.'
      }
      if (one.campaignId === other.campaignId && one.status === 'converted' && other.status === 'converted') {
        return 'Both of them were converted as friends in one campaign. Reverse one of the two conversions, then merge.'
      }
    }
  }
  return conflictOfJoins(ctx, joins)
}

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

const isBlocking = sql.raw(`status IN (${blockingStatuses.map((status) => `'${status}'`).join(', ')})`)

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
  const counted = async (condition: ReturnType<typeof eq>) =>
    (
      await ctx.db
        .select({ n: count() })
        .from(referrals)
        .where(and(eq(referrals.organizationId, ctx.organizationId), condition))
        .get()
    )?.n ?? 0
  return {
    asFriend: await counted(eq(referrals.friendContactId, from.id)),
    asAdvocate: await counted(inArray(referrals.enrollmentId, from.enrollmentIds)),
  }
}

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
  for (const referral of await asFriend(tx, into.id)) {
    if (referral.status === 'converted') continue
    const winner = await convertedRivalOf(tx, referral)
    if (winner) await moveReferral(tx, referral.id, 'expired', 'Another referral of this friend converted', winner.id)
  }
}
