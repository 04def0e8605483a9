import type { AddAddress } from '@goodword/contracts'
import { canonicalEmail } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { writeAudit } from './contacts.audit.ts'
import { contactAddresses } from './contacts.table.ts'
import {
  type AddressRow,
  addressesOf,
  type ContactRow,
  contactIdByAddress,
  describePerson,
  getActiveContact,
  getContact,
  type PersonDescription,
} from './contacts.ts'
import { flagSimilarEmails } from './duplicates.ts'
import { afterDropping, dropUnverified, unverifiedOf } from './verification.ts'

const addRow = preparedInsert(contactAddresses)

/**
 * Adds an email address or phone number that staff entered, which verifies it and drops unverified ones. Throws
 * phone_invalid, and address_taken with the contact that has it.
 */
export async function addAddress(ctx: Ctx, contactId: string, input: AddAddress): Promise<ContactRow> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const typed = describePerson(organization.country, { name: '', [input.kind]: input.value }, 'value')
  const value = typed[input.kind] ?? ''
  return transaction(ctx, async (tx) => {
    const contact = await getActiveContact(tx, contactId)
    const owner = await contactIdByAddress(tx, input.kind, value)
    if (owner && owner.id !== contact.id) {
      const message = `${owner.name} has this ${input.kind === 'email' ? 'address' : 'number'}.`
      throw new AppError('address_taken', {
        existingId: owner.id,
        detail: `${message} Merge the two when they are one person.`,
        errors: [{ path: 'value', message }],
      })
    }
    const known = (await addressesOf(tx, contactId)).find((one) => one.kind === input.kind && one.value === value)
    if (known) return markVerified(tx, contactId, known.id)
    await dropUnverified(tx, contactId)
    const id = tx.newId('contactAddress')
    await addRow(tx.db, {
      id,
      organizationId: tx.organizationId,
      contactId,
      kind: input.kind,
      value,
      canonical: input.kind === 'email' ? canonicalEmail(value) : null,
      proof: 'staff',
      createdAt: tx.clock(),
      undeliverable: null,
    })
    searchChanged(tx, 'contact', contactId)
    if (input.kind === 'email') await flagSimilarEmails(tx, contactId, value)
    await writeAudit(tx, { action: 'contact.address_added', subjectId: contactId, data: { addressId: id } })
    return getContact(tx, contactId)
  })
}

/** Marks an address a stranger typed as verified by staff. Drops the unverified ones. */
export const confirmAddress = (ctx: Ctx, contactId: string, addressId: string): Promise<ContactRow> =>
  transaction(ctx, async (tx) => {
    await getActiveContact(tx, contactId)
    await getAddress(tx, contactId, addressId)
    return markVerified(tx, contactId, addressId)
  })

/** Removes an address. Throws last_address if it is the contact's only one. */
export const removeAddress = (ctx: Ctx, contactId: string, addressId: string): Promise<ContactRow> =>
  transaction(ctx, async (tx) => {
    await getActiveContact(tx, contactId)
    await getAddress(tx, contactId, addressId)
    if ((await addressesOf(tx, contactId)).length === 1) throw new AppError('last_address')
    await tx.db.delete(contactAddresses).where(named(tx, contactId, addressId))
    searchChanged(tx, 'contact', contactId)
    await writeAudit(tx, { action: 'contact.address_removed', subjectId: contactId, data: { addressId } })
    return getContact(tx, contactId)
  })

/**
 * An unverified contact keeps only the addresses in the converted referral, so that nobody who typed another address
 * shares what it earned. Converting verifies none of them, because one form can contain addresses of two people.
 */
export async function keepSubmittedAddresses(
  tx: Ctx,
  contactId: string,
  person: PersonDescription,
  addresses: AddressRow[],
): Promise<void> {
  const named = addresses.filter(({ kind, value }) => value === person[kind])
  if (named.length === 0 || addresses.some((address) => address.proof !== 'stranger')) return
  const dropped = addresses.filter((address) => !named.includes(address))
  for (const { id } of dropped) {
    await tx.db.delete(contactAddresses).where(and(unverifiedOf(tx, contactId), eq(contactAddresses.id, id)))
  }
  await afterDropping(tx, { contactId, dropped })
}

async function markVerified(tx: Ctx, contactId: string, addressId: string): Promise<ContactRow> {
  await tx.db
    .update(contactAddresses)
    .set({ proof: 'staff' })
    .where(and(named(tx, contactId, addressId), eq(contactAddresses.proof, 'stranger')))
  await dropUnverified(tx, contactId)
  await writeAudit(tx, { action: 'contact.address_confirmed', subjectId: contactId, data: { addressId } })
  return getContact(tx, contactId)
}

async function getAddress(tx: Ctx, contactId: string, addressId: string): Promise<void> {
  const found = (await addressesOf(tx, contactId)).some(({ id }) => id === addressId)
  if (!found) throw new AppError('not_found')
}

const named = (tx: Ctx, contactId: string, addressId: string) =>
  and(
    eq(contactAddresses.organizationId, tx.organizationId),
    eq(contactAddresses.contactId, contactId),
    eq(contactAddresses.id, addressId),
  )
