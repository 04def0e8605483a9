import { and, getTableName, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Slice, SortKey } from './keyset.ts'
import type { PreparedSlice } from './preparedPages.ts'

/** Breaks ties by the rowid, which every index ends with, so that no index has to store ids. For tables with an `id`. */
export function byRowid<Row>(
  table: SQLiteTable,
  direction: SortKey<Row>['direction'],
  idOf: (row: Row) => string,
): SortKey<Row> {
  const name = sql.identifier(getTableName(table))
  return {
    by: sql`${name}.rowid`,
    direction,
    of: idOf,
    bound: (id) => sql`(SELECT rowid FROM ${name} WHERE id = ${id})`,
  }
}

/** The value of a walk, in the condition of its rows. */
export const walked = sql`walk.value`

/** One walk for each value. */
export const walkEach = (values: readonly string[]): SQL => sql`SELECT value FROM json_each(${JSON.stringify(values)})`

/**
 * Finds the rows of a slice that an index holds in several stretches, each in the order of the list: the messages of
 * some states, in an index by state and time. Each stretch is walked for one page, and the caller's ORDER BY merges
 * them. `walks` selects their values, and `where` compares a column with `walked`.
 */
export function inWalks(table: SQLiteTable, walks: SQL, where: SQL | undefined, slice: Slice | PreparedSlice): SQL {
  const name = sql.identifier(getTableName(table))
  return sql`${name}.rowid IN (SELECT found.rowid FROM (${walks}) AS walk CROSS JOIN ${name} AS found ON found.rowid IN (
    SELECT ${name}.rowid FROM ${name} WHERE ${and(where, slice.where)} ORDER BY ${sql.join(slice.orderBy, sql`, `)} LIMIT ${slice.limit}))`
}
