/** What an advocate may request credit to be used for (SPEC §6). */
export const creditUses = ['next_invoice', 'discount_code', 'payout'] as const
export type CreditUse = (typeof creditUses)[number]
export const creditRequestStates = ['open', 'done', 'refused', 'withdrawn'] as const
