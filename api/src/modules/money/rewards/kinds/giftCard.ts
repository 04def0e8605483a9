import { settleDifference } from '../cardDifference.ts'
import { cancelDelivery, isInHand, startDelivery } from '../deliveries.ts'
import { markIssued } from '../reward.ts'
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
    {
      invariant: 'Of a delivered gift card, what its reward is worth more or less than the card is in the ledger.',
      broken: `SELECT w.id, w.status, w.amount, d.card_amount FROM rewards w JOIN reward_deliveries d ON d.reward_id = w.id
        WHERE w.kind = 'gift_card' AND (SELECT coalesce(sum(CASE WHEN c.owner_type = 'contact' THEN t.amount ELSE 0 END
            - CASE WHEN a.owner_type = 'contact' THEN t.amount ELSE 0 END), 0)
          FROM ledger_transfers t JOIN ledger_accounts a ON a.id = t.debit_account_id JOIN ledger_accounts c ON c.id = t.credit_account_id
          WHERE t.refers_to_type = 'reward' AND t.refers_to_id = w.id)
        <> CASE WHEN d.done_at IS NULL OR d.card ->> 'state' IN ('undelivered', 'failed') THEN 0
          WHEN w.status = 'voided' THEN -d.card_amount ELSE w.amount - d.card_amount END`,
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
    // A card that nobody has yet is canceled; one that somebody has is owed back.
    await settleDifference(tx, { ...reward, status: 'voided' })
    await cancelDelivery(tx, reward.id)
  },
  adjust: {
    // What somebody has can't be made smaller, so the difference is owed back.
    owed: async (ctx, reward, less) => ((await isInHand(ctx, reward.id)) ? less : 0),
    change: (tx, reward, { amount }) => settleDifference(tx, { ...reward, amount }),
  },
  reinstate: (tx, reward) => settleDifference(tx, { ...reward, status: 'pending' }),
}
