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
    name: text().notNull(),
    /** SHA-256 of the whole key. */
    hash: text().notNull(),
    /** The whole key when publishable; its first and last characters when secret. */
    display: text().notNull(),
    scopes: text({ mode: 'json' }).$type<Scope[]>().notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer(),
    revokedAt: integer(),
  },
  (table) => [uniqueIndex('keys_hash_once').on(table.hash), index('keys_by_organization').on(table.organizationId)],
)
