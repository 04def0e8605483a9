import { countedAtMost } from '@goodword/contracts'
import { type SQLWrapper, sql } from 'drizzle-orm'
import type { Ctx } from './context.ts'

/** How many rows a query selects, counted up to 1,000: under a free filter there may be any number. */
export async function countUpTo(ctx: Pick<Ctx, 'db'>, rows: SQLWrapper): Promise<number> {
  const [counted] = await ctx.db.all<[number]>(sql`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ${countedAtMost})`)
  return counted?.[0] ?? 0
}
