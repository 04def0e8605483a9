import { reverseOf, takeBackSpent, voidHeldReward } from '@goodword/domain'
import { and, eq, ne } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { balanceIn, lastTransferOf, postEntries, postingsOf } from '../ledger/ledger.ts'
import { markUsedRewards } from './redemption.ts'
import { rewards } from './rewards.table.ts'
import { entryOf, type Reward } from './rewards.ts'

/** A reward that is void now, and how much of it is owed back; minor units. */
export type Voided = { reward: Reward; owed: number }

/**
 * Voids the rewards of a conversion and takes their credit back. What was used already is owed back when `confirmOwed`
 * says so; otherwise throws credit_spent with the shortfall, and nothing changes.
 */
export async function voidRewards(
  tx: Ctx,
  conversionId: string,
  { reason, confirmOwed }: { reason: string; confirmOwed: boolean },
): Promise<Voided[]> {
  const open = await tx.db
    .select()
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, tx.organizationId),
        eq(rewards.conversionId, conversionId),
        ne(rewards.status, 'voided'),
      ),
    )
  if (!confirmOwed) await assertUnspent(tx, open)
  const voided: Voided[] = []
  for (const reward of open) {
    const owed = await shortfallOf(tx, reward)
    await takeBack(tx, reward)
    await tx.db
      .update(rewards)
      .set({ status: 'voided', reason, updatedAt: tx.clock() })
      .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, reward.id)))
    await recordEvent(tx, 'reward.voided', { rewardId: reward.id, contactId: reward.contactId, owed })
    if (reward.kind === 'credit') await markUsedRewards(tx, reward.contactId, reward.currency)
    voided.push({ reward, owed })
  }
  return voided
}

async function assertUnspent(tx: Ctx, open: Reward[]): Promise<void> {
  let shortfall = 0
  for (const reward of open) shortfall += await shortfallOf(tx, reward)
  const [first] = open
  if (first && shortfall > 0) throw new AppError('credit_spent', { shortfall, currency: first.currency })
}

/**
 * How much of a reward was used already; minor units. What was never usable cannot have been: what came off the job itself
 * goes with the job's invoice.
 */
async function shortfallOf(tx: Ctx, reward: Reward): Promise<number> {
  if (reward.kind !== 'credit' || reward.status === 'pending' || reward.offThisJob) return 0
  const { available } = await balanceIn(tx, reward.contactId, reward.currency)
  return Math.max(0, reward.amount - available)
}

/**
 * Takes credit back from the contact who has it now: by the mirror of each transfer, or, when some of it was used or the
 * credit came to another contact by a merge, by new ones.
 */
export async function takeBack(tx: Ctx, reward: Reward): Promise<void> {
  if (reward.kind !== 'credit') return
  const posted = await postingsOf(tx, reward.id)
  const elsewhere = posted.some(({ posting }) =>
    [posting.debit, posting.credit].some(({ contactId }) => contactId !== null && contactId !== reward.contactId),
  )
  const { available } = await balanceIn(tx, reward.contactId, reward.currency)
  const short = reward.status !== 'pending' && available < reward.amount
  if (reward.offThisJob || (!elsewhere && !short)) {
    await postEntries(
      tx,
      posted
        .reverse()
        .map(({ id, posting }) => ({ ...entryOf(reward.id, `reversed:${id}`, reverseOf(posting)), reversesId: id })),
    )
    return
  }
  // A reward can be refused, given after all, and taken back once more.
  const last = await lastTransferOf(tx, reward.id)
  const postings = reward.status === 'pending' ? [voidHeldReward(reward)] : takeBackSpent(reward, available)
  await postEntries(
    tx,
    postings.map((posting, n) => entryOf(reward.id, `taken_back:${last}:${n}`, posting)),
  )
}
