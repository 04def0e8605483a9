import { sql } from 'drizzle-orm'
import type { Database } from '../src/database/database.ts'

export type Row = Record<string, unknown>

/** Every row of every table as it is stored, by table and row; asked of the schema, so that a new table is not forgotten. */
export async function everyRow({ read }: Database): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  const tables = await read.all<[string]>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  )
  for (const [table] of tables) {
    const columns = await read.all<[string]>(sql`SELECT name FROM pragma_table_info(${table})`)
    for (const [rowId, ...values] of await read.all<unknown[]>(sql`SELECT rowid, * FROM ${sql.identifier(table)}`)) {
      const row = Object.fromEntries(columns.map(([name], index) => [name, values[index]]))
      rows.set(`${table} ${String(rowId)}`, row)
    }
  }
  return rows
}

export const tableOf = (key: string): string => key.split(' ')[0] ?? ''
