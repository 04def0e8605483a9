import type { CreditUse, Currency } from '@goodword/contracts'
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
  /** Where answers to our mails go; null sends them nowhere in particular. */
  replyTo: text(),
  /** Hash of the logo's bytes, part of its address; null without a logo. */
  logoHash: text(),
  /** Whether staff convert, or only owners and admins (SPEC §13). */
  staffMayConvert: integer({ mode: 'boolean' }).notNull().default(true),
  /** What an advocate can ask for when using credit (SPEC §6). */
  creditUses: text({ mode: 'json' }).$type<CreditUse[]>().notNull().default(['next_invoice']),
  /** Keys the hashes of addresses that want no mail; moves with the organization, so that they stay known. */
  suppressionKey: text().notNull().default(''),
  isDemo: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer().notNull(),
})

/** Websites that may carry the form. */
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
    /** What the tag called itself when it was last seen. */
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

/** The picture of an organization, as checked and kept at upload. */
export const logos = sqliteTable('logos', {
  organizationId: text()
    .primaryKey()
    .references(() => organizations.id),
  contentType: text({ enum: ['image/png', 'image/jpeg', 'image/webp'] }).notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer().notNull(),
})
