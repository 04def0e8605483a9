import type { Exceptions } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'

/** A contact enrolled in a campaign, with the code of their link. */
export const enrollments = sqliteTable(
  'enrollments',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    contactId: text().notNull(),
    /** Upper case; unique in the whole installation, because all share /r/CODE. */
    code: text().notNull(),
    source: text({ enum: ['invited', 'conversion', 'api', 'import', 'identity', 'job'] }).notNull(),
    /** Custom terms for this advocate; absent fields use the campaign's (SPEC §3, exceptions). */
    exceptions: text({ mode: 'json' }).$type<Exceptions>(),
    createdAt: integer().notNull(),
    archivedAt: integer(),
    /** When it was merged into an enrollment of the contact that stays. It is archived then, and in no list. */
    mergedAt: integer(),
    /** Referrals that aren't archived, and those of them that are converted. Triggers keep both. */
    referralCount: integer().notNull().default(0),
    convertedCount: integer().notNull().default(0),
    /** Their rewards as the advocate that aren't voided, in minor units of the campaign's currency. Triggers keep it. */
    earned: integer().notNull().default(0),
    /** The list it is in; null if it was merged. */
    listState: text({ enum: ['active', 'archived'] }).generatedAlwaysAs(
      sql`CASE WHEN merged_at IS NOT NULL THEN NULL WHEN archived_at IS NOT NULL THEN 'archived' ELSE 'active' END`,
      { mode: 'virtual' },
    ),
  },
  (table) => [
    uniqueIndex('enrollments_code_once').on(table.code),
    uniqueIndex('enrollments_contact_once').on(table.campaignId, table.contactId),
    uniqueIndex('enrollments_in_organization').on(table.organizationId, table.id),
    index('enrollments_by_contact').on(table.contactId),
    index('enrollments_newest').on(table.organizationId, table.listState, table.id),
    index('enrollments_by_referrals').on(table.organizationId, table.listState, table.referralCount, table.id),
    index('enrollments_of_campaign_newest').on(table.campaignId, table.listState, table.id),
    index('enrollments_of_campaign_by_referrals').on(table.campaignId, table.listState, table.referralCount, table.id),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** How many advocates each campaign has, without archived ones. Kept by triggers on enrollments. */
export const enrollmentCounts = sqliteTable(
  'enrollment_counts',
  { organizationId: text().notNull(), campaignId: text().notNull(), count: integer().notNull() },
  (table) => [primaryKey({ columns: [table.organizationId, table.campaignId] })],
)

/** Every code an enrollment has ever had: shared links keep working when the code is changed. */
export const enrollmentCodes = sqliteTable(
  'enrollment_codes',
  {
    /** Upper case; unique in the whole installation. */
    code: text().primaryKey(),
    organizationId: text().notNull(),
    enrollmentId: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('enrollment_codes_by_enrollment').on(table.enrollmentId),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
  ],
)

/** Codes of erased advocates, as keyed hashes: their old links are recognized, while the codes themselves are gone. */
export const retiredCodes = sqliteTable(
  'retired_codes',
  {
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    hash: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.hash] })],
)

/**
 * Where a contact opened the portal, as keyed hashes. A friend who submits from there is flagged for review (SPEC §4).
 * Kept 90 days.
 */
export const advocateTraces = sqliteTable(
  'advocate_traces',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    networkHash: text().notNull(),
    deviceHash: text().notNull(),
    seenAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('advocate_traces_once').on(table.contactId, table.networkHash, table.deviceHash),
    index('advocate_traces_by_age').on(table.seenAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
