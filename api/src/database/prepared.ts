import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable, SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core'
import { compile, compilePacked } from './compiled.ts'
import { executorOf, type Queries } from './queries.ts'

/** What is made for each connection when it is first asked for. */
function oncePerConnection<Made extends object>(make: (db: Queries) => Made): (db: Queries) => Made {
  const made = new WeakMap<Queries, Made>()
  return (db) => {
    const known = made.get(db)
    if (known !== undefined) return known
    const one = make(db)
    made.set(db, one)
    return one
  }
}

/** Queries without a connection of ours run as drizzle built them. */
const compiledBy = <T extends Runnable, Kept extends object>(
  build: (db: Queries) => T,
  compiler: typeof compile | typeof compilePacked,
) =>
  oncePerConnection((db) => {
    const query = build(db)
    const execute = executorOf(db)
    return ((execute && compiler(query, execute)) ?? query) as Kept
  })

/**
 * A query that is built once per connection and then only bound to values. For hot queries: building the SQL costs more
 * than running it.
 */
export const prepared = <T extends Runnable>(build: (db: Queries) => T) =>
  compiledBy<T, Pick<T, keyof Runnable>>(build, compile)

/** The same for a select that reads a page of rows: they are passed on as one value (`compilePacked`). */
export const preparedRows = <T extends Runnable>(build: (db: Queries) => T) =>
  compiledBy<T, Pick<T, 'all'>>(build, compilePacked)

type Statement<Row> = {
  all(values?: Record<string, unknown>): Promise<Row[]>
  get(values?: Record<string, unknown>): Promise<Row | undefined>
  run(values?: Record<string, unknown>): Promise<void>
}

/** The same for a statement written in SQL with placeholders. Its rows are arrays of SQLite values. */
export const preparedSql = <Row extends unknown[]>(statement: SQL) =>
  oncePerConnection((db) => {
    const execute = executorOf(db)
    // `db.run` only builds the statement: it would run once awaited.
    const compiled = execute && compile(db.run(statement), execute)
    if (!compiled) throw new Error('These queries have no connection of ours.')
    return compiled as Statement<Row>
  })

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

/** A placeholder for each of some columns, named like it, to be set by an update. */
export const changing = <T extends SQLiteTable>(
  _table: T,
  ...names: (keyof T['$inferInsert'] & string)[]
): SQLiteUpdateSetSource<T> =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as SQLiteUpdateSetSource<T>

/** A placeholder for each column, named like it. */
export const placeholdersOf = <T extends SQLiteTable>(table: T): T['$inferInsert'] =>
  Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)]),
  ) as T['$inferInsert']
