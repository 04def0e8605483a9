import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { contactAddresses } from './contacts.table.ts'

/** How far an address is verified: a stranger typed it, staff entered it, or its owner opened a link sent to it. */
export type Proof = 'stranger' | 'staff' | 'owner'

/**
 * A contact's addresses are either all unverified or all verified: as soon as one is verified, the others are dropped. They
 * stay in the referral as submitted, and prove nothing.
 */
export const dropUnverified = (tx: Ctx, contactId: string) =>
  tx.db.delete(contactAddresses).where(unverifiedOf(tx, contactId))

export const unverifiedOf = (tx: Ctx, contactId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.proof, 'stranger'),
  )
