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
    kind: text({ enum: ['publishable', 'secret'] }).notNull(),
    /** With a test key the form says what would happen, and nothing is kept. */
    mode: text({ enum: ['live', 'test'] })
      .notNull()
      .default('live'),
    name: text().notNull(),
    /** SHA-256 of the whole key. */
    hash: text().notNull(),
    /** The whole key when publishable; its first and last characters when secret. */
    display: text().notNull(),
    scopes: text({ mode: 'json' }).$type<Scope[]>().notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer(),
    revokedAt: integer(),
    /** A rotated key goes on working until here. */
    expiresAt: integer(),
    /** The key that takes its place. */
    replacedBy: text(),
  },
  (table) => [uniqueIndex('keys_hash_once').on(table.hash), index('keys_by_organization').on(table.organizationId)],
)
