import type { ChangeDelivery, DeliverReward, RetryDelivery } from '@goodword/contracts'
import { nextAttempt } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { fulfillReward } from './approvals.ts'
import { settleDifference } from './cardDifference.ts'
import { noteCashGiven } from './cashNotices.ts'
import { allowAnyCard, askedNothing, changeDelivery, type Delivery, findDelivery } from './deliveries.ts'
import { notifyCard } from './release.ts'
import { markIssued, type Reward } from './reward.ts'
import { writeAudit } from './rewards.audit.ts'
import { getReward } from './rewards.ts'

/**
 * Staff have delivered a reward themselves: a custom one, or a gift card by its code or link, which the recipient gets by
 * message and in the portal. Throws not_found, delivery_running while the provider works on it, or delivery_closed.
 */
export function deliverReward(ctx: Ctx, id: string, { code, link }: DeliverReward): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const { reward, delivery } = await openDelivery(tx, id)
    if (delivery.kind === 'custom') return fulfillReward(tx, id)
    if (code === undefined && link === undefined) {
      const message = 'Enter the code or the link of the card.'
      throw new AppError('validation_failed', { detail: message, errors: [{ path: 'code', message }] })
    }
    const content = { code: code ?? null, link: link ?? null }
    const { amount: cardAmount } = reward
    // A card of the provider that came back is not theirs.
    const done = { way: 'hand', state: 'done', doneAt: tx.clock(), card: null, cardAmount } as const
    await changeDelivery(tx, id, { ...content, ...done })
    await settleDifference(tx, reward)
    await writeAudit(tx, { action: 'reward.delivered', subjectId: id, data: { amount: reward.amount } })
    if (await markIssued(tx, reward)) await notifyCard(tx, reward, 'card', content)
    await noteCashGiven(tx, reward)
    return getReward(tx, id)
  })
}

/**
 * Asks the provider again, under the same order id unless the last order failed there, and for another email address if one is
 * given. If a card that they may choose is sold no longer, they may choose any. Throws not_found, delivery_running, delivery_closed, or delivery_by_hand.
 */
export function retryDelivery(ctx: Ctx, id: string, { email }: RetryDelivery): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const { reward, delivery } = await openDelivery(tx, id)
    const { way, attempt, card, cardAmount } = delivery
    if (way === 'hand') throw new AppError('delivery_by_hand')
    const isNew = card === null || card.state === 'failed' || card.state === 'rejected'
    // Without an answer, the provider may have taken the order, so its amount stays.
    const isUnknown = card?.state === 'rejected' && card.because === 'no_answer'
    await changeDelivery(tx, id, {
      state: 'ordering',
      attempt: card ? nextAttempt(attempt, card) : attempt,
      // What never became an order may be ordered for somebody's other address.
      ...(isNew ? { ...askedNothing, card: null, ...(isUnknown ? { cardAmount } : {}) } : {}),
      ...(email === undefined ? {} : { askedEmail: email }),
    })
    const isAnyCard = card?.state === 'rejected' && card.because === 'product_gone'
    if (isAnyCard) await allowAnyCard(tx, id)
    await writeAudit(tx, {
      action: 'reward.delivery_retried',
      subjectId: id,
      ...(isAnyCard ? { data: { anyCard: true } } : {}),
    })
    return reward
  })
}

/** Sets the day until which staff want to deliver a reward. Throws not_found, delivery_running or delivery_closed. */
export function changeDeliveryDay(ctx: Ctx, id: string, { dueOn }: ChangeDelivery): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const { reward } = await openDelivery(tx, id)
    await changeDelivery(tx, id, { dueOn })
    await writeAudit(tx, { action: 'reward.delivery_dated', subjectId: id, data: { dueOn } })
    return reward
  })
}

/** A delivery that waits for staff. */
async function openDelivery(tx: Ctx, id: string): Promise<{ reward: Reward; delivery: Delivery }> {
  const reward = await getReward(tx, id)
  const delivery = await findDelivery(tx, id)
  if (!delivery || reward.status === 'voided' || delivery.state === 'done' || delivery.state === 'canceled')
    throw new AppError('delivery_closed')
  if (delivery.state !== 'to_do') throw new AppError('delivery_running')
  return { reward, delivery }
}
