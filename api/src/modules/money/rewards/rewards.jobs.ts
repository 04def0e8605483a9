import { asc, lte, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { contextFor, type Services } from '../../../shared/context.ts'
import { kinds } from './kinds/kinds.ts'
import type { DueReward } from './kinds/rewardKind.ts'
import { release } from './release.ts'
import { rewards } from './rewards.table.ts'

const batch = 200

/** Rewards that wait for nothing but their day. The condition is the one of the index rewards_due. */
const dueRewards = prepared((db) =>
  db
    .select({ id: rewards.id, organizationId: rewards.organizationId })
    .from(rewards)
    .where(
      sql`status = 'pending' AND needs_approval = 0 AND code_source IS NOT 'pool' AND is_delivering = 0 AND ${lte(rewards.availableAt, sql.placeholder('now'))}`,
    )
    .orderBy(asc(rewards.availableAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

/** Both of the following. */
export const releaseDueRewards = async (services: Services): Promise<number> =>
  (await releaseHeld(services)) + (await releaseReady(services))

/** Releases rewards whose hold has ended. Rewards that need approval keep waiting. Returns how many were released. */
export const releaseHeld = async (services: Services): Promise<number> =>
  releaseEach(services, await dueRewards(services.database.read).all(givenNow(services)))

/** Releases due rewards that waited for something else, and no longer do. Returns how many were released. */
export async function releaseReady(services: Services): Promise<number> {
  let released = 0
  for (const { ready } of Object.values(kinds))
    if (ready) released += await releaseEach(services, await ready(services.database.read, givenNow(services)))
  return released
}

const givenNow = ({ clock }: Services) => ({ now: clock(), limit: batch })

/**
 * Each in its own transaction, and notifies their owners. A failure is logged, is retried and delays no other reward.
 */
async function releaseEach(services: Services, due: DueReward[]): Promise<number> {
  let released = 0
  for (const reward of due) {
    const ctx = contextFor(services, reward.organizationId, { type: 'system' })
    const done = await services.database
      .write((db) => release({ ...ctx, db, inTransaction: true }, reward.id))
      .catch((error: unknown) => services.log.error({ err: error, rewardId: reward.id }, 'could not release a reward'))
    if (done) released += 1
  }
  return released
}
