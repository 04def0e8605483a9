import type { Currency } from '@goodword/contracts'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

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
    lastSeenAt: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('sites_origin_once').on(table.organizationId, table.origin),
    index('sites_by_origin').on(table.origin),
  ],
)
