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
      sql`status = 'pending' AND needs_approval = 0 AND code_source IS NOT 'pool' AND ${lte(rewards.availableAt, sql.placeholder('now'))}`,
    )
    .orderBy(asc(rewards.availableAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

/**
 * Releases rewards whose hold has ended, each in its own transaction, and notifies their owners. Rewards that need
 * approval keep waiting. A failure is logged, is retried and delays no other reward. Returns how many were released.
 */
export async function releaseDueRewards(services: Services): Promise<number> {
  const { read } = services.database
  const given = { now: services.clock(), limit: batch }
  const due: DueReward[] = await dueRewards(read).all(given)
  for (const { ready } of Object.values(kinds)) if (ready) due.push(...(await ready(read, given)))
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
