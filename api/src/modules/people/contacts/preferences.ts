import { sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Recipient } from '../../../shared/context.ts'
import { contacts } from './contacts.table.ts'

const byIds = prepared((db) =>
  db
    .select({ id: contacts.id, notify: contacts.notify, language: contacts.language })
    .from(contacts)
    .where(sql`${contacts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)

/**
 * The message preferences and languages of contacts, by id. Of any organization, for messages that are already
 * addressed.
 */
export async function preferencesOf(db: Queries, contactIds: string[]): Promise<Map<string, Recipient>> {
  const rows = await byIds(db).all({ ids: JSON.stringify(contactIds) })
  return new Map(rows.map(({ id, ...recipient }) => [id, recipient]))
}
