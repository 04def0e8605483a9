import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { enrollments } from '../../program/advocates/advocates.table.ts'

/** A visit through a link. Stores no address and no device. */
export const visits = sqliteTable(
  'visits',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    enrollmentId: text().notNull(),
    source: text({ enum: ['widget', 'hosted'] }).notNull(),
    at: integer().notNull(),
  },
  (table) => [
    index('visits_by_time').on(table.organizationId, table.at, table.enrollmentId),
    index('visits_by_enrollment').on(table.organizationId, table.enrollmentId, table.at),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
  ],
)
