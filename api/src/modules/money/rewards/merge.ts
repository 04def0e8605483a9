import type { RewardSourceType } from '@goodword/contracts'
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { creditEntries, creditRequests, rewards } from './rewards.table.ts'

/**
 * Moves the rewards and requests of one contact to another. Manual entries stay where they are, because those rows
 * can't change; the credit itself moves in the ledger.
 */
export async function moveRewards(tx: Ctx, from: string, into: string): Promise<void> {
  await tx.db
    .update(rewards)
    .set({ contactId: into })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.contactId, from)))
  await tx.db
    .update(creditRequests)
    .set({ contactId: into })
    .where(and(eq(creditRequests.organizationId, tx.organizationId), eq(creditRequests.contactId, from)))
}

/** Rewards earned under one enrollment count toward another's limits. */
export async function moveRewardsOfEnrollment(tx: Ctx, from: string, into: string): Promise<void> {
  await tx.db
    .update(rewards)
    .set({ enrollmentId: into })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.enrollmentId, from)))
}

const erased = 'Erased'

/** Erases the notes about a contact's credit; the transfers stay. Withdraws an open request. */
export async function eraseCreditNotes(tx: Ctx, contactId: string): Promise<void> {
  const { organizationId } = tx
  await tx.db
    .update(creditEntries)
    .set({ note: erased, payoutReference: null })
    .where(
      and(
        eq(creditEntries.organizationId, organizationId),
        eq(creditEntries.contactId, contactId),
        ne(creditEntries.note, erased),
      ),
    )
  const ofContact = and(eq(creditRequests.organizationId, organizationId), eq(creditRequests.contactId, contactId))
  await tx.db
    .update(creditRequests)
    .set({ state: 'withdrawn', closedAt: tx.clock() })
    .where(and(ofContact, eq(creditRequests.state, 'open')))
  await tx.db.update(creditRequests).set({ note: null, answer: null }).where(ofContact)
  await tx.db
    .update(rewards)
    .set({ reason: null })
    .where(and(eq(rewards.organizationId, organizationId), eq(rewards.contactId, contactId), isNotNull(rewards.reason)))
}

/**
 * Erases the reasons why rewards of these sources were rejected or voided, on both sides, because staff wrote them
 * about the friend.
 */
export async function eraseReasonsOfRewards(tx: Ctx, type: RewardSourceType, ids: string[]): Promise<void> {
  await tx.db
    .update(rewards)
    .set({ reason: null })
    .where(
      and(eq(rewards.organizationId, tx.organizationId), eq(rewards.sourceType, type), inArray(rewards.sourceId, ids)),
    )
}
