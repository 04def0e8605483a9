import { asc, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import { contextFor, type Services, transaction } from '../../../../shared/context.ts'
import { rewardDeliveries } from '../deliveries.table.ts'
import { changeDelivery, enqueueCard } from '../deliveries.ts'

/** How long a card waits until the provider is asked where it is. Its events usually come before. */
const lookAfterMs = 3_600_000
const batch = 50

/** The condition is the one of the index reward_deliveries_waiting. */
const waiting = prepared((db) =>
  db
    .select({ rewardId: rewardDeliveries.rewardId, organizationId: rewardDeliveries.organizationId })
    .from(rewardDeliveries)
    .where(sql`state = 'waiting' AND ${rewardDeliveries.updatedAt} <= ${sql.placeholder('until')}`)
    .orderBy(asc(rewardDeliveries.updatedAt))
    .limit(batch)
    .prepare(),
)

/** Has the provider asked about cards that have waited for an hour since. Returns how many. */
export async function lookAtWaitingCards(services: Services): Promise<number> {
  const rows = await waiting(services.database.read).all({ until: services.clock() - lookAfterMs })
  for (const { rewardId, organizationId } of rows) {
    await transaction(contextFor(services, organizationId, { type: 'system' }), async (tx) => {
      // Its turn comes again in an hour.
      await changeDelivery(tx, rewardId, { state: 'waiting' })
      await enqueueCard(tx, rewardId)
    })
  }
  return rows.length
}
