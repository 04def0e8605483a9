import { and, asc, eq, lte } from 'drizzle-orm'
import { contextFor, type Services } from '../../../shared/context.ts'
import { canBeReleased } from './kinds/kinds.ts'
import { release } from './release.ts'
import { rewards } from './rewards.table.ts'

const batch = 200

/**
 * Rewards whose hold is over become usable, each in a transaction of its own, and their owner is told; those that staff
 * have to approve go on waiting. One that fails is logged, keeps waiting and delays no other. Answers how many.
 */
export async function releaseDueRewards(services: Services): Promise<number> {
  const due = await services.database.read
    .select({ id: rewards.id, organizationId: rewards.organizationId })
    .from(rewards)
    .where(
      and(
        eq(rewards.status, 'pending'),
        eq(rewards.needsApproval, false),
        lte(rewards.availableAt, services.clock()),
        canBeReleased,
      ),
    )
    .orderBy(asc(rewards.availableAt))
    .limit(batch)
  for (const reward of due) {
    const ctx = contextFor(services, reward.organizationId, { type: 'system' })
    await services.database
      .write((db) => release({ ...ctx, db, inTransaction: true }, reward.id))
      .catch((error: unknown) => services.log.error({ err: error, rewardId: reward.id }, 'a reward was not released'))
  }
  return due.length
}
