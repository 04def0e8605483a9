/** What an advocate may request credit to be used for (SPEC §6). */
export const creditUses = ['next_invoice', 'discount_code', 'payout'] as const
export type CreditUse = (typeof creditUses)[number]
/** How credit is paid out in money. */
export const payoutMethods = ['bank_transfer', 'check', 'cash', 'card', 'other'] as const
export type PayoutMethod = (typeof payoutMethods)[number]

export const creditRequestStates = ['open', 'done', 'refused', 'withdrawn'] as const
