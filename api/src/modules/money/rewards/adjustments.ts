import { and, eq } from 'drizzle-orm'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { rewardAdjustments } from './adjustments.table.ts'
import { rewards } from './rewards.table.ts'

/** Whether a reward's amount was ever changed. */
export async function wasAdjusted(ctx: Ctx, rewardId: string): Promise<boolean> {
  const row = await ctx.db
    .select({ id: rewardAdjustments.id })
    .from(rewardAdjustments)
    .where(and(eq(rewardAdjustments.organizationId, ctx.organizationId), eq(rewardAdjustments.rewardId, rewardId)))
    .limit(1)
    .get()
  return row !== undefined
}

/** Whether this change was made already. */
export async function isAdjusted(ctx: Ctx, key: string): Promise<boolean> {
  const row = await ctx.db
    .select({ id: rewardAdjustments.id })
    .from(rewardAdjustments)
    .where(and(eq(rewardAdjustments.organizationId, ctx.organizationId), eq(rewardAdjustments.key, key)))
    .get()
  return row !== undefined
}

/** Writes a reward's new amount and by how much it changed; minor units. Its money is moved by its kind before. */
export async function recordAdjustment(
  tx: Ctx,
  { id, contactId, amount: from }: { id: string; contactId: string; amount: number },
  { to, key, owed }: { to: number; key: string; owed: number },
): Promise<void> {
  const now = tx.clock()
  const [changed] = await tx.db
    .update(rewards)
    .set({ amount: to, updatedAt: now })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id)))
    .returning({ id: rewards.id })
  if (!changed) throw new AppError('not_found')
  await tx.db.insert(rewardAdjustments).values({
    id: tx.newId('rewardAdjustment'),
    organizationId: tx.organizationId,
    rewardId: id,
    amount: to - from,
    key,
    actor: actorKey(tx.actor),
    createdAt: now,
  })
  await recordEvent(tx, 'reward.adjusted', { rewardId: id, contactId, from, to, owed })
}
