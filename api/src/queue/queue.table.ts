import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Everything that waits to be attempted: when it is due, who holds it, and what the attempts came to. A row leaves when it is
 * done or given up; what came of it then stands with its subject. A subject waits once in a kind.
 *
 * Messages and deliveries come in and leave by triggers of their tables (migration queue): whoever writes one needs no further
 * statement and cannot forget it. What is to be attempted anew, and other kinds, come in by `enqueue`.
 */
export const queue = sqliteTable(
  'queue',
  {
    kind: text().notNull(),
    /** The message, delivery or whatever else the kind attempts. */
    subjectId: text().notNull(),
    /** Null for what belongs to the installation itself. */
    organizationId: text(),
    /** What shares its turns with others: see Limits. */
    lane: text().notNull(),
    /** When it may be attempted; of a row that is held, when the lease ends and anyone may take it over. */
    dueAt: integer().notNull(),
    /** The worker that attempts it now; null while it waits. */
    holder: text(),
    /** Those that began, with the running one. */
    attempts: integer().notNull(),
    /** Why the last attempt failed. */
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.subjectId] }),
    index('queue_due').on(table.kind, table.dueAt, table.lane),
    check('queue_held_is_attempted', sql`${table.holder} IS NULL OR ${table.attempts} > 0`),
  ],
)
