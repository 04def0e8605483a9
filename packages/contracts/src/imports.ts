/** What a file from another tool can hold. */
export const importKinds = ['advocates', 'referrals', 'opening_balances'] as const
export type ImportKind = (typeof importKinds)[number]
