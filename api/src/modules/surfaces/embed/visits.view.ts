import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * A view of the visits with the ids of their links. What is inserted here is added to the counts. Archives hold these
 * rows, because numbers of links mean nothing in another installation.
 */
export const visits = sqliteTable('visits', {
  organizationId: text().notNull(),
  /** When the quarter of an hour began. */
  at: integer().notNull(),
  enrollmentId: text().notNull(),
  source: text({ enum: ['widget', 'hosted'] }).notNull(),
  count: integer().notNull(),
})
