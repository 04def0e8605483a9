import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Rows } from './driver.ts'

/** The query builder, for reading outside of a transaction or for both inside one. */
export type Queries = SqliteRemoteDatabase

/** The query builder over what carries its statements out. */
export const queriesOn = (execute: (sql: string, params: unknown[], first?: boolean) => Promise<Rows>): Queries =>
  drizzle(
    async (sql, params, method) => {
      const rows = await execute(sql, params, method === 'get')
      return { rows: method === 'get' ? (rows[0] as unknown[]) : rows }
    },
    // The casing is read from the third argument alone.
    undefined,
    { casing: 'snake_case' },
  )
