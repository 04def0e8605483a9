import type { Words } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { findDelivery, finishDelivery, reopenDelivery } from './deliveries.ts'
import { kinds } from './kinds/kinds.ts'
import { originOf } from './origin.ts'
import { messageBase, release } from './release.ts'
import type { Reward } from './reward.ts'
import { rewards } from './rewards.table.ts'
import { voidOne } from './voiding.ts'

const ofOrganization = (tx: Ctx, id: string) => and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id))

const decided = (tx: Ctx, reason: string) => ({
  reason,
  decidedAt: tx.clock(),
  decidedBy: actorKey(tx.actor),
  updatedAt: tx.clock(),
})

/**
 * Releases a pending reward now, whatever its hold and approval. It still waits for a code or a card, if it needs one. Throws
 * delivery_by_hand or delivery_running for a card that is on its way already.
 */
export function releaseNow(ctx: Ctx, { id, availableAt }: Reward, reason: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, id)
    if (delivery && delivery.state !== 'canceled')
      throw new AppError(delivery.state === 'to_do' ? 'delivery_by_hand' : 'delivery_running')
    const now = tx.clock()
    await tx.db
      .update(rewards)
      .set({ needsApproval: false, availableAt: Math.min(availableAt, now), ...decided(tx, reason) })
      .where(and(ofOrganization(tx, id), eq(rewards.status, 'pending')))
    return release(tx, id)
  })
}

/** An issued reward was used, or one that was marked as used by mistake wasn't. For kinds that staff hand over. */
export function markUsed(ctx: Ctx, { id, contactId, kind }: Reward, isUsed: boolean, reason: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const redeemedAt = isUsed ? tx.clock() : null
    await tx.db
      .update(rewards)
      .set({ status: isUsed ? 'redeemed' : 'issued', redeemedAt, ...decided(tx, reason) })
      .where(and(ofOrganization(tx, id), eq(rewards.status, isUsed ? 'issued' : 'redeemed')))
    if (kind === 'custom') await (isUsed ? finishDelivery(tx, id) : reopenDelivery(tx, id))
    if (isUsed) await recordEvent(tx, 'reward.redeemed', { rewardId: id, contactId })
  })
}

/**
 * Takes back a reward that was issued. Throws credit_spent with what was used of it, unless `confirmOwed`: it is owed back then.
 */
export function takeBackIssued(
  ctx: Ctx,
  reward: Reward,
  { reason, confirmOwed, notify }: { reason: string; confirmOwed: boolean; notify: boolean },
): Promise<void> {
  return transaction(ctx, async (tx) => {
    const shortfall = await kinds[reward.kind].spent(tx, reward)
    if (shortfall > 0 && !confirmOwed) throw new AppError('credit_spent', { shortfall, currency: reward.currency })
    const { owed } = await voidOne(tx, reward, { reason, decidedBy: actorKey(tx.actor) })
    const to = notify ? await messageBase(tx, reward, `taken_back:${tx.clock()}`) : null
    if (!to) return
    const values = (words: Words) => ({
      organizationName: to.values(words).organizationName,
      firstName: to.values(words).firstName,
      amount: to.values(words).amount,
      offThisJob: null,
      reason,
      ...(owed > 0 ? { owed: words.money(owed, reward.currency) } : {}),
    })
    const mentions = (await originOf(tx, reward)).friendContactIds
    await queueMessage(tx, { ...to.message, mentions, template: 'conversion_reversed', values })
  })
}
