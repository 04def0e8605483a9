import { notifyPreferences } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** The only place with personal data of customers, apart from what a referral keeps as submitted. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    customerSince: integer(),
    /** Whether friends see their first name; otherwise "a friend". */
    sharesName: integer({ mode: 'boolean' }).notNull().default(true),
    /** The emails and texts they want. */
    notify: text({ enum: [...notifyPreferences] })
      .notNull()
      .default('all'),
    language: text().notNull().default('en'),
    /** The contact this one was merged into. */
    mergedInto: text(),
    erasedAt: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex('contacts_in_organization').on(table.organizationId, table.id)],
)

/**
 * Emails (normalized) and phones (E.164). `proof` is the verification: typed by a stranger, entered by staff, or
 * confirmed by its owner through a link sent to it. An address typed by a stranger only helps to find duplicates (SPEC
 * §1).
 */
export const contactAddresses = sqliteTable(
  'contact_addresses',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    kind: text({ enum: ['email', 'phone'] }).notNull(),
    value: text().notNull(),
    /** The email without plus tags and dots: used for fraud checks, never for identity. */
    canonical: text(),
    proof: text({ enum: ['stranger', 'staff', 'owner'] }).notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    // The value first, because signing in to the portal looks for it in every organization.
    uniqueIndex('contact_addresses_value_once').on(table.kind, table.value, table.organizationId),
    index('contact_addresses_by_contact').on(table.contactId),
    index('contact_addresses_by_canonical').on(table.organizationId, table.canonical).where(sql`canonical IS NOT NULL`),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** Two contacts that may be the same person, for staff to merge or dismiss (SPEC §1). `contactId` is the smaller id. */
export const contactDuplicates = sqliteTable(
  'contact_duplicates',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    otherId: text().notNull(),
    reason: text({ enum: ['email_and_phone_differ', 'same_phone_other_name', 'same_canonical_email'] }).notNull(),
    createdAt: integer().notNull(),
    dismissedAt: integer(),
  },
  (table) => [
    uniqueIndex('contact_duplicates_once').on(table.contactId, table.otherId),
    index('contact_duplicates_by_organization').on(table.organizationId, table.dismissedAt),
    index('contact_duplicates_by_other').on(table.otherId),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.otherId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
