import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Rows } from './driver.ts'

/** The query builder, outside or inside a transaction. */
export type Queries = SqliteRemoteDatabase

/** The query builder on top of a statement executor. */
export const queriesOn = (execute: (sql: string, params: unknown[], first?: boolean) => Promise<Rows>): Queries =>
  drizzle(
    async (sql, params, method) => {
      const rows = await execute(sql, params, method === 'get')
      return { rows: method === 'get' ? (rows[0] as unknown[]) : rows }
    },
    // drizzle reads the casing only from the third argument.
    undefined,
    { casing: 'snake_case' },
  )
