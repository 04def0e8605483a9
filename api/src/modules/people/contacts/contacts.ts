import type { FlagReason, Language } from '@goodword/contracts'
import { canonicalEmail, isPersonName, normalizeEmail, sameName, searchTerms } from '@goodword/domain'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { placeholdersOf, prepared, preparedInsert } from '../../../database/prepared.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { searchAdded, searchChanged } from '../../platform/search/changes.ts'
import { personFields } from './contacts.search.queries.ts'
import { contactAddresses, contacts } from './contacts.table.ts'
import { flagSimilarEmails, flagTwoMatches, type MatchedContact } from './duplicates.ts'
import { holdsSeveralPhones, parsePhone } from './phone.ts'
import { type Reach, reachOf } from './reach.ts'
import { dropUnverified, unverifiedOf, type Verification } from './verification.ts'

/** A person as described by someone: normalized email, E.164 phone, and their language if known. */
export type PersonDescription = { name: string; email: string | null; phone: string | null; language?: Language }

/** `other` is the contact matched by phone when the email matches a different one. */
export type ContactMatch = { contact: MatchedContact | null; flags: FlagReason[]; other?: MatchedContact }

export type ContactRow = typeof contacts.$inferSelect
export type AddressRow = typeof contactAddresses.$inferSelect

/** Normalizes what was typed. Without a name, the person is called by their address. Throws phone_invalid, naming the field. */
export function describePerson(
  country: string,
  typed: { name?: string | undefined; email?: string | undefined; phone?: string | undefined },
  field = 'phone',
): PersonDescription {
  const phone = typed.phone ? parsePhone(typed.phone, country) : null
  if (typed.phone && phone === null) {
    const message = holdsSeveralPhones(typed.phone)
      ? 'Enter one phone number.'
      : 'Enter the whole phone number, with + and the country for one abroad.'
    throw new AppError('phone_invalid', { detail: message, errors: [{ path: field, message }] })
  }
  const email = typed.email ? normalizeEmail(typed.email) : null
  return { name: typed.name?.trim() || (email ?? phone ?? ''), email, phone }
}

const addContactRow = preparedInsert(contacts)
const addAddressRow = prepared((db) =>
  db
    .insert(contactAddresses)
    .values(placeholdersOf(contactAddresses))
    .onConflictDoNothing({ target: [contactAddresses.organizationId, contactAddresses.kind, contactAddresses.value] })
    .prepare(),
)

const contactByAddress = prepared((db) =>
  db
    .select({ id: contacts.id, name: contacts.name, customerSince: contacts.customerSince })
    .from(contactAddresses)
    .innerJoin(contacts, eq(contacts.id, contactAddresses.contactId))
    .where(
      and(
        eq(contactAddresses.organizationId, sql.placeholder('organizationId')),
        eq(contactAddresses.kind, sql.placeholder('kind')),
        eq(contactAddresses.value, sql.placeholder('value')),
      ),
    )
    .prepare(),
)

/** The contact that has an address in this organization. */
export const contactIdByAddress = async (ctx: Ctx, kind: AddressRow['kind'], value: string | null) =>
  value === null ? undefined : contactByAddress(ctx.db).get({ organizationId: ctx.organizationId, kind, value })

/**
 * The same person has an equal email or an equal phone. If the two match different contacts, the email decides (SPEC
 * §1).
 */
export async function matchContact(ctx: Ctx, person: PersonDescription): Promise<ContactMatch> {
  const byEmail = await contactIdByAddress(ctx, 'email', person.email)
  const byPhone = await contactIdByAddress(ctx, 'phone', person.phone)
  if (byEmail && byPhone && byEmail.id !== byPhone.id) {
    return { contact: byEmail, flags: ['possible_duplicate'], other: byPhone }
  }
  const otherName = !byEmail && byPhone && isPersonName(person.name) && !sameName(byPhone.name, person.name)
  return { contact: byEmail ?? byPhone ?? null, flags: otherName ? ['same_phone_other_name'] : [] }
}

