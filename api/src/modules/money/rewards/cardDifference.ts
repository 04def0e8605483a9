import { issueReward, reverseSpentReward } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { balanceIn, lastTransferOf, postEntries, postingsOf } from '../ledger/ledger.ts'
import { type Delivery, findDelivery, isDelivered } from './deliveries.ts'
import { markUsedRewards } from './redemption.ts'
import { entryOf, type Reward } from './reward.ts'

/**
 * Whoever has a card has all that it is worth, whatever became of its reward since. The difference is in the ledger: owed back if the
 * reward is worth less, credit if it is worth more. Of a card that nobody has, nothing is. Posts what is missing, so it may be called
 * as often as one likes.
 */
export async function settleDifference(tx: Ctx, reward: Reward): Promise<void> {
  const delivery = await findDelivery(tx, reward.id)
  const change = differenceOf(reward, delivery) - (await postedFor(tx, reward))
  if (change === 0) return
  const { contactId, currency } = reward
  const part = { ...reward, amount: Math.abs(change) }
  const { available } = await balanceIn(tx, contactId, currency)
  const postings = change > 0 ? [issueReward({ held: false, ...part })] : reverseSpentReward(part, available)
  const step = `difference:${(await lastTransferOf(tx, reward.id)) ?? 'first'}`
  const entries = postings.map((posting, n) => entryOf(reward.id, `${step}:${n}`, posting))
  const setOffs = await postEntries(tx, entries)
  await markUsedRewards(tx, contactId, currency)
  for (const setOff of setOffs) await markUsedRewards(tx, setOff.contactId, setOff.currency)
}

/** What the reward is worth more than the card that its recipient has; below zero for less. */
function differenceOf({ status, amount }: Reward, delivery: Delivery | undefined): number {
  if (!delivery || !isDelivered(delivery)) return 0
  return (status === 'voided' ? 0 : amount) - (delivery.cardAmount ?? amount)
}

/** What its recipient got for the reward in the ledger, less what was taken from them. */
async function postedFor(tx: Ctx, reward: Reward): Promise<number> {
  let got = 0
  for (const { posting } of await postingsOf(tx, reward.id)) {
    if (posting.credit.owner.type === 'contact') got += posting.amount
    if (posting.debit.owner.type === 'contact') got -= posting.amount
  }
  return got
}
