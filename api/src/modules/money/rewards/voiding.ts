import type { RewardSource } from '@goodword/contracts'
import { and, eq, ne } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { kinds } from './kinds/kinds.ts'
import type { Reward } from './reward.ts'
import { rewards } from './rewards.table.ts'

/** A voided reward, and how much of it is owed back; minor units. */
export type Voided = { reward: Reward; owed: number }

/**
 * Voids the rewards of a source and takes them back. Used credit becomes owed if `confirmOwed`; otherwise throws
 * credit_spent with the shortfall, and nothing changes.
 */
export async function voidRewards(
  tx: Ctx,
  source: RewardSource,
  { reason, confirmOwed }: { reason: string; confirmOwed: boolean },
): Promise<Voided[]> {
  const open = await tx.db
    .select()
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, tx.organizationId),
        eq(rewards.sourceType, source.type),
        eq(rewards.sourceId, source.id),
        ne(rewards.status, 'voided'),
      ),
    )
  if (!confirmOwed) await assertUnspent(tx, open)
  const voided: Voided[] = []
  for (const reward of open) {
    const owed = await kinds[reward.kind].spent(tx, reward)
    await tx.db
      .update(rewards)
      .set({ status: 'voided', reason, updatedAt: tx.clock() })
      .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, reward.id)))
    await recordEvent(tx, 'reward.voided', { rewardId: reward.id, contactId: reward.contactId, owed })
    await kinds[reward.kind].takeBack(tx, reward)
    voided.push({ reward, owed })
  }
  return voided
}

async function assertUnspent(tx: Ctx, open: Reward[]): Promise<void> {
  let shortfall = 0
  for (const reward of open) shortfall += await kinds[reward.kind].spent(tx, reward)
  const [first] = open
  if (first && shortfall > 0) throw new AppError('credit_spent', { shortfall, currency: first.currency })
}
