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
]
