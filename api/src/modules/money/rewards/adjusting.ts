import { Currency } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { isAdjusted, recordAdjustment } from './adjustments.ts'
import { describeReward, kinds } from './kinds/kinds.ts'
import { reinstate } from './reinstate.ts'
import { messageBase } from './release.ts'
import type { Reward } from './reward.ts'
import { writeAudit } from './rewards.audit.ts'
import { getReward } from './rewards.ts'
import { voidOne } from './voiding.ts'

/** What a reward is worth from now on, in minor units; `stands` is false if it is voided. */
export type NewWorth = { amount: number; stands: boolean }

/** What a change does: nothing, another amount, or the end or the return of the whole reward. */
export type Adjusting = { does: 'nothing' | 'change' | 'void' | 'reinstate'; from: number; to: number; owed: number }

/** What is left of a reward. */
export const worthOf = ({ status, amount }: Pick<Reward, 'status' | 'amount'>): number =>
  status === 'voided' ? 0 : amount

/**
 * What changing a reward would do; writes nothing. A reward off its own job is never voided by a change, because its
 * invoice was paid with it. What can't be divided stays, or is voided as a whole.
 */
export async function previewAdjusting(ctx: Ctx, reward: Reward, { amount, stands }: NewWorth): Promise<Adjusting> {
  const from = worthOf(reward)
  const { adjust } = kinds[reward.kind]
  const isDivisible = adjust !== undefined
  if (reward.status === 'voided') {
    if (!stands || (isDivisible && amount === 0)) return { does: 'nothing', from, to: 0, owed: 0 }
    return { does: 'reinstate', from, to: isDivisible ? amount : reward.amount, owed: 0 }
  }
  if (!reward.offThisJob && (!stands || (isDivisible && amount === 0)))
    return { does: 'void', from, to: 0, owed: await kinds[reward.kind].spent(ctx, reward) }
  const to = stands ? amount : 0
  if (!isDivisible || to === from) return { does: 'nothing', from, to: from, owed: 0 }
  return { does: 'change', from, to, owed: to < from ? await adjust.owed(ctx, reward, from - to) : 0 }
}

/**
 * Changes what a reward is worth by compensating transfers, once for each `key`. Used credit becomes owed if
 * `confirmOwed`; otherwise throws credit_spent with the shortfall. Its owner is told if `notify`.
 */
export async function adjustReward(
  tx: Ctx,
  id: string,
  worth: NewWorth,
  { key, reason, confirmOwed, notify }: { key: string; reason: string; confirmOwed: boolean; notify: boolean },
): Promise<Adjusting> {
  const reward = await getReward(tx, id)
  const change = await previewAdjusting(tx, reward, worth)
  if (change.does === 'nothing' || (await isAdjusted(tx, key))) return { ...change, does: 'nothing' }
  if (change.owed > 0 && !confirmOwed)
    throw new AppError('credit_spent', { shortfall: change.owed, currency: Currency.parse(reward.currency) })
  if (change.does === 'void') await voidOne(tx, reward, { reason, decidedBy: actorKey(tx.actor) })
  else await changeAmount(tx, reward, change, { key, reason })
  await writeAudit(tx, {
    action: 'reward.adjusted',
    subjectId: id,
    data: { from: change.from, to: change.to, owed: change.owed },
  })
  if (notify) await notifyAdjusted(tx, reward, change, key)
  return change
}

async function changeAmount(
  tx: Ctx,
  reward: Reward,
  { does, to, owed }: Adjusting,
  { key, reason }: { key: string; reason: string },
): Promise<void> {
  if (does === 'reinstate') await reinstate(tx, reward, reason)
  const current = does === 'reinstate' ? await getReward(tx, reward.id) : reward
  if (current.amount === to) return
  await kinds[current.kind].adjust?.change(tx, current, { amount: to, key })
  await recordAdjustment(tx, current, { to, key, owed })
}

async function notifyAdjusted(tx: Ctx, reward: Reward, { from, to, owed }: Adjusting, key: string): Promise<void> {
  const base = await messageBase(tx, reward, `adjusted:${key}`)
  if (!base) return
  const { currency } = reward
  const worth = (words: Words, amount: number) => describeReward({ ...reward, amount }, words)
  await queueMessage(tx, {
    ...base.message,
    template: 'reward_adjusted',
    values: (words) => ({
      ...base.values(words),
      before: worth(words, from || reward.amount),
      less: to > 0 && to < from ? worth(words, to) : null,
      more: to > from ? worth(words, to) : null,
      ...(owed > 0 ? { owed: words.money(owed, currency) } : {}),
    }),
  })
}
