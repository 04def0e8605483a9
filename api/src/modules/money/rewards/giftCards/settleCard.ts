import { type CardState, cardSentence, formatMoney, type ProviderTrouble } from '@goodword/domain'
import type { Ctx } from '../../../../shared/context.ts'
import { settleDifference } from '../cardDifference.ts'
import { noteCashGiven } from '../cashNotices.ts'
import { changeDelivery, type Delivery, enqueueCard, findDelivery } from '../deliveries.ts'
import { notifyCard } from '../release.ts'
import { markIssued, type Reward } from '../reward.ts'
import { getReward } from '../rewards.ts'
import { notifyStaff } from '../staffNotices.ts'
import type { Step, Taken } from './step.ts'

/** Records what a step led to; null if the provider did not answer in hours. */
export async function settleCard(tx: Ctx, step: Step, taken: Taken | null): Promise<void> {
  const { rewardId } = step
  const delivery = await findDelivery(tx, rewardId)
  if (!delivery) return
  const card = taken?.card ?? unanswered(delivery)
  const known: { orderId?: string; cardId?: string } =
    card.state === 'issued' || card.state === 'undelivered' || card.state === 'pending' ? card : {}
  const isSent = delivery.doneAt === null || step.action === 'resend'
  const isHere = card.state === 'issued' && delivery.state !== 'canceled' && isSent
  await changeDelivery(tx, rewardId, {
    card,
    trouble: null,
    ...(isHere ? { doneAt: tx.clock() } : {}),
    ...(known.orderId === undefined ? {} : { providerOrder: known.orderId }),
    ...(known.cardId === undefined ? {} : { providerCard: known.cardId }),
    ...(taken?.link ? { link: taken.link } : {}),
    ...(delivery.state === 'canceled' ? {} : { state: stateAfter(delivery, card) }),
  })
  const reward = await getReward(tx, rewardId)
  // A card that came back or was canceled is no longer owed back, and one may be worth more than its reward by now.
  await settleDifference(tx, reward)
  if (isHere) await noteCashGiven(tx, reward)
  if (delivery.state === 'canceled') return settleCanceled(tx, step, { delivery, reward, card })
  if (card.state === 'issued') return settleIssued(tx, { delivery, reward, card, link: taken?.link ?? null })
  if (stateAfter(delivery, card) === 'to_do') await notifyProblem(tx, { delivery, reward, card })
}

/** A try came to nothing and is made again. Staff see why meanwhile. */
export const noteTrouble = (tx: Ctx, { rewardId }: Step, trouble: ProviderTrouble): Promise<void> =>
  changeDelivery(tx, rewardId, { trouble })

/** What was known before still holds. Whether a card was bought is only unknown before the first answer. */
const unanswered = ({ card }: Delivery): CardState =>
  card === null || card.state === 'rejected' || card.state === 'failed'
    ? { state: 'rejected', because: 'no_answer' }
    : card

function stateAfter({ way }: Delivery, card: CardState): Delivery['state'] {
  if (card.state === 'pending') return 'waiting'
  if (card.state !== 'issued') return 'to_do'
  return way === 'email' && card.delivery === 'pending' ? 'waiting' : 'done'
}

type Settled = { delivery: Delivery; reward: Reward; card: CardState }

async function settleIssued(
  tx: Ctx,
  { delivery, reward, card, link }: Settled & { link: string | null },
): Promise<void> {
  const { attempt, cardAmount, doneAt } = delivery
  const more = (cardAmount ?? reward.amount) - reward.amount
  if (doneAt === null && more > 0) {
    const part = formatMoney(more, reward.currency)
    const sentence = `The card was ordered before its reward was made smaller. ${part} of it is owed back.`
    await notifyProblem(tx, { delivery, reward, card }, sentence)
  }
  if (await markIssued(tx, reward)) await notifyCard(tx, reward, `card:${attempt}`, { code: null, link })
}

/** The reward was taken back while we talked to the provider, or before. */
async function settleCanceled(tx: Ctx, { action }: Step, settled: Settled): Promise<void> {
  const { card, delivery } = settled
  if (action !== 'cancel') return enqueueCard(tx, delivery.rewardId)
  if (card.state === 'issued' || card.state === 'undelivered') await notifyProblem(tx, settled, notTakenBack)
}

const notTakenBack = 'The reward was taken back, but the provider does not cancel its card. Check it there.'

async function notifyProblem(
  tx: Ctx,
  { delivery, reward, card }: Settled,
  sentence = cardSentence(card),
): Promise<void> {
  const why = 'because' in card ? card.because : card.state
  const cause = `reward:${reward.id}:card:${delivery.attempt}:${delivery.state}:${why}`
  await notifyStaff(tx, cause, ({ say }) => ({
    subject: say('staff.delivery.subject', { amount: formatMoney(reward.amount, reward.currency) }),
    sentence,
    open: say('staff.delivery.open'),
    url: `${tx.config.publicUrl}/console/rewards?tab=to_deliver`,
  }))
}
