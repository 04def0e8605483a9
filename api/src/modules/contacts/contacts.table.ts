import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** The only place personal data of customers lives, besides what a referral keeps as submitted. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    customerSince: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex('contacts_in_organization').on(table.organizationId, table.id)],
)

/**
 * Emails (normalized) and phones (E.164). `proof` says who vouches for it: a stranger typed it, staff entered it, or its
 * owner opened a link sent to it. What a stranger typed finds duplicates and proves nothing (SPEC §1).
 */
export const contactAddresses = sqliteTable(
  'contact_addresses',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    kind: text({ enum: ['email', 'phone'] }).notNull(),
    value: text().notNull(),
    /** Plus-tags and dots removed; evidence for fraud checks, never identity. */
    canonical: text(),
    proof: text({ enum: ['stranger', 'staff', 'owner'] }).notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('contact_addresses_value_once').on(table.organizationId, table.kind, table.value),
    index('contact_addresses_by_contact').on(table.contactId),
    index('contact_addresses_by_value').on(table.kind, table.value),
    index('contact_addresses_by_canonical').on(table.organizationId, table.canonical),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
