import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { contactAddresses } from './contacts.table.ts'

/** How an address was verified: not at all (typed by a stranger), by staff, or by its owner through a link. */
export type Verification = 'stranger' | 'staff' | 'owner'

/**
 * A contact's addresses are either all unverified or all verified: as soon as one is verified, the others are dropped.
 * The referral keeps them as submitted, but they verify nothing.
 */
export const dropUnverified = (tx: Ctx, contactId: string) =>
  tx.db.delete(contactAddresses).where(unverifiedOf(tx, contactId))

export const unverifiedOf = (tx: Ctx, contactId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.proof, 'stranger'),
  )
