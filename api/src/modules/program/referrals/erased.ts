import type { Submitted } from './referrals.table.ts'

export const erasedName = 'Erased person'

/** Whether what was submitted about the friend is gone: with their contact, or by their own link for this referral alone. */
export const isErased = (submitted: Submitted): boolean => submitted.name === erasedName
