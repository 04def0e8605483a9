import { and, asc, eq, lte } from 'drizzle-orm'
import { contextFor, type Services } from '../../../shared/context.ts'
import { canBeReleased } from './kinds/kinds.ts'
import { release } from './release.ts'
import { rewards } from './rewards.table.ts'

const batch = 200

/**
 * Releases rewards whose hold has ended, each in its own transaction, and notifies their owners. Rewards that need
 * approval keep waiting. A failure is logged, is retried and delays no other reward. Returns how many were released.
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
      .catch((error: unknown) => services.log.error({ err: error, rewardId: reward.id }, 'could not release a reward'))
  }
  return due.length
}
