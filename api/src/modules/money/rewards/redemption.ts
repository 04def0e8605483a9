import type { Currency } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { rewards } from './rewards.table.ts'

const place = (name: string) => sql.placeholder(name)

/** Issued rewards are walked from the newest; those beyond the available credit have none of it left. */
const redeemUsed = prepared((db) =>
  db
    .update(rewards)
    .set({ status: 'redeemed', redeemedAt: sql`${place('now')}`, updatedAt: sql`${place('now')}` })
    .where(
      sql`${eq(rewards.organizationId, place('organizationId'))} AND rewards.rowid IN (SELECT place FROM (
        SELECT rowid AS place, sum(amount) OVER (ORDER BY tab_at DESC, rowid DESC ROWS UNBOUNDED PRECEDING) - amount AS newer
        FROM rewards INDEXED BY rewards_of_contact WHERE contact_id = ${place('contactId')} AND tab = 'issued'
          AND kind = 'credit' AND currency = ${place('currency')}) WHERE newer >= ${place('available')})`,
    )
    .returning({ id: rewards.id })
    .prepare(),
)

/**
 * Credit is used in the order in which it became available, so what is available now belongs to the newest issued
 * rewards. One with none of it left becomes redeemed.
 */
export async function markUsedRewards(tx: Ctx, contactId: string, currency: Currency): Promise<void> {
  const { available } = await balanceIn(tx, contactId, currency)
  const { organizationId } = tx
  const used = await redeemUsed(tx.db).all({ organizationId, contactId, currency, available, now: tx.clock() })
  for (const { id } of used) await recordEvent(tx, 'reward.redeemed', { rewardId: id, contactId })
}
