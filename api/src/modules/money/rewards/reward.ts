import type { Posting } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import type { Entry } from '../ledger/entry.ts'
import { rewards } from './rewards.table.ts'

export type Reward = Omit<typeof rewards.$inferSelect, 'tab' | 'tabAt'>

/** Marks a pending reward as issued, once. Returns whether this call did. */
export async function markIssued(tx: Ctx, { id, contactId }: Pick<Reward, 'id' | 'contactId'>): Promise<boolean> {
  const [issued] = await tx.db
    .update(rewards)
    .set({ status: 'issued', updatedAt: tx.clock() })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id), eq(rewards.status, 'pending')))
    .returning({ id: rewards.id })
  if (issued) await recordEvent(tx, 'reward.issued', { rewardId: id, contactId })
  return issued !== undefined
}

/** The transfer for one step of a reward. Each step can be posted once. */
export const entryOf = (rewardId: string, step: string, posting: Posting): Entry => ({
  refersTo: { type: 'reward', id: rewardId },
  idempotencyKey: `reward:${rewardId}:${step}`,
  ...posting,
})
