import type { RewardSourceType } from '@goodword/contracts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { creditEntries, creditRequests, rewards } from './rewards.table.ts'

/**
 * Rewards and requests of one contact become another's. What was entered by hand stays where it was entered: those rows
 * cannot change, and the credit itself moves on the ledger.
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

/** Rewards earned under one enrollment count for another, for its limits. */
export async function moveRewardsOfEnrollment(tx: Ctx, from: string, into: string): Promise<void> {
  await tx.db
    .update(rewards)
    .set({ enrollmentId: into })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.enrollmentId, from)))
}

const erased = 'Erased'

/** The words about a contact's credit go; what was moved stays. A request that is open is withdrawn. */
export async function eraseCreditNotes(tx: Ctx, contactId: string): Promise<void> {
  const { organizationId } = tx
  await tx.db
    .update(creditEntries)
    .set({ note: erased })
    .where(and(eq(creditEntries.organizationId, organizationId), eq(creditEntries.contactId, contactId)))
  const ofContact = and(eq(creditRequests.organizationId, organizationId), eq(creditRequests.contactId, contactId))
  await tx.db
    .update(creditRequests)
    .set({ state: 'withdrawn', closedAt: tx.clock() })
    .where(and(ofContact, eq(creditRequests.state, 'open')))
  await tx.db.update(creditRequests).set({ note: null, answer: null }).where(ofContact)
  await tx.db
    .update(rewards)
    .set({ reason: null })
    .where(and(eq(rewards.organizationId, organizationId), eq(rewards.contactId, contactId)))
}

/** Why rewards of these sources were refused or voided goes on both sides: staff wrote it about the friend. */
export async function eraseReasonsOfRewards(tx: Ctx, type: RewardSourceType, ids: string[]): Promise<void> {
  await tx.db
    .update(rewards)
    .set({ reason: null })
    .where(
      and(eq(rewards.organizationId, tx.organizationId), eq(rewards.sourceType, type), inArray(rewards.sourceId, ids)),
    )
}
