import type { CreditUse, Currency, Feature, TextStatement } from '@goodword/contracts'
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const organizations = sqliteTable('organizations', {
  id: text().primaryKey(),
  name: text().notNull(),
  tagline: text().notNull(),
  currency: text().$type<Currency>().notNull(),
  timeZone: text().notNull(),
  country: text().notNull(),
  brandColor: text().notNull(),
  phone: text(),
  address: text(),
  website: text(),
  /** Where replies to our emails go; null for nowhere in particular. */
  replyTo: text(),
  /** Hash of the logo's bytes, part of its URL; null without a logo. */
  logoHash: text(),
  /** Whether staff may convert referrals, or only owners and admins (SPEC §13). */
  staffMayConvert: integer({ mode: 'boolean' }).notNull().default(true),
  /** The ways advocates can ask to use credit (SPEC §6). */
  creditUses: text({ mode: 'json' }).$type<CreditUse[]>().notNull().default(['next_invoice']),
  /** The parts of the product that are on. */
  features: text({ mode: 'json' }).$type<Feature[]>().notNull().default([]),
  /**
   * What one person may get in a calendar year, as gift cards and payouts, before a report points it out; minor units of
   * the organization's currency, null for no limit.
   */
  cashReportThreshold: integer(),
  /** The owner's statement that customers whom staff enter agreed to texts; null without one. */
  textStatement: text({ mode: 'json' }).$type<TextStatement>(),
  /** Keys the hashes of suppressed addresses. Moves with the organization, so that the addresses stay suppressed. */
  suppressionKey: text().notNull().default(''),
  isDemo: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer().notNull(),
})

/** Websites that may show the form. */
export const sites = sqliteTable(
  'sites',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    origin: text().notNull(),
    firstSeenAt: integer(),
    lastSeenAt: integer(),
    /** The tag's version when it was last seen. */
    lastVersion: text(),
    /** Whether the tag was last seen with a test key. */
    lastMode: text({ enum: ['live', 'test'] }),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('sites_origin_once').on(table.organizationId, table.origin),
    index('sites_by_origin').on(table.origin),
  ],
)

/** The organization's logo, validated at upload. */
export const logos = sqliteTable('logos', {
  organizationId: text()
    .primaryKey()
    .references(() => organizations.id),
  contentType: text({ enum: ['image/png', 'image/jpeg', 'image/webp'] }).notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer().notNull(),
})
