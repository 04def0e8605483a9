import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { compile, compilePacked } from './compiled.ts'
import { executorOf, type Queries } from './queries.ts'

/**
 * A query that is built once per connection and then only bound to values. For hot queries: building the SQL costs more
 * than running it.
 */
export function prepared<T extends Runnable>(build: (db: Queries) => T): (db: Queries) => Pick<T, keyof Runnable> {
  const built = new WeakMap<Queries, Pick<T, keyof Runnable>>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const query = build(db)
    const execute = executorOf(db)
    const compiled = (execute && compile(query, execute)) ?? query
    built.set(db, compiled as T)
    return compiled as T
  }
}

/** The same for a select that reads a page of rows: they are passed on as one value (`compilePacked`). */
export function preparedRows<T extends Runnable>(build: (db: Queries) => T): (db: Queries) => Pick<T, 'all'> {
  const built = new WeakMap<Queries, Pick<T, 'all'>>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const query = build(db)
    const execute = executorOf(db)
    const compiled = (execute && compilePacked(query, execute)) ?? query
    built.set(db, compiled as T)
    return compiled as T
  }
}

type Statement<Row> = {
  all(values?: Record<string, unknown>): Promise<Row[]>
  get(values?: Record<string, unknown>): Promise<Row | undefined>
  run(values?: Record<string, unknown>): Promise<void>
}

/** The same for a statement written in SQL with placeholders. Its rows are arrays of SQLite values. */
export function preparedSql<Row extends unknown[]>(statement: SQL): (db: Queries) => Statement<Row> {
  const built = new WeakMap<Queries, Statement<Row>>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const execute = executorOf(db)
    // `db.run` only builds the statement: it would run once awaited.
    const compiled = execute && compile(db.run(statement), execute)
    if (!compiled) throw new Error('These queries have no connection of ours.')
    built.set(db, compiled as Statement<Row>)
    return compiled as Statement<Row>
  }
}

type Run = (values?: Record<string, unknown>) => Promise<unknown>
/** A prepared query of drizzle. */
export type Runnable = { getQuery(): { sql: string; params: unknown[] }; get: Run; all: Run; run: Run }

/** Every column of a table except the generated ones. */
type WholeRow<T extends SQLiteTable> = Pick<T['$inferSelect'], keyof T['$inferInsert'] & keyof T['$inferSelect']>

/** Inserts whole rows into a table, one at a time, by a prepared statement. */
export function preparedInsert<T extends SQLiteTable>(table: T): (db: Queries, row: WholeRow<T>) => Promise<void> {
  const insert = prepared((db) => db.insert(table).values(placeholdersOf(table)).prepare())
  return async (db, row) => {
    await insert(db).run(row)
  }
}

/** A placeholder for each column, named like it. */
export const placeholdersOf = <T extends SQLiteTable>(table: T): T['$inferInsert'] =>
  Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)]),
  ) as T['$inferInsert']
