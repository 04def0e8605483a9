import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Queries } from './queries.ts'

/**
 * A query that is built once for each connection and then only given its values. For what every request asks: building the
 * SQL costs more than running it.
 */
export function prepared<T>(build: (db: Queries) => T): (db: Queries) => T {
  const built = new WeakMap<Queries, T>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const query = build(db)
    built.set(db, query)
    return query
  }
}

/** Adds whole rows to a table, one at a time, by a prepared statement. */
export function rowAdder<T extends SQLiteTable>(table: T): (db: Queries, row: T['$inferSelect']) => Promise<void> {
  const insert = prepared((db) => db.insert(table).values(placeholdersOf(table)).prepare())
  return async (db, row) => {
    await insert(db).run(row)
  }
}

/** A placeholder named like it for each column. */
export const placeholdersOf = <T extends SQLiteTable>(table: T): T['$inferInsert'] =>
  Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)]),
  ) as T['$inferInsert']
