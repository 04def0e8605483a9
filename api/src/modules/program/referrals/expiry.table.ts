import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { campaigns } from '../campaigns/campaigns.table.ts'

/**
 * When a referral of a campaign can be due to expire at the earliest, so that nobody has to look before. Triggers insert
 * a row with each campaign and set `nextAt` to 0 when its dates or terms change, or when a referral becomes open that
 * has waited since before `checkedAt` (migration campaign_expiry).
 */
export const campaignExpiry = sqliteTable(
  'campaign_expiry',
  {
    campaignId: text().primaryKey(),
    organizationId: text().notNull(),
    /** When `nextAt` was computed; null while the campaign is over and takes its open referrals with it. */
    checkedAt: integer(),
    /** Null for never. */
    nextAt: integer(),
  },
  (table) => [
    index('campaign_expiry_due').on(table.nextAt),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
  ],
)
