import { parseDiscount } from '@goodword/domain'
import { asc, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import { assignCode } from '../codes.assigning.ts'
import { markIssued } from '../reward.ts'
import { rewards } from '../rewards.table.ts'
import type { RewardKind } from './rewardKind.ts'

const nothing = async () => undefined

/** The condition of the index rewards_for_pool. */
const fromPool = sql`status = 'pending' AND needs_approval = 0 AND code_source = 'pool'`
/**
 * Steps from campaign to campaign, so that rewards for which there is no code are never read. The indexes are named: SQLite
 * knows nothing about one that is empty, and would rather read another index or every free code of every campaign.
 */
const readyForPool = prepared((db) =>
  db
    .select({ id: rewards.id, organizationId: rewards.organizationId })
    .from(rewards)
    .where(
      sql`${rewards.id} IN (
        WITH RECURSIVE campaign(id) AS (
          SELECT min(campaign_id) FROM rewards INDEXED BY rewards_for_pool WHERE ${fromPool}
          UNION ALL
          SELECT (SELECT min(campaign_id) FROM rewards INDEXED BY rewards_for_pool WHERE ${fromPool} AND campaign_id > campaign.id) FROM campaign WHERE campaign.id IS NOT NULL)
        SELECT due.id FROM campaign CROSS JOIN rewards due INDEXED BY rewards_for_pool WHERE due.campaign_id = campaign.id
          AND due.status = 'pending' AND due.needs_approval = 0 AND due.code_source = 'pool' AND due.available_at <= ${sql.placeholder('now')}
          AND EXISTS (SELECT 1 FROM discount_codes d INDEXED BY discount_codes_free WHERE d.campaign_id = campaign.id AND d.reward_id IS NULL AND d.over_at IS NULL)
        LIMIT ${sql.placeholder('limit')})`,
    )
    .orderBy(asc(rewards.availableAt))
    .prepare(),
)

/** A discount code, from the campaign's pool or generated when it is due. Once assigned, it stays with its owner. */
export const discountCode: RewardKind = {
  describe: ({ text, currency }, words) => {
    const discount = parseDiscount(text ?? '', currency)
    return discount ? words.discount(discount, currency) : (text ?? '')
  },
  isEarned: () => true,
  isBalance: false,
  waitsFor: 'code',
  invariants: [
    {
      invariant: 'An earned discount code is assigned to its reward, and to no other.',
      broken: `SELECT w.id FROM rewards w LEFT JOIN discount_codes k ON k.reward_id = w.id
        WHERE (w.kind <> 'discount_code' AND k.id IS NOT NULL)
          OR (w.kind = 'discount_code' AND w.status <> 'voided' AND (w.status = 'pending') <> (k.id IS NULL))`,
    },
  ],
  ready: (db, given) => readyForPool(db).all(given),
  create: nothing,
  async release(tx, reward) {
    const code = await assignCode(tx, reward)
    if (code === null) return null
    await markIssued(tx, reward)
    return { code }
  },
  spent: async () => 0,
  takeBack: nothing,
  reinstate: nothing,
}
