import { and, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { auditEntries } from './audit.table.ts'

/** Whether any of these actions was ever taken on a subject. */
export async function wasEver(ctx: Ctx, subjectId: string, actions: readonly string[]): Promise<boolean> {
  const entry = await ctx.db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.organizationId, ctx.organizationId),
        eq(auditEntries.subjectId, subjectId),
        inArray(auditEntries.action, [...actions]),
      ),
    )
    .limit(1)
    .get()
  return entry !== undefined
}
