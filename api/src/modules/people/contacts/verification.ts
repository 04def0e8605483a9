import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { contactAddresses } from './contacts.table.ts'

/** Who vouches for an address: a stranger typed it, staff entered it, or its owner opened a link sent to it. */
export type Proof = 'stranger' | 'staff' | 'owner'

/**
 * The addresses of a contact are either all a stranger's word or all vouched for: the moment somebody vouches for one, the
 * others fall away. They stay in the referral as submitted, and prove nothing.
 */
export const dropUnverified = (tx: Ctx, contactId: string) =>
  tx.db.delete(contactAddresses).where(unverifiedOf(tx, contactId))

export const unverifiedOf = (tx: Ctx, contactId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.proof, 'stranger'),
  )
