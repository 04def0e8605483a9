import type { Page, Reward as ShownReward, ToDeliverQuery } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, mapPage } from '../../../shared/keyset.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { rewardDeliveries } from '../../money/rewards/deliveries.table.ts'
import { type RewardRow, rewardRows, shownAt } from './rewards.queries.ts'

/** The condition of the index reward_deliveries_to_do. */
const isToDo = sql`${rewardDeliveries.state} = 'to_do'`

const pages = preparedPages<RewardRow>(
  [
    ascending(rewardDeliveries.dueOn, ({ delivery }) => delivery?.dueOn ?? ''),
    byRowid(rewardDeliveries, 'asc', ({ delivery }) => delivery?.rewardId ?? '', 'reward_id'),
  ],
  (db, { where, orderBy, limit }) =>
    rewardRows(db, eq(rewardDeliveries.organizationId, sql.placeholder('organizationId')), isToDo, where)
      .orderBy(...orderBy)
      .limit(limit)
      .prepare(),
)

/** The rewards that staff have to deliver, those due first at the top. */
export async function listToDeliver(ctx: Ctx, query: ToDeliverQuery): Promise<Page<ShownReward>> {
  const page = await pages(ctx.db, query, { organizationId: ctx.organizationId })
  return mapPage(page, shownAt(ctx.clock()))
}
