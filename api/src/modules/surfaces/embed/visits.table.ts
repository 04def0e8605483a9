import { foreignKey, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { enrollments } from '../../program/advocates/advocates.table.ts'

/** Links with visits. A number keeps the rows below short. */
export const visitLinks = sqliteTable(
  'visit_links',
  {
    number: integer().primaryKey(),
    organizationId: text().notNull(),
    enrollmentId: text().notNull(),
  },
  (table) => [
    uniqueIndex('visit_links_once').on(table.organizationId, table.enrollmentId),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
  ],
)

/**
 * How many visits a link had in a quarter of an hour, the largest interval on whose boundary every time zone's day
 * starts. Stores no address and no device. The key is the whole table: WITHOUT ROWID.
 */
export const visitCounts = sqliteTable(
  'visit_counts',
  {
    link: integer()
      .notNull()
      .references(() => visitLinks.number),
    /** Counted from 1970. */
    quarter: integer().notNull(),
    /** 0 for the widget, 1 for the hosted page. */
    place: integer().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.link, table.quarter, table.place] })],
)
