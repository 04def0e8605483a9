import type { Currency } from '@goodword/contracts'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { rewards } from './rewards.table.ts'

/**
 * Credit is used oldest first, so the available balance belongs to the newest rewards. A reward with none of it left
 * becomes redeemed.
 */
export async function markUsedRewards(tx: Ctx, contactId: string, currency: Currency): Promise<void> {
  const { available } = await balanceIn(tx, contactId, currency)
  const given = await tx.db
    .select({ id: rewards.id, amount: rewards.amount, status: rewards.status })
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, tx.organizationId),
        eq(rewards.contactId, contactId),
        eq(rewards.currency, currency),
        eq(rewards.kind, 'credit'),
        // It was used up on its own job and uses no other credit.
        eq(rewards.offThisJob, false),
        inArray(rewards.status, ['issued', 'redeemed']),
      ),
    )
    .orderBy(desc(rewards.createdAt), desc(rewards.id))
  let newer = 0
  const used: string[] = []
  for (const reward of given) {
    if (newer >= available && reward.status === 'issued') used.push(reward.id)
    newer += reward.amount
  }
  if (used.length === 0) return
  const now = tx.clock()
  await tx.db
    .update(rewards)
    .set({ status: 'redeemed', redeemedAt: now, updatedAt: now })
    .where(and(eq(rewards.organizationId, tx.organizationId), inArray(rewards.id, used)))
  for (const rewardId of used) await recordEvent(tx, 'reward.redeemed', { rewardId, contactId })
}
