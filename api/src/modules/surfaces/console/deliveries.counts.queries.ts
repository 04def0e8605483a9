import { and, eq, sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
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

/** How many campaigns have no code left while a reward waits for one. A campaign is asked for one reward at most. */
export async function countWithoutCodes({ db, organizationId, clock }: Ctx): Promise<number> {
  const [row] = await withoutCodes(db).all({ organizationId, now: clock() })
  return row?.[0] ?? 0
}

/** The condition is the one of the index rewards_for_pool. */
const withoutCodes = preparedSql<[number]>(sql`SELECT count(*) FROM campaigns k
  LEFT JOIN discount_code_counts c ON c.campaign_id = k.id
  WHERE k.organization_id = ${sql.placeholder('organizationId')} AND coalesce(c.left_count, 0) = 0
    AND EXISTS (SELECT 1 FROM rewards w WHERE w.campaign_id = k.id AND w.status = 'pending' AND w.needs_approval = 0
      AND w.code_source = 'pool' AND w.available_at <= ${sql.placeholder('now')} LIMIT 1)`)
