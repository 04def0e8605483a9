import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { isActive, members } from './members.table.ts'

/** Throws not_found unless the id is a current member of this organization who accepted. */
export async function assertCurrentMember(ctx: Ctx, id: string): Promise<void> {
  const [member] = await ctx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, id), eq(members.organizationId, ctx.organizationId), isActive))
  if (!member) throw new AppError('not_found')
}
