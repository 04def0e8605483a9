import { eq, getTableColumns, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../organizations/organizations.table.ts'
import { messages } from './messages.table.ts'

/** A row of the outbox. */
export type Message = typeof messages.$inferSelect

/** A message with what decides, at the moment it is handed over, whether it may go out. */
export type OutgoingMessage = {
  message: Message
  /** What its contact wants to hear now; null for whoever is no contact. */
  notify: (typeof contacts.$inferSelect)['notify'] | null
  /** The language its contact is spoken to in; null for whoever is no contact. */
  reads: string | null
  /** Keys the hashes of the organization's stopped addresses; null for a message of the installation. */
  suppressionKey: string | null
  replyTo: string | null
}

const byIds = prepared((db) =>
  db
    .select({
      message: getTableColumns(messages),
      notify: contacts.notify,
      reads: contacts.language,
      suppressionKey: organizations.suppressionKey,
      replyTo: organizations.replyTo,
    })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .leftJoin(organizations, eq(organizations.id, messages.organizationId))
    .where(sql`${messages.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)

/** Messages by their ids, in any order. */
export const outgoingMessages = (db: Queries, ids: string[]): Promise<OutgoingMessage[]> =>
  byIds(db).all({ ids: JSON.stringify(ids) })
