import type { PortalAccount } from '@goodword/contracts'
import { canonicalEmail, isPersonName } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { contactAddresses, contacts } from './contacts.table.ts'
import { addressesOf, getContact } from './contacts.ts'

export type OwnChanges = {
  name?: string | undefined
  sharesName?: boolean | undefined
  notify?: PortalAccount['notify'] | undefined
  language?: PortalAccount['language'] | undefined
}

/** Updates what a person changed about themselves; absent fields stay. Throws not_found. */
export async function changeOwnContact(tx: Ctx, contactId: string, changes: OwnChanges): Promise<void> {
  const contact = { ...(await getContact(tx, contactId)), ...definedOnly(changes) }
  const { name, sharesName, notify, language } = contact
  const leaderboardSince = isPersonName(name) ? contact.leaderboardSince : null
  await tx.db
    .update(contacts)
    .set({ name, sharesName, notify, language, leaderboardSince })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, contactId)))
  if (changes.name !== undefined) searchChanged(tx, 'contact', contactId)
}

/**
 * Lists a contact on the public leaderboard, or takes them off it. Their name is all that is shown of them, so it must be
 * one. Throws not_found, leaderboard_needs_name.
 */
export async function changeLeaderboardChoice(tx: Ctx, contactId: string, listed: boolean): Promise<void> {
  const contact = await getContact(tx, contactId)
  if (listed && !isPersonName(contact.name)) throw new AppError('leaderboard_needs_name')
  await tx.db
    .update(contacts)
    .set({ leaderboardSince: listed ? (contact.leaderboardSince ?? tx.clock()) : null })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, contactId)))
}

const definedOnly = (changes: OwnChanges) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))

/**
 * Adds an address its owner verified. If the contact already has it, it is now verified. Throws not_found,
 * address_taken.
 */
export async function addOwnAddress(
  tx: Ctx,
  contactId: string,
  { kind, value }: { kind: 'email' | 'phone'; value: string },
): Promise<void> {
  await getContact(tx, contactId)
  const [known] = await tx.db
    .select({ id: contactAddresses.id, contactId: contactAddresses.contactId })
    .from(contactAddresses)
    .where(
      and(
        eq(contactAddresses.organizationId, tx.organizationId),
        eq(contactAddresses.kind, kind),
        eq(contactAddresses.value, value),
      ),
    )
  if (known && known.contactId !== contactId) {
    throw new AppError('address_taken', { detail: 'Ask the business to put your two records together.' })
  }
  if (known) {
    await tx.db
      .update(contactAddresses)
      .set({ proof: 'owner' })
      .where(ownRow(tx, contactId, known.id))
    return
  }
  await tx.db.insert(contactAddresses).values({
    id: tx.newId('contactAddress'),
    organizationId: tx.organizationId,
    contactId,
    kind,
    value,
    canonical: kind === 'email' ? canonicalEmail(value) : null,
    proof: 'owner',
    createdAt: tx.clock(),
  })
  searchChanged(tx, 'contact', contactId)
}

/** Removes an address of a contact; at least one stays. Throws not_found, last_address. */
export async function removeOwnAddress(tx: Ctx, contactId: string, addressId: string): Promise<void> {
  const addresses = await addressesOf(tx, contactId)
  if (!addresses.some(({ id }) => id === addressId)) throw new AppError('not_found')
  if (addresses.length === 1) {
    throw new AppError('last_address', { detail: 'Add another one before you remove it.' })
  }
  await tx.db.delete(contactAddresses).where(ownRow(tx, contactId, addressId))
  searchChanged(tx, 'contact', contactId)
}

const ownRow = (tx: Ctx, contactId: string, addressId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.id, addressId),
  )
