import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The response of a write, stored for a day so that retries get it again. Committed with the write. */
export const idempotencyRecords = sqliteTable(
  'idempotency_records',
  {
    /** The owner of the key: an API key, a member, a portal session. */
    owner: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: text().notNull(),
    status: integer().notNull(),
    body: text().notNull(),
    /** The ids the request named, because a response doesn't always say whom it is about. */
    about: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    createdAt: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.key] }),
    index('idempotency_records_by_time').on(table.createdAt),
  ],
)
