import type { Words } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { finishDelivery } from './deliveries.ts'
import { kinds } from './kinds/kinds.ts'
import { originOf } from './origin.ts'
import { messageBase, release } from './release.ts'
import type { Reward } from './reward.ts'
import { writeAudit } from './rewards.audit.ts'
import { rewards } from './rewards.table.ts'
import { getReward } from './rewards.ts'

/** How many this call decided, and how many were already decided or no longer pending. */
export type Decided = { done: number; skipped: number }

/**
 * Approves one or many rewards in one transaction. Those whose hold has ended are released; the others stay on hold.
 * Throws not_found for an id of another organization.
 */
export function approveRewards(ctx: Ctx, ids: string[]): Promise<Decided> {
  return forEach(ctx, ids, async (tx, id) => {
    const now = tx.clock()
    const [approved] = await tx.db
      .update(rewards)
      .set({ needsApproval: false, decidedAt: now, decidedBy: actorKey(tx.actor), updatedAt: now })
      .where(and(pending(tx, id), eq(rewards.needsApproval, true)))
      .returning({ id: rewards.id })
    if (!approved) return false
    await writeAudit(tx, { action: 'reward.approved', subjectId: id })
    await release(tx, id)
    return true
  })
}

/**
 * Rejects pending rewards with a reason: voids them, reverses held credit, and notifies their owners if `notify`.
 * Throws not_found for an id of another organization.
 */
export function rejectRewards(ctx: Ctx, input: { ids: string[]; reason: string; notify: boolean }): Promise<Decided> {
  return forEach(ctx, input.ids, async (tx, id) => {
    const reward = await getReward(tx, id)
    if (reward.status !== 'pending') return false
    const now = tx.clock()
    const decidedBy = actorKey(tx.actor)
    await tx.db
      .update(rewards)
      .set({ status: 'voided', reason: input.reason, decidedAt: now, decidedBy, updatedAt: now })
      .where(pending(tx, id))
    await kinds[reward.kind].takeBack(tx, reward)
    const { contactId, amount } = reward
    await writeAudit(tx, { action: 'reward.refused', subjectId: id, data: { amount } })
    await recordEvent(tx, 'reward.voided', { rewardId: id, contactId, owed: 0 })
    if (!input.notify) return true
    const to = await messageBase(tx, reward, `refused:${now}`)
    if (to) {
      const values = (words: Words) => ({ ...to.values(words), reason: input.reason })
      // The reason is about the friend's job, even in the advocate's message.
      const mentions = (await originOf(tx, reward)).friendContactIds
      await queueMessage(tx, { ...to.message, mentions, template: 'reward_refused', values })
    }
    return true
  })
}

/**
 * Marks a custom reward as delivered or a discount code as used. Throws not_found, or reward_settled for credit, which
 * is redeemed when it is used, and for a reward that isn't issued.
 */
export function fulfillReward(ctx: Ctx, id: string): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const { contactId, kind } = await getReward(tx, id)
    if (kinds[kind].isBalance) throw new AppError('reward_settled')
    const now = tx.clock()
    const [fulfilled] = await tx.db
      .update(rewards)
      .set({ status: 'redeemed', redeemedAt: now, decidedBy: actorKey(tx.actor), decidedAt: now, updatedAt: now })
      .where(and(ofOrganization(tx, id), eq(rewards.status, 'issued')))
      .returning({ id: rewards.id })
    if (!fulfilled) throw new AppError('reward_settled')
    await finishDelivery(tx, id)
    await writeAudit(tx, { action: 'reward.fulfilled', subjectId: id })
    await recordEvent(tx, 'reward.redeemed', { rewardId: id, contactId })
    return getReward(tx, id)
  })
}

const ofOrganization = (tx: Ctx, id: string) => and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id))

const pending = (tx: Ctx, id: string) => and(ofOrganization(tx, id), eq(rewards.status, 'pending'))

function forEach(ctx: Ctx, ids: string[], decide: (tx: Ctx, id: string) => Promise<boolean>): Promise<Decided> {
  return transaction(ctx, async (tx) => {
    const distinct = [...new Set(ids)]
    let done = 0
    for (const id of distinct) {
      await getReward(tx, id)
      if (await decide(tx, id)) done += 1
    }
    return { done, skipped: distinct.length - done }
  })
}
