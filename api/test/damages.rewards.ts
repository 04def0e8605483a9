/** Terms of a side whose gift cards staff deliver. */
export const cardByHand = { kind: 'gift_card', value: { type: 'fixed', amount: 2_500 }, delivery: 'hand' } as const

/** Damage to discount codes and deliveries, and the invariant it breaks. */
export const rewardDamages: { invariant: string; by: string[] }[] = [
  {
    invariant:
      'The discount codes of a campaign are counted: those in the pool, those that were given, and those that are over.',
    by: ['UPDATE discount_code_counts SET left_count = left_count + 1'],
  },
  {
    invariant: 'A discount code that is over has a last day, and nobody has it.',
    by: ['UPDATE discount_codes SET over_at = 1'],
  },
  {
    invariant: 'Every discount code has its key, and of two with the same one the later one has its id after it.',
    by: ["UPDATE discount_codes SET code_key = 'OTHER' WHERE id = (SELECT min(id) FROM discount_codes)"],
  },
  {
    invariant: 'A payout is a redemption and has its day. Nothing else has a day, a method or a reference.',
    by: ["UPDATE credit_entries SET paid_on = '2026-11-30' WHERE NOT is_payout"],
  },
  {
    invariant: 'A custom reward that was issued and not given is to be delivered.',
    by: ["UPDATE rewards SET kind = 'custom' WHERE status = 'issued'"],
  },
  {
    invariant: 'A gift card that is due has a delivery, and one that was issued was delivered.',
    by: ["UPDATE rewards SET kind = 'gift_card' WHERE status = 'issued'"],
  },
  {
    invariant: 'A delivery is that of a gift card or a custom reward of its organization and recipient.',
    by: ["UPDATE reward_deliveries SET kind = 'custom' WHERE kind = 'gift_card'"],
  },
  {
    invariant: 'Of a delivered gift card, what its reward is worth more or less than the card is in the ledger.',
    by: ["UPDATE reward_deliveries SET card_amount = 1, done_at = 1 WHERE kind = 'gift_card'"],
  },
  {
    invariant: 'A gift card that waits for us to order it is in the queue.',
    by: ["UPDATE reward_deliveries SET state = 'ordering'", "DELETE FROM queue WHERE kind = 'gift_card'"],
  },
]
