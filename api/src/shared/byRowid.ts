import { sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { SortKey } from './keyset.ts'

/**
 * The order in which rows were inserted, which every index holds for free at its end. The cursor names the row by its id;
 * if that was deleted, the one before it takes its place.
 */
export const byRowid = <Row>(
  table: SQLiteTable,
  direction: SortKey<Row>['direction'],
  of: SortKey<Row>['of'],
): SortKey<Row> => ({
  by: sql`${table}.rowid`,
  direction,
  of,
  bound: (id) => sql`(SELECT rowid FROM ${table} WHERE id <= ${id} ORDER BY id DESC LIMIT 1)`,
})
