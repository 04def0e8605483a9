import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Projections still to be filled from rows that existed before them. A migration that adds a projection inserts its
 * name; the row is deleted when the fill has ended.
 */
export const projectionFills = sqliteTable('projection_fills', {
  name: text().primaryKey(),
  /** The id of the last source row that was read; empty at the beginning. */
  after: text('after_id').notNull().default(''),
})
