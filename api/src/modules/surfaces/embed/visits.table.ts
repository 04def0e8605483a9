import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { enrollments } from '../../program/advocates/advocates.table.ts'

/**
 * How many visits a link had in a quarter of an hour, the largest interval on whose boundary every time zone's day
 * starts. Stores no address and no device. The key is the whole table: WITHOUT ROWID.
 */
export const visits = sqliteTable(
  'visits',
  {
    organizationId: text().notNull(),
    /** When the quarter of an hour began. */
    at: integer().notNull(),
    enrollmentId: text().notNull(),
    source: text({ enum: ['widget', 'hosted'] }).notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.at, table.enrollmentId, table.source] }),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
  ],
)
