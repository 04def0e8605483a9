import type { Currency, Exceptions, FriendRewardUse, RewardKindName, RewardLine } from '@goodword/contracts'
import { foreignKey, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { referrals } from '../referrals/referrals.table.ts'

/** The amounts decided for each side; never changed. */
export type Frozen = {
  advocate: FrozenSide
  friend: FrozenSide
  /** The advocate's custom terms at that time; absent in conversions of earlier versions. */
  exceptions?: Exceptions | null
}
type FrozenSide = {
  kind: RewardKindName | 'none'
  text: string | null
  amount: number
  lines: RewardLine[]
  /** How the friend uses the credit; only set for a friend's credit. */
  use?: FriendRewardUse
  /** Where the discount code comes from; only set for a code. */
  codes?: 'pool' | 'generated'
  /** What a generated code looks like; only set for one of a pattern of its own. */
  pattern?: string
}

/** A referral that earned. Rows are only added: the database rejects UPDATE, DELETE and REPLACE. */
export const conversions = sqliteTable(
  'conversions',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    referralId: text().notNull(),
    campaignId: text().notNull(),
    enrollmentId: text().notNull(),
    advocateContactId: text().notNull(),
    friendContactId: text().notNull(),
    termsVersion: integer().notNull(),
    nth: integer().notNull(),
    jobValue: integer(),
    currency: text().$type<Currency>().notNull(),
    paidOn: text(),
    invoice: text(),
    advocateAmount: integer().notNull(),
    friendAmount: integer().notNull(),
    frozen: text({ mode: 'json' }).$type<Frozen>().notNull(),
    /** Null if the friend was already an advocate. */
    createdEnrollmentId: text(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('conversions_referral_once').on(table.referralId),
    uniqueIndex('conversions_in_organization').on(table.organizationId, table.id),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)

export type Conversion = typeof conversions.$inferSelect
