import { erasedName } from '../../people/contacts/erasedName.ts'
import type { Submitted } from './referrals.table.ts'

/**
 * Whether the friend's submitted data was erased, either with their contact or through their link for this referral
 * alone.
 */
export const isErased = (submitted: Submitted): boolean => submitted.name === erasedName
