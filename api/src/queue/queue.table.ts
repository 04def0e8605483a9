import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Everything that waits to be attempted: when it is due, who holds it and how its attempts went. A row is deleted when
 * it is done or parked, and its subject keeps the result. A subject has at most one row per kind.
 * Triggers on messages and deliveries insert and delete their rows (migration queue), so code that writes one can't
 * forget it. Retries and other kinds are added by `enqueue`.
 */
export const queue = sqliteTable(
  'queue',
  {
    kind: text().notNull(),
    /** The id of the message, delivery or other thing to attempt. */
    subjectId: text().notNull(),
    /** Null for work of the installation itself. */
    organizationId: text(),
    /** Rows of a lane share its turns: see Limits. */
    lane: text().notNull(),
    /** When it may be attempted. For a held row, when the lease ends and any worker may take it over. */
    dueAt: integer().notNull(),
    /** The worker attempting it; null while it waits. */
    holder: text(),
    /** How many attempts have begun, including the current one. */
    attempts: integer().notNull(),
    /** Why the last attempt failed. */
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.subjectId] }),
    index('queue_due').on(table.kind, table.dueAt, table.lane),
    /** What is being attempted right now. */
    index('queue_held').on(table.kind).where(sql`holder IS NOT NULL`),
    check('queue_held_is_attempted', sql`${table.holder} IS NULL OR ${table.attempts} > 0`),
  ],
)
