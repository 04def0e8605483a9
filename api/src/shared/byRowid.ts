import { sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { SortKey } from './keyset.ts'

/**
 * The order in which rows were inserted, which every index holds for free at its end. The cursor names the row by its id;
 * if that was deleted, the one before it takes its place. `key` is the column of the id.
 */
export const byRowid = <Row>(
  table: SQLiteTable,
  direction: SortKey<Row>['direction'],
  of: SortKey<Row>['of'],
  key = 'id',
): SortKey<Row> => ({
  by: sql`${table}.rowid`,
  direction,
  of,
  bound: (id) => {
    const column = sql.identifier(key)
    return sql`(SELECT rowid FROM ${table} WHERE ${column} <= ${id} ORDER BY ${column} DESC LIMIT 1)`
  },
})
