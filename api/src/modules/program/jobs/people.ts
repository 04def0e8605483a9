import { Email, type JobEventNote } from '@goodword/contracts'
import { type EventPerson, fullNameKey, isMadeUpEmail, namesOfPlaceholder, normalizeEmail } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import {
  findOrCreateContact,
  getContact,
  type PersonDescription,
  resolveMerged,
} from '../../people/contacts/contacts.ts'
import { parsePhone } from '../../people/contacts/phone.ts'
import { recordTextConsent } from '../../people/contacts/textConsents.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { addressNames, connectionContacts } from './jobs.table.ts'

/** A contact that an event led to, and what of its addresses could not be used. */
export type FoundPerson = { contactId: string | null; hasAddress: boolean; notes: JobEventNote[] }

const reportedConsent = 'Agreed to texts, as a connected system reported.'

const knownContact = prepared((db) =>
  db
    .select({ contactId: connectionContacts.contactId })
    .from(connectionContacts)
    .where(
      and(
        eq(connectionContacts.organizationId, sql.placeholder('organizationId')),
        eq(connectionContacts.connectionId, sql.placeholder('connectionId')),
        eq(connectionContacts.externalId, sql.placeholder('externalId')),
      ),
    )
    .prepare(),
)

/**
 * Finds the contact an event names, or makes one: by the id in the other system, else by email, else by phone. What a
 * connected system of the business says counts as entered by staff. `known` is the contact of its job; an erased one
 * stays erased.
 */
export async function contactOfEvent(
  tx: Ctx,
  connectionId: string,
  person: EventPerson,
  known: string | null,
): Promise<FoundPerson> {
  if (known !== null && (await getContact(tx, known)).erasedAt !== null)
    return { contactId: known, hasAddress: false, notes: [] }
  const { description, notes } = await describe(tx, person)
  const contact = known ?? (await contactByExternalId(tx, connectionId, person.externalId))
  const hasAddress = description.email !== null || description.phone !== null
  if (contact === null && !hasAddress && description.name === '') return { contactId: null, hasAddress, notes }
  const name = description.name || (description.email ?? description.phone ?? person.externalId ?? '')
  const row = contact === null ? null : await getContact(tx, contact)
  const found = await findOrCreateContact(
    tx,
    { ...description, name: row && description.name === '' ? row.name : name },
    'staff',
    row ? { contact: row, flags: [] } : undefined,
  )
  if (person.agreedToTexts && description.phone !== null)
    await recordTextConsent(tx, found.contact.id, description.phone, { source: 'connection', wording: reportedConsent })
  if (person.externalId !== null) await linkContact(tx, connectionId, person.externalId, found.contact.id)
  return { contactId: found.contact.id, hasAddress, notes }
}

/** The contact, or the one it was merged into; null if it was erased or isn't known. */
async function contactByExternalId(tx: Ctx, connectionId: string, externalId: string | null): Promise<string | null> {
  if (externalId === null) return null
  const { organizationId } = tx
  const row = await knownContact(tx.db).get({ organizationId, connectionId, externalId })
  if (!row) return null
  const contact = await resolveMerged(tx, row.contactId)
  return contact.erasedAt === null ? contact.id : null
}

const link = prepared((db) =>
  db
    .insert(connectionContacts)
    .values(placeholdersOf(connectionContacts))
    .onConflictDoUpdate({
      target: [connectionContacts.connectionId, connectionContacts.externalId],
      set: { contactId: sql`excluded.contact_id` },
      setWhere: sql`${connectionContacts.contactId} <> excluded.contact_id`,
    })
    .prepare(),
)

async function linkContact(tx: Ctx, connectionId: string, externalId: string, contactId: string): Promise<void> {
  const { organizationId } = tx
  await link(tx.db).run({ organizationId, connectionId, externalId, contactId, createdAt: tx.clock() })
}

/** What can be used of a person's addresses. Made-up ones are nobody's, and no message is sent there. */
async function describe(
  tx: Ctx,
  person: EventPerson,
): Promise<{ description: PersonDescription; notes: JobEventNote[] }> {
  const organization = await getOrganization(tx, tx.organizationId)
  const notes: JobEventNote[] = []
  const email = await usableEmail(tx, person, organization, notes)
  const phone = person.phone === null ? null : parsePhone(person.phone, organization.country)
  if (person.phone !== null && phone === null) notes.push('phone_invalid')
  return { description: { name: person.name, email, phone }, notes }
}

type Own = Parameters<typeof isMadeUpEmail>[1]

async function usableEmail(
  tx: Ctx,
  { email, name }: EventPerson,
  organization: { replyTo: string | null; website: string | null },
  notes: JobEventNote[],
): Promise<string | null> {
  if (email === null) return null
  if (!Email.safeParse(email).success) {
    notes.push('email_invalid')
    return null
  }
  const normal = normalizeEmail(email)
  if (!isMadeUpEmail(normal, ownAddresses(organization)) && (await namesOf(tx, normal, name)) < namesOfPlaceholder)
    return normal
  notes.push('email_made_up')
  return null
}

function ownAddresses({ replyTo, website }: { replyTo: string | null; website: string | null }): Own {
  const host = website !== null && URL.canParse(website) ? new URL(website).hostname.replace(/^www\./, '') : null
  return { emails: replyTo === null ? [] : [replyTo], domains: host === null ? [] : [host] }
}

const addName = prepared((db) =>
  db.insert(addressNames).values(placeholdersOf(addressNames)).onConflictDoNothing().prepare(),
)
const knownNames = prepared((db) =>
  db
    .select({ nameHash: addressNames.nameHash })
    .from(addressNames)
    .where(
      and(
        eq(addressNames.organizationId, sql.placeholder('organizationId')),
        eq(addressNames.addressHash, sql.placeholder('addressHash')),
      ),
    )
    .limit(namesOfPlaceholder)
    .prepare(),
)

/** How many full names came with an address, counting this one. Only keyed hashes of them are kept. */
async function namesOf(tx: Ctx, email: string, name: string): Promise<number> {
  const key = fullNameKey(name)
  const { organizationId } = tx
  const addressHash = tx.signer.hash('address of a job event', `${organizationId} ${email}`)
  if (key !== null) {
    const nameHash = tx.signer.hash('name of a job event', `${organizationId} ${key}`)
    await addName(tx.db).run({ organizationId, addressHash, nameHash, createdAt: tx.clock() })
  }
  return (await knownNames(tx.db).all({ organizationId, addressHash })).length
}
