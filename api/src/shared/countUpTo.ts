import { countedAtMost } from '@goodword/contracts'
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { Ctx } from './context.ts'

/** A count that stopped at 1,000 is capped: there are more. */
export type Counted = { count: number; isCapped: boolean }

export const cappedCount = (count: number): Counted => ({
  count: Math.min(count, countedAtMost),
  isCapped: count > countedAtMost,
})

/** Counts the rows a query selects as far as it has to: one more than 1,000, as a scalar subquery. */
export const countOf = (rows: SQLWrapper) =>
  sql<number>`(SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ${countedAtMost + 1}))`

/** How many rows a query selects, counted up to 1,000: under a free filter there may be any number. */
export async function countUpTo(ctx: Pick<Ctx, 'db'>, rows: SQLWrapper): Promise<Counted> {
  const [counted] = await ctx.db.all<[number]>(sql`SELECT ${countOf(rows)}`)
  return cappedCount(counted?.[0] ?? 0)
}