/**
 * `created` says how a new contact is reached, which need not be read again, and whether somebody else has the same
 * mailbox.
 */
export type FoundContact = ContactMatch & {
  contact: MatchedContact
  created?: { language: string; reach: Reach | null; sharesMailbox: boolean }
}

/**
 * The contact for a description, created if there is none. Details entered by staff are added to the contact; details
 * typed by a stranger are never added to an existing one.
 */
export async function findOrCreateContact(
  tx: Ctx,
  person: PersonDescription,
  proof: Verification,
  match?: ContactMatch,
): Promise<FoundContact> {
  const { contact, flags, other } = match ?? (await matchContact(tx, person))
  if (contact && other) await flagTwoMatches(tx, contact, other)
  if (!contact) {
    const id = tx.newId('contact')
    const language = person.language ?? 'en'
    await addContactRow(tx.db, {
      id,
      organizationId: tx.organizationId,
      name: person.name,
      createdAt: tx.clock(),
      customerSince: null,
      leaderboardSince: null,
      sharesName: true,
      notify: 'all',
      language,
      mergedInto: null,
      erasedAt: null,
      enrollmentCount: 0,
      referredCount: 0,
      duplicateCount: 0,
    })
    const reach = reachOf(await addAddresses(tx, id, person, proof))
    searchAdded(tx, 'contact', id, searchTerms(personFields(person)))
    const sharesMailbox = person.email !== null && (await flagSimilarEmails(tx, id, person.email))
    // Nobody has these addresses, or they would have matched.
    return {
      contact: { id, name: person.name, customerSince: null },
      flags,
      created: { language, reach, sharesMailbox },
    }
  }
  if (proof === 'stranger') return { contact, flags }
  const name = await nameAfterVerification(tx, contact, person)
  await markVerified(tx, contact.id, person, proof)
  searchChanged(tx, 'contact', contact.id)
  return { contact: { ...contact, name }, flags }
}

/** Sets when a contact became a customer. The earliest date stays. */
export async function markCustomer(tx: Ctx, contactId: string, since: number): Promise<void> {
  await customerSince(tx.db).run({ organizationId: tx.organizationId, contactId, since })
}

const customerSince = prepared((db) =>
  db
    .update(contacts)
    .set({ customerSince: sql`${sql.placeholder('since')}` })
    .where(
      and(
        eq(contacts.id, sql.placeholder('contactId')),
        eq(contacts.organizationId, sql.placeholder('organizationId')),
        or(isNull(contacts.customerSince), gt(contacts.customerSince, sql.placeholder('since'))),
      ),
    )
    .prepare(),
)

/** Undoes the date set at `since`; the next conversion that made them a customer takes its place. */
export async function unmarkCustomer(tx: Ctx, contactId: string, since: number, next: number | null): Promise<void> {
  const contact = await getContact(tx, contactId)
  if (contact.customerSince !== since) return
  await tx.db
    .update(contacts)
    .set({ customerSince: next })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, contactId)))
}

const contactById = prepared((db) =>
  db
    .select()
    .from(contacts)
    .where(and(eq(contacts.id, sql.placeholder('id')), eq(contacts.organizationId, sql.placeholder('organizationId'))))
    .prepare(),
)

/** Throws not_found for another organization's contact. */
export async function getContact(ctx: Ctx, id: string): Promise<ContactRow> {
  const contact = await contactById(ctx.db).get({ id, organizationId: ctx.organizationId })
  if (!contact) throw new AppError('not_found')
  return contact
}

/** The contact, or the one it was merged into. */
export async function resolveMerged(ctx: Ctx, id: string): Promise<ContactRow> {
  const contact = await getContact(ctx, id)
  return contact.mergedInto === null ? contact : getContact(ctx, contact.mergedInto)
}

/**
 * Throws contact_gone if the contact was merged (naming its replacement) or erased, because such contacts are never
 * written to.
 */
