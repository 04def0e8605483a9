import type { Scope } from '@goodword/contracts'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

export const keys = sqliteTable(
  'keys',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    kind: text({ enum: ['publishable', 'secret', 'identity'] }).notNull(),
    /** With a test key, the form shows what would happen, and nothing is stored. */
    mode: text({ enum: ['live', 'test'] })
      .notNull()
      .default('live'),
    name: text().notNull(),
    /** SHA-256 of the whole key. */
    hash: text().notNull(),
    /** The whole key if it is publishable; the first and last characters otherwise. */
    display: text().notNull(),
    scopes: text({ mode: 'json' }).$type<Scope[]>().notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer(),
    revokedAt: integer(),
    /** A rotated key keeps working until this time. */
    expiresAt: integer(),
    /** The key that replaces it. */
    replacedBy: text(),
  },
  (table) => [uniqueIndex('keys_hash_once').on(table.hash), index('keys_by_organization').on(table.organizationId)],
)
