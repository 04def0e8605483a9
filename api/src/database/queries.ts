import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Execute } from './compiled.ts'
import type { Rows } from './driver.ts'

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

/** Reads by SQL that is plain text, with its values in order: nothing is built. Only the first row if `first`. */
export async function readText(queries: Queries, text: string, values: unknown[], first = false): Promise<Rows> {
  const execute = executors.get(queries)
  if (!execute) throw new Error('These queries run on no database.')
  return await execute(text, values, first)
}
