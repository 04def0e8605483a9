import { sql } from 'drizzle-orm'
import type { Database } from '../src/database/database.ts'

export type Row = Record<string, unknown>

/** Every stored row, by table and id, or by primary key where there is no id. Reads the tables from the schema, so that a new one is included. */
export async function everyRow({ read }: Database): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  const tables = await read.all<[string]>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  )
  for (const [table] of tables) {
    const columns = await read.all<[string, number]>(sql`SELECT name, pk FROM pragma_table_info(${table})`)
    const named = columns.filter(([name]) => name === 'id')
    const keys = (named.length > 0 ? named : columns.filter(([, key]) => key > 0)).map(([name]) => name)
    for (const values of await read.all<unknown[]>(sql`SELECT * FROM ${sql.identifier(table)}`)) {
      const row = Object.fromEntries(columns.map(([name], index) => [name, values[index]]))
      rows.set(`${table} ${keys.map((name) => row[name]).join(' ')}`, row)
    }
  }
  return rows
}

export const tableOf = (key: string): string => key.split(' ')[0] ?? ''
