import type { Currency } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Whose figures are added up: an organization, a campaign or an enrollment. A number keeps the rows below short. */
export const rollupSubjects = sqliteTable(
  'rollup_subjects',
  {
    id: integer().primaryKey(),
    subjectId: text().notNull(),
    organizationId: text().notNull(),
    /** Of an organization: grows with every change of its figures. Of an enrollment: that number at its last change. */
    version: integer().notNull().default(0),
    /** Of an enrollment: that number when its visits last changed. */
    visited: integer().notNull().default(0),
  },
  (table) => [
    uniqueIndex('rollup_subjects_once').on(table.subjectId),
    index('rollup_subjects_changed')
      .on(table.organizationId, table.version)
      .where(sql`version > 0 AND subject_id <> organization_id`),
  ],
)

/**
 * Figures by quarter of an hour and by UTC day, kept by triggers. A day in any time zone is some quarters, whole UTC
 * days, and some quarters. Each figure counts on its own date. Of an organization, there are only days: its quarters are
 * those of its campaigns. Of an enrollment, there are only quarters with referrals. The key is the whole table: WITHOUT
 * ROWID.
 */
export const rollups = sqliteTable(
  'rollups',
  {
    subject: integer().notNull(),
    unit: text({ enum: ['d', 'q'] }).notNull(),
    /** The first quarter of an hour, counted from 1970. */
    quarter: integer().notNull(),
    /** Of the campaign. Counts are the sum over all currencies. */
    currency: text().$type<Currency>().notNull(),
    visits: integer().notNull(),
    referrals: integer().notNull(),
    /**
     * Conversions neither reversed nor deleted. Amounts are in minor units, and include further jobs of their friends, each
     * on the day it earned.
     */
    converted: integer().notNull(),
    revenue: integer().notNull(),
    advocateRewards: integer().notNull(),
    friendRewards: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.unit, table.quarter, table.currency] })],
)

/** What advocates earned, by campaign and quarter of an hour: what they are ranked by. WITHOUT ROWID too. */
export const advocateRollups = sqliteTable(
  'advocate_rollups',
  {
    /** The campaign. */
    subject: integer().notNull(),
    quarter: integer().notNull(),
    /** The subject number of the enrollment. */
    enrollment: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    converted: integer().notNull(),
    revenue: integer().notNull(),
    rewards: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.quarter, table.enrollment, table.currency] }),
    // With the amounts, because the leaderboard adds up a year of the busiest: the rows themselves are all over the table.
    index('advocate_rollups_earned').on(table.enrollment, table.quarter, table.currency, table.rewards),
  ],
)
