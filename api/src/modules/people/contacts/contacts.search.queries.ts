import { type SearchField, searchTerms } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Searchable } from '../../../shared/context.ts'

/** A contact's addresses as text; for a statement in which the contact is `alias`. */
export const addressList = (alias: string): SQL<string> =>
  sql<string>`(SELECT json_group_array(json_array(a.kind, a.value)) FROM contact_addresses a
    WHERE a.contact_id = ${sql.raw(alias)}.id)`

/** What a contact is found by. `addresses` as `addressList` reads them. */
export const contactFields = (name: string, addresses: string): SearchField[] => [
  { type: 'name', value: name },
  ...(JSON.parse(addresses) as ['email' | 'phone', string][])
    .map(([type, value]) => ({ type, value }))
    .sort((one, other) => (one.value < other.value ? -1 : 1)),
]

/** What search finds a contact by that is created from this description. */
export const personFields = ({
  name,
  email,
  phone,
}: {
  name: string
  email: string | null
  phone: string | null
}): SearchField[] => [
  { type: 'name', value: name },
  { type: 'email', value: email },
  { type: 'phone', value: phone },
]

const contactsFound = preparedSql<[id: string, organizationId: string, name: string, addresses: string]>(
  sql`SELECT c.id, c.organization_id, c.name, ${addressList('c')} FROM contacts c
    WHERE c.id IN (SELECT value FROM json_each(${sql.placeholder('ids')})) AND c.merged_into IS NULL AND c.erased_at IS NULL`,
)

/** Contacts by name and address. Merged and erased ones are found by nothing. */
export const contactSearch: Searchable = {
  kind: 'contact',
  number: 1,
  source: 'contacts',
  async subjects(db, ids) {
    const rows = await contactsFound(db).all({ ids: JSON.stringify(ids) })
    return rows.map(([id, organizationId, name, addresses]) => ({
      id,
      organizationId,
      terms: searchTerms(contactFields(name, addresses)),
    }))
  },
}
