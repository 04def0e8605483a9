import { and, eq } from 'drizzle-orm'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { kinds } from './kinds/kinds.ts'
import { release } from './release.ts'
import type { Reward } from './reward.ts'
import { writeAudit } from './rewards.audit.ts'
import { rewards } from './rewards.table.ts'

/** Puts a voided reward back on hold and releases it if its hold has ended. Returns whether it was released. */
export async function reinstate(tx: Ctx, reward: Reward, reason: string): Promise<boolean> {
  const { id, contactId, amount } = reward
  const now = tx.clock()
  await tx.db
    .update(rewards)
    .set({
      status: 'pending',
      needsApproval: false,
      reason,
      decidedAt: now,
      decidedBy: actorKey(tx.actor),
      updatedAt: now,
    })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id), eq(rewards.status, 'voided')))
  await kinds[reward.kind].reinstate(tx, reward)
  await writeAudit(tx, { action: 'reward.reinstated', subjectId: id, data: { amount } })
  await recordEvent(tx, 'reward.reinstated', { rewardId: id, contactId })
  return release(tx, id)
}
