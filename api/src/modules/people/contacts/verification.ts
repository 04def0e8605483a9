import { and, eq } from 'drizzle-orm'
import type { Ctx, DroppedAddresses } from '../../../shared/context.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { contactAddresses } from './contacts.table.ts'

/** How an address was verified: not at all (typed by a stranger), by staff, or by its owner through a link. */
export type Verification = 'stranger' | 'staff' | 'owner'

/**
 * A contact's addresses are either all unverified or all verified: as soon as one is verified, the others are dropped.
 * The referral keeps them as submitted, but they verify nothing.
 */
export async function dropUnverified(tx: Ctx, contactId: string): Promise<void> {
  const dropped = await tx.db
    .delete(contactAddresses)
    .where(unverifiedOf(tx, contactId))
    .returning({ kind: contactAddresses.kind, value: contactAddresses.value })
  await afterDropping(tx, { contactId, dropped })
}

/** What somebody else submitted with a dropped address was linked to this contact only by it. */
export async function afterDropping(tx: Ctx, addresses: DroppedAddresses): Promise<void> {
  if (addresses.dropped.length === 0) return
  searchChanged(tx, 'contact', addresses.contactId)
  for (const { contact } of tx.modules) await contact?.separate?.(tx, addresses)
}

export const unverifiedOf = (tx: Ctx, contactId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.proof, 'stranger'),
  )
