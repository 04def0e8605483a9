import { and, eq, inArray } from 'drizzle-orm'
import type { ContactPart, Ctx, Merge } from '../../../shared/context.ts'
import { suppress } from '../../platform/messages/suppressions.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { contactAddresses, contacts, textConsents } from './contacts.table.ts'
import { addressesOf, getActiveContact } from './contacts.ts'
import { eraseDuplicates, moveDuplicates } from './duplicates.ts'
import { erasedName } from './erasedName.ts'

type Contact = Awaited<ReturnType<typeof getActiveContact>>
type Address = Awaited<ReturnType<typeof addressesOf>>[number]
type PlannedAddress = { address: Address; of: 'kept' | 'other'; falls: boolean; confirmed: boolean }

export const contactRows: ContactPart = {
  tables: ['contacts', 'contact_addresses', 'contact_duplicates', 'text_consents'],

  async previewMerge(ctx, merge) {
    const addresses = await planAddresses(ctx, merge)
    return {
      addresses: addresses.map(({ address, of, falls }) => ({
        id: address.id,
        kind: address.kind,
        value: address.value,
        of,
        unvouched: address.proof === 'stranger',
        falls,
      })),
    }
  },

  async move(tx, merge) {
    const [into, from] = [await getActiveContact(tx, merge.into.id), await getActiveContact(tx, merge.from.id)]
    await moveAddresses(tx, merge)
    await moveDuplicates(tx, from.id, into.id)
    await tx.db
      .update(textConsents)
      .set({ contactId: into.id })
      .where(and(eq(textConsents.organizationId, tx.organizationId), eq(textConsents.contactId, from.id)))
    await joinProfiles(tx, into, from)
    searchChanged(tx, 'contact', into.id, from.id)
  },

  /** Keyed hashes of the addresses stay, so that the person never gets program messages again. */
  async erase(tx, { contactId }) {
    const mine = and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, contactId))
    for (const { kind, value } of await addressesOf(tx, contactId))
      await suppress(tx, { channel: kind === 'email' ? 'email' : 'sms', to: value }, 'erased')
    await eraseDuplicates(tx, contactId)
    await tx.db
      .delete(textConsents)
      .where(and(eq(textConsents.organizationId, tx.organizationId), eq(textConsents.contactId, contactId)))
    await tx.db
      .delete(contactAddresses)
      .where(and(eq(contactAddresses.organizationId, tx.organizationId), eq(contactAddresses.contactId, contactId)))
    await tx.db
      .update(contacts)
      .set({
        name: erasedName,
        customerSince: null,
        sharesName: false,
        notify: 'none',
        language: 'en',
        leaderboardSince: null,
        erasedAt: tx.clock(),
      })
      .where(mine)
    searchChanged(tx, 'contact', contactId)
  },
}

/**
 * A contact's addresses are either all unverified or all verified. Once an address of either contact is verified, or
 * staff confirm one, the unverified ones are dropped. While none is verified, only those of the kept contact stay.
 */
async function planAddresses(ctx: Ctx, { from, into, confirm }: Merge): Promise<PlannedAddress[]> {
  const all = [
    ...(await addressesOf(ctx, into.id)).map((address) => ({ address, of: 'kept' as const })),
    ...(await addressesOf(ctx, from.id)).map((address) => ({ address, of: 'other' as const })),
  ]
  const verified = ({ address }: { address: Address }) => address.proof !== 'stranger' || confirm.includes(address.id)
  const strangersOnly = !all.some(verified)
  const haveOwn = all.some(({ of }) => of === 'kept')
  return all.map((one) => {
    const falls = strangersOnly ? haveOwn && one.of === 'other' : !verified(one)
    return { ...one, falls, confirmed: !strangersOnly && !falls && one.address.proof === 'stranger' }
  })
}

async function moveAddresses(tx: Ctx, merge: Merge): Promise<void> {
  const addresses = await planAddresses(tx, merge)
  const idsOf = (chosen: (one: PlannedAddress) => boolean) => addresses.filter(chosen).map(({ address }) => address.id)
  const those = (ids: string[]) =>
    and(eq(contactAddresses.organizationId, tx.organizationId), inArray(contactAddresses.id, ids))
  await tx.db.delete(contactAddresses).where(those(idsOf(({ falls }) => falls)))
  await tx.db
    .update(contactAddresses)
    .set({ contactId: merge.into.id })
    .where(those(idsOf(({ falls }) => !falls)))
  await tx.db
    .update(contactAddresses)
    .set({ proof: 'staff' })
    .where(those(idsOf(({ confirmed }) => confirmed)))
}

const strictest = (one: Contact['notify'], two: Contact['notify']): Contact['notify'] =>
  [one, two].includes('none') ? 'none' : [one, two].includes('rewards') ? 'rewards' : 'all'

/** Keeps the earlier customer date, and the stricter of two message preferences. */
async function joinProfiles(tx: Ctx, kept: Contact, other: Contact): Promise<void> {
  const since = [kept.customerSince, other.customerSince].filter((at) => at !== null)
  const mine = (id: string) => and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, id))
  await tx.db
    .update(contacts)
    .set({
      customerSince: since.length === 0 ? null : Math.min(...since),
      sharesName: kept.sharesName && other.sharesName,
      notify: strictest(kept.notify, other.notify),
    })
    .where(mine(kept.id))
  await tx.db.update(contacts).set({ mergedInto: kept.id }).where(mine(other.id))
  await tx.db
    .update(contacts)
    .set({ mergedInto: kept.id })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.mergedInto, other.id)))
}
