import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Execute } from './compiled.ts'

/** The query builder, outside or inside a transaction. */
export type Queries = SqliteRemoteDatabase

/** The query builder on top of a statement executor. */
export function queriesOn(execute: Execute): Queries {
  const queries = drizzle(
    async (sql, params, method) => {
      const rows = await execute(sql, params, method === 'get')
      return { rows: method === 'get' ? (rows[0] as unknown[]) : rows }
    },
    // drizzle reads the casing only from the third argument.
    undefined,
    { casing: 'snake_case' },
  )
  executors.set(queries, execute)
  return queries
}

const executors = new WeakMap<Queries, Execute>()

/** The statement executor below a query builder. */
export const executorOf = (queries: Queries): Execute | undefined => executors.get(queries)