export async function getActiveContact(ctx: Ctx, id: string): Promise<ContactRow> {
  const contact = await getContact(ctx, id)
  if (contact.mergedInto !== null) throw new AppError('contact_gone', { existingId: contact.mergedInto })
  if (contact.erasedAt !== null) throw new AppError('contact_gone', { detail: 'This contact was erased.' })
  return contact
}

/** The ids of the contacts merged into this one. */
export async function mergedIntoContact(ctx: Ctx, id: string): Promise<string[]> {
  const merged = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.mergedInto, id)))
  return merged.map((row) => row.id)
}

/** The contacts an address may sign in as, in every organization. */
export const verifiedContactsOf = (services: Services, address: { kind: 'email' | 'phone'; value: string }) =>
  services.database.read
    .select({
      organizationId: contactAddresses.organizationId,
      contactId: contactAddresses.contactId,
      addressId: contactAddresses.id,
    })
    .from(contactAddresses)
    .where(and(eq(contactAddresses.kind, address.kind), eq(contactAddresses.value, address.value)))

/**
 * Marks an address as verified because its owner opened a link sent to it. Returns false if the contact no longer has
 * it.
 */
export async function verifyAddress(tx: Ctx, addressId: string): Promise<boolean> {
  const [address] = await tx.db
    .update(contactAddresses)
    .set({ proof: 'owner' })
    .where(and(eq(contactAddresses.organizationId, tx.organizationId), eq(contactAddresses.id, addressId)))
    .returning({ contactId: contactAddresses.contactId })
  if (!address) return false
  await dropUnverified(tx, address.contactId)
  return true
}

const addressesByContact = prepared((db) =>
  db
    .select()
    .from(contactAddresses)
    .where(
      and(
        eq(contactAddresses.contactId, sql.placeholder('contactId')),
        eq(contactAddresses.organizationId, sql.placeholder('organizationId')),
      ),
    )
    .orderBy(contactAddresses.createdAt, contactAddresses.id)
    .prepare(),
)

/** Where messages to a contact go: the email first, then the phone; null without an address. */
export const addressFor = async (ctx: Ctx, contactId: string): Promise<Reach | null> =>
  reachOf(await addressesOf(ctx, contactId))

/** The addresses of a contact, oldest first. */
export const addressesOf = (ctx: Ctx, contactId: string): Promise<AddressRow[]> =>
  addressesByContact(ctx.db).all({ contactId, organizationId: ctx.organizationId })

const addressRows = (person: PersonDescription) => [
  ...(person.email ? [{ kind: 'email' as const, value: person.email, canonical: canonicalEmail(person.email) }] : []),
  ...(person.phone ? [{ kind: 'phone' as const, value: person.phone, canonical: null }] : []),
]

/** Adds the addresses nobody has yet. Addresses of other contacts stay with them. Returns what it tried to add. */
async function addAddresses(tx: Ctx, contactId: string, person: PersonDescription, proof: Verification) {
  const { organizationId } = tx
  const rows = addressRows(person).map((row) => ({ id: tx.newId('contactAddress'), undeliverable: null, ...row }))
  for (const row of rows)
    await addAddressRow(tx.db).run({ organizationId, contactId, proof, createdAt: tx.clock(), ...row })
  return rows
}

/** A name given by a stranger is replaced by the one that comes with the first verified address. */
async function nameAfterVerification(tx: Ctx, contact: MatchedContact, person: PersonDescription): Promise<string> {
  const addresses = await addressesOf(tx, contact.id)
  if (contact.name === person.name || addresses.some((address) => address.proof !== 'stranger')) return contact.name
  await tx.db
    .update(contacts)
    .set({ name: person.name })
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.id, contact.id)))
  return person.name
}

async function markVerified(tx: Ctx, contactId: string, person: PersonDescription, proof: Verification): Promise<void> {
  for (const row of addressRows(person)) {
    await tx.db
      .update(contactAddresses)
      .set({ proof })
      .where(
        and(unverifiedOf(tx, contactId), eq(contactAddresses.kind, row.kind), eq(contactAddresses.value, row.value)),
      )
  }
  await dropUnverified(tx, contactId)
  await addAddresses(tx, contactId, person, proof)
}
