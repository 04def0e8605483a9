import { liveStatuses } from '@goodword/domain'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { erasedName } from '../../people/contacts/erasedName.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { friendLinks, referralEvents, referralNotes, referrals } from './referrals.table.ts'
import { moveReferral } from './referrals.ts'

/**
 * Erases a contact's data from referrals. Where they are the friend: everything submitted, reasons, notes and the
 * friend's own links. Where they are the advocate: the name a friend typed. Closes the friend's open referrals. Returns
 * the ids of all referrals that involve the contact.
 */
export async function eraseReferrals(tx: Ctx, contactId: string, enrollmentIds: string[]): Promise<string[]> {
  const { organizationId } = tx
  const mine = eq(referrals.organizationId, organizationId)
  const friend = await tx.db
    .select({ id: referrals.id, status: referrals.status })
    .from(referrals)
    .where(and(mine, eq(referrals.friendContactId, contactId)))
  for (const { id, status } of friend) {
    const open = liveStatuses.some((live) => live === status)
    if (open) await moveReferral(tx, id, 'declined')
  }
  const ids = friend.map(({ id }) => id)
  const theirs = and(mine, eq(referrals.friendContactId, contactId))
  await tx.db
    .update(referrals)
    .set({
      submitted: { name: erasedName },
      advocateNamed: null,
      reason: null,
      metadata: {},
      networkHash: null,
      deviceHash: null,
    })
    .where(theirs)
  const about = tx.db.select({ id: referrals.id }).from(referrals).where(theirs)
  await tx.db
    .update(referralEvents)
    .set({ reason: null })
    .where(
      and(
        eq(referralEvents.organizationId, organizationId),
        inArray(referralEvents.referralId, about),
        isNotNull(referralEvents.reason),
      ),
    )
  await tx.db
    .delete(referralNotes)
    .where(and(eq(referralNotes.organizationId, organizationId), inArray(referralNotes.referralId, about)))
  await tx.db
    .delete(friendLinks)
    .where(and(eq(friendLinks.organizationId, organizationId), inArray(friendLinks.referralId, about)))
  const byThem = and(mine, inArray(referrals.enrollmentId, enrollmentIds))
  const brought = await tx.db.select({ id: referrals.id }).from(referrals).where(byThem)
  const named = await tx.db
    .update(referrals)
    .set({ advocateNamed: null })
    .where(and(byThem, isNotNull(referrals.advocateNamed)))
    .returning({ id: referrals.id })
  searchChanged(tx, 'referral', ...ids, ...named.map(({ id }) => id))
  return [...ids, ...brought.map(({ id }) => id)]
}
