import { notifyPreferences, textConsentSources } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** A generated column for a list of contacts: 1 for those in it. Merged and erased ones are in none. */
const listed = (condition: SQL) =>
  integer({ mode: 'boolean' }).generatedAlwaysAs(
    sql`CASE WHEN merged_into IS NULL AND erased_at IS NULL AND ${condition} THEN 1 END`,
    { mode: 'virtual' },
  )

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
    /** Since when they ask to be on the public leaderboard; null: they don't. */
    leaderboardSince: integer(),
    /** The contact this one was merged into. */
    mergedInto: text(),
    erasedAt: integer(),
    createdAt: integer().notNull(),
    /** Active enrollments, referrals with this contact as the friend, and open duplicate flags. Triggers keep all three. */
    enrollmentCount: integer().notNull().default(0),
    referredCount: integer().notNull().default(0),
    duplicateCount: integer().notNull().default(0),
    sortName: text().generatedAlwaysAs(sql`lower(name)`, { mode: 'virtual' }),
    listed: listed(sql`1`),
    listedAdvocate: listed(sql`enrollment_count > 0`),
    listedFriend: listed(sql`referred_count > 0`),
    listedCustomer: listed(sql`customer_since IS NOT NULL`),
    listedDuplicate: listed(sql`duplicate_count > 0`),
  },
  (table) => {
    const { organizationId, sortName, id } = table
    return [
      uniqueIndex('contacts_in_organization').on(organizationId, id),
      index('contacts_merged').on(table.mergedInto).where(sql`merged_into IS NOT NULL`),
      index('contacts_newest').on(organizationId, table.listed, id).where(sql`listed IS NOT NULL`),
      index('contacts_by_name').on(organizationId, table.listed, sortName).where(sql`listed IS NOT NULL`),
      index('advocates_newest').on(organizationId, table.listedAdvocate, id).where(sql`listed_advocate IS NOT NULL`),
      index('advocates_by_name')
        .on(organizationId, table.listedAdvocate, sortName)
        .where(sql`listed_advocate IS NOT NULL`),
      index('friends_newest').on(organizationId, table.listedFriend, id).where(sql`listed_friend IS NOT NULL`),
      index('friends_by_name').on(organizationId, table.listedFriend, sortName).where(sql`listed_friend IS NOT NULL`),
      index('customers_newest').on(organizationId, table.listedCustomer, id).where(sql`listed_customer IS NOT NULL`),
      index('customers_by_name')
        .on(organizationId, table.listedCustomer, sortName)
        .where(sql`listed_customer IS NOT NULL`),
      index('duplicates_newest').on(organizationId, table.listedDuplicate, id).where(sql`listed_duplicate IS NOT NULL`),
      index('duplicates_by_name')
        .on(organizationId, table.listedDuplicate, sortName)
        .where(sql`listed_duplicate IS NOT NULL`),
    ]
  },
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
    /** What a provider said about it: a phone that gets no texts, or a mailbox that doesn't exist. */
    undeliverable: text({ enum: ['landline', 'unknown_mailbox'] }),
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
    index('contact_duplicates_by_contact').on(table.contactId, table.dismissedAt, table.createdAt),
    index('contact_duplicates_by_other').on(table.otherId, table.dismissedAt, table.createdAt),
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

/** How contacts agreed to texts, for each of their numbers. Rows are only added, and go with the person's data. */
export const textConsents = sqliteTable(
  'text_consents',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    /** The number, which may have been removed since. */
    addressId: text().notNull(),
    source: text({ enum: [...textConsentSources] }).notNull(),
    /** When they agreed. */
    at: integer().notNull(),
    wording: text().notNull(),
    /** Who said so, as an actor key. */
    recordedBy: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('text_consents_once').on(table.addressId, table.source),
    index('text_consents_by_contact').on(table.contactId),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
