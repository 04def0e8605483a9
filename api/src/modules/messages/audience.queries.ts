import { eq, sql } from 'drizzle-orm'
import type { Queries } from '../../database/database.ts'
import { prepared } from '../../database/prepared.ts'
import { contacts } from '../contacts/contacts.table.ts'
import { persons } from '../members/members.table.ts'
import { organizations } from '../organizations/organizations.table.ts'
import type { Audience } from './audience.ts'

const contactById = prepared((db) =>
  db
    .select({ notify: contacts.notify })
    .from(contacts)
    .where(eq(contacts.id, sql.placeholder('contactId')))
    .prepare(),
)

/** What a contact chose to hear of; everything, for whoever is no contact. */
export async function preferenceOf(db: Queries, contactId: string | undefined): Promise<Audience['notify']> {
  if (contactId === undefined) return 'all'
  return (await contactById(db).get({ contactId }))?.notify ?? 'all'
}

/** Where a member reads mail. */
export const mailboxOf = (db: Queries, personId: string): Promise<{ name: string; email: string } | undefined> =>
  db.select({ name: persons.name, email: persons.email }).from(persons).where(eq(persons.id, personId)).get()

const keyOfOrganization = prepared((db) =>
  db
    .select({ key: organizations.suppressionKey })
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder('organizationId')))
    .prepare(),
)

/** What keys the hashes of an organization's suppressed addresses. */
export async function suppressionKeyOf(db: Queries, organizationId: string): Promise<string> {
  return (await keyOfOrganization(db).get({ organizationId }))?.key ?? ''
}

/** Where an organization reads what its people answer; null when it did not say. */
export async function replyAddressOf(db: Queries, organizationId: string | null): Promise<string | null> {
  if (organizationId === null) return null
  const [row] = await db
    .select({ replyTo: organizations.replyTo })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  return row?.replyTo ?? null
}
