import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { members } from './members.table.ts'

/** Throws not_found unless it is a member of this organization who still works here. */
export async function assertCurrentMember(ctx: Ctx, id: string): Promise<void> {
  const [member] = await ctx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, id), eq(members.organizationId, ctx.organizationId), isNull(members.removedAt)))
  if (!member) throw new AppError('not_found')
}
