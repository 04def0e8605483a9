import { erasedName } from '../../people/contacts/erasedName.ts'
import type { Submitted } from './referrals.table.ts'

/** Whether what was submitted about the friend is gone: with their contact, or by their own link for this referral alone. */
export const isErased = (submitted: Submitted): boolean => submitted.name === erasedName
