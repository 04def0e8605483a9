import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { rewards } from './rewards.table.ts'

/**
 * By how much the amount of a reward was changed, because a part of its job was refunded or staff corrected it. What it was
 * worth at first is its amount less these.
 */
export const rewardAdjustments = sqliteTable(
  'reward_adjustments',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    rewardId: text()
      .notNull()
      .references(() => rewards.id),
    /** Signed, in minor units: below zero if it was reduced. */
    amount: integer().notNull(),
    /** One adjustment for each, however often it is asked for. */
    key: text().notNull(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('reward_adjustments_once').on(table.organizationId, table.key),
    index('reward_adjustments_of_reward').on(table.rewardId, table.createdAt),
  ],
)
