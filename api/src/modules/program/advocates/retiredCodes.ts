import { createHmac } from 'node:crypto'
import { normalizeCode } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { suppressionKeyOf } from '../../platform/messages/audience.queries.ts'
import { retiredCodes } from './advocates.table.ts'

/** Hashed with the organization's own key, so that codes are still recognized after the organization moves. */
const hashOf = async (ctx: Ctx, code: string): Promise<string> =>
  createHmac('sha256', await suppressionKeyOf(ctx.db, ctx.organizationId))
    .update(`code:${normalizeCode(code)}`)
    .digest('base64url')

/** Records the hashes of codes before they are erased. */
export async function retireCodes(tx: Ctx, codes: string[]): Promise<void> {
  const { organizationId } = tx
  const createdAt = tx.clock()
  for (const code of codes) {
    const hash = await hashOf(tx, code)
    await tx.db.insert(retiredCodes).values({ organizationId, hash, createdAt }).onConflictDoNothing()
  }
}

/** Whether a code belonged to an erased advocate of this organization. */
export async function isRetiredCode(ctx: Ctx, code: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ hash: retiredCodes.hash })
    .from(retiredCodes)
    .where(and(eq(retiredCodes.organizationId, ctx.organizationId), eq(retiredCodes.hash, await hashOf(ctx, code))))
  return found !== undefined
}
