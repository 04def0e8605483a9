import { issueReward, reverseSpentReward } from '@goodword/domain'
import type { Ctx } from '../../../../shared/context.ts'
import { balanceIn, lastTransferOf, postEntries, postingsOf } from '../../ledger/ledger.ts'
import { cancelDelivery, isInHand, startDelivery } from '../deliveries.ts'
import { markUsedRewards } from '../redemption.ts'
import { entryOf, markIssued, type Reward } from '../reward.ts'
import type { RewardKind } from './rewardKind.ts'

/** A gift card, delivered by staff or by a provider. It is issued once somebody has it. */
export const giftCard: RewardKind = {
  describe: ({ amount, currency }, words) => words.say('offer.giftCard', { figure: words.money(amount, currency) }),
  isEarned: (amount) => amount > 0,
  isBalance: false,
  waitsFor: 'card',
  invariants: [
    {
      invariant: 'A gift card that is due has a delivery, and one that was issued was delivered.',
      broken: `SELECT w.id, w.status FROM rewards w LEFT JOIN reward_deliveries d ON d.reward_id = w.id WHERE w.kind = 'gift_card'
        AND (w.status = 'pending' AND w.is_delivering AND d.reward_id IS NULL
          OR w.status IN ('issued', 'redeemed') AND d.done_at IS NULL)`,
    },
    {
      invariant: 'A delivery is that of a gift card or a custom reward of its organization and recipient.',
      broken: `SELECT d.reward_id FROM reward_deliveries d LEFT JOIN rewards w ON w.id = d.reward_id
        AND w.organization_id = d.organization_id AND w.contact_id = d.contact_id AND w.kind = d.kind WHERE w.id IS NULL`,
    },
    {
      invariant: 'A gift card that waits for us to order it is in the queue.',
      broken: `SELECT reward_id FROM reward_deliveries WHERE state = 'ordering' AND NOT EXISTS (SELECT 1 FROM queue
        WHERE kind = 'gift_card' AND subject_id = reward_id)`,
    },
  ],
  create: async () => undefined,
  async release(tx, reward) {
    const delivered = await startDelivery(tx, reward, 'gift_card')
    if (!delivered || !(await markIssued(tx, reward))) return null
    const { code, link } = delivered
    return { code: null, card: { code, link } }
  },
  async spent(tx, reward) {
    return reward.status !== 'pending' && (await isInHand(tx, reward.id)) ? reward.amount : 0
  },
  async takeBack(tx, reward) {
    if ((await giftCard.spent(tx, reward)) > 0) await oweBack(tx, reward)
    await cancelDelivery(tx, reward.id)
  },
  async reinstate(tx, reward) {
    const amount = await takenFor(tx, reward)
    if (amount === 0) return
    const step = `kept:${await lastTransferOf(tx, reward.id)}`
    await postEntries(tx, [entryOf(reward.id, step, issueReward({ held: false, ...reward, amount }))])
  },
}

/** Nobody takes a delivered card back, so its amount comes off the credit that the recipient has or gets. */
async function oweBack(tx: Ctx, reward: Reward): Promise<void> {
  const { available } = await balanceIn(tx, reward.contactId, reward.currency)
  const last = (await lastTransferOf(tx, reward.id)) ?? 'first'
  const postings = reverseSpentReward(reward, available)
  await postEntries(
    tx,
    postings.map((posting, n) => entryOf(reward.id, `owed:${last}:${n}`, posting)),
  )
  await markUsedRewards(tx, reward.contactId, reward.currency)
}

/** What the recipient lost for a card that was taken back, and did not get again; minor units. */
async function takenFor(tx: Ctx, reward: Reward): Promise<number> {
  let taken = 0
  for (const { posting } of await postingsOf(tx, reward.id)) {
    if (posting.debit.owner.type === 'contact') taken += posting.amount
    if (posting.credit.owner.type === 'contact') taken -= posting.amount
  }
  return taken
}
