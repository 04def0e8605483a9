import type { LeaderboardPeriod } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** Whether and how an organization shows its leaderboard to everyone. No row: it never has. */
export const leaderboardPages = sqliteTable(
  'leaderboard_pages',
  {
    organizationId: text()
      .primaryKey()
      .references(() => organizations.id),
    /** The end of its address; unique in the whole installation, because all share /l/SLUG. */
    slug: text().notNull(),
    isPublic: integer({ mode: 'boolean' }).notNull(),
    opensWith: text().$type<LeaderboardPeriod>().notNull(),
    /** How many advocates the public page lists. */
    shows: integer().notNull(),
    /** Whether the advocates on it hear each month who was first. */
    announcesWinner: integer({ mode: 'boolean' }).notNull(),
    /** The last month that was announced, or that needs no announcement: "2026-11". */
    announcedMonth: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('leaderboard_pages_slug_once').on(table.slug),
    index('leaderboard_pages_to_announce').on(table.announcedMonth).where(sql`announces_winner = 1`),
  ],
)

/**
 * The month of a conversion in its organization's time zone ("2026-11"), by the referral: SQLite knows no time zones.
 * Its triggers keep everything below. WITHOUT ROWID, and so are the other tables without a number.
 */
export const leaderboardMonths = sqliteTable('leaderboard_months', {
  referralId: text().primaryKey(),
  month: text().notNull(),
})

/** Organizations whose time zone changed, and the last conversion whose month is right again. */
export const leaderboardRedating = sqliteTable('leaderboard_redating', {
  organizationId: text().primaryKey(),
  after: text().notNull(),
})

/** One for each organization and period: "2026-11", "2026-Q4", "2026" or "all". A number keeps the rows below short. */
export const leaderboards = sqliteTable(
  'leaderboards',
  { id: integer().primaryKey(), organizationId: text().notNull(), period: text().notNull() },
  (table) => [uniqueIndex('leaderboards_once').on(table.organizationId, table.period)],
)

/** What counts for an advocate, over all campaigns, in a period. Kept by triggers. */
export const leaderboardEntries = sqliteTable(
  'leaderboard_entries',
  {
    contactId: text().notNull(),
    board: integer().notNull(),
    /** Converted referrals that aren't archived, and those of them without a flag that staff haven't cleared. */
    closed: integer().notNull(),
    cleared: integer().notNull(),
    /** Whether they asked to be listed in public. */
    listed: integer({ mode: 'boolean' }).notNull(),
    /** What the list is in the order of: a negative count walks the same way as the ids that break ties. */
    closedKey: integer().notNull().generatedAlwaysAs(sql`-closed`, { mode: 'virtual' }),
    clearedKey: integer().notNull().generatedAlwaysAs(sql`-cleared`, { mode: 'virtual' }),
  },
  (table) => [
    primaryKey({ columns: [table.board, table.contactId] }),
    index('leaderboard_entries_of_contact').on(table.contactId),
    index('leaderboard_entries_by_closed').on(table.board, table.closedKey, table.contactId).where(sql`closed > 0`),
    index('leaderboard_entries_in_public')
      .on(table.board, table.clearedKey, table.contactId)
      .where(sql`cleared > 0 AND listed = 1`),
  ],
)

/** How many advocates have each count, among everyone and among those listed in public. Kept by triggers. */
export const leaderboardTally = sqliteTable(
  'leaderboard_tally',
  {
    board: integer().notNull(),
    audience: text({ enum: ['console', 'public'] }).notNull(),
    closed: integer().notNull(),
    advocates: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.board, table.audience, table.closed] })],
)
