import { type Column, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from './context.ts'

/**
 * Whether a row belongs to the organization, for rows that another column finds: the plus sign keeps SQLite from choosing
 * an index of the whole organization for it.
 */
export const ownRow = (ctx: Pick<Ctx, 'organizationId'>, organizationId: Column): SQL =>
  sql`+${organizationId} = ${ctx.organizationId}`
