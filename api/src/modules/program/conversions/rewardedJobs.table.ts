import type { Currency } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { conversions, type Frozen } from './conversions.table.ts'

/**
 * The jobs that earned something: each converted a referral, or is a further job of a friend who has converted. A job
 * earns once. The migrations tie each to its job, whose table is of a higher module.
 */
export const rewardedJobs = sqliteTable(
  'rewarded_jobs',
  {
    jobId: text().primaryKey(),
    organizationId: text().notNull(),
    /** The friend's conversion: by this job, or before it. */
    conversionId: text().notNull(),
    isFurther: integer({ mode: 'boolean' }).notNull(),
    /** What the rewards were calculated for, in minor units of `currency`; null if nobody knew it. */
    jobValue: integer(),
    currency: text().$type<Currency>().notNull(),
    /** The terms of a further job; those of a conversion are its own. */
    termsVersion: integer().notNull(),
    /** What a further job earned for each side. */
    frozen: text({ mode: 'json' }).$type<Pick<Frozen, 'advocate' | 'friend'>>(),
    /** What had been refunded by then, so that `jobValue` is without it. */
    refundedBefore: integer().notNull(),
    /** How much of what was refunded since then has been decided about. */
    refundedSettled: integer().notNull().default(0),
    /** How often that was. */
    decisions: integer().notNull().default(0),
    /** Its rewards were taken back. */
    takenBackAt: integer(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('rewarded_jobs_convert_once').on(table.conversionId).where(sql`NOT is_further`),
    index('rewarded_jobs_of_conversion').on(table.conversionId, table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.conversionId],
      foreignColumns: [conversions.organizationId, conversions.id],
    }),
  ],
)

export type RewardedJob = typeof rewardedJobs.$inferSelect
