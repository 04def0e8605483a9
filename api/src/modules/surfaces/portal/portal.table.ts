import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'

/**
 * Links to the portal, as hashes. `view` shows balance and progress for 30 days; `full` signs in once, within 10
 * minutes.
 */
export const portalLinks = sqliteTable(
  'portal_links',
  {
    hash: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    /** The address it was sent to, which opening the link verifies. */
    addressId: text().notNull(),
    scope: text({ enum: ['view', 'full'] }).notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('portal_links_by_contact').on(table.contactId),
    index('portal_links_by_expiry').on(table.expiresAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

export const portalSessions = sqliteTable(
  'portal_sessions',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    addressId: text().notNull(),
    scope: text({ enum: ['view', 'full'] }).notNull(),
    hash: text().notNull(),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('portal_sessions_hash_once').on(table.hash),
    index('portal_sessions_by_contact').on(table.contactId),
    index('portal_sessions_by_expiry').on(table.expiresAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
