import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { type Counted, countUpTo } from '../../../shared/countUpTo.ts'
import { rewardDeliveries } from '../../money/rewards/deliveries.table.ts'

/** How many rewards staff have to deliver, up to 1,000. The condition is the one of the index reward_deliveries_to_do. */
export const countToDeliver = (ctx: Ctx): Promise<Counted> =>
  countUpTo(
    ctx,
    ctx.db
      .select({ id: rewardDeliveries.rewardId })
      .from(rewardDeliveries)
      .where(and(eq(rewardDeliveries.organizationId, ctx.organizationId), sql`${rewardDeliveries.state} = 'to_do'`)),
  )
