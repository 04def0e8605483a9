import {
  type Exceptions,
  type FlagReason,
  invalidReasons,
  referralSources,
  referralStatuses,
} from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'

/** The form as it was typed; erased with the person. */
export type Submitted = { name: string; email?: string; phone?: string; message?: string; answer?: string }

/** Listed literally, so that SQLite can use the partial index. */
export const hasOrigin = sql`(network_hash IS NOT NULL OR form_nonce IS NOT NULL)`

/** Since when a pending referral has been pending. Without a comma, at which drizzle-kit would split the index. */
export const pendingSince = sql<number>`CASE WHEN reopened_at IS NULL THEN created_at ELSE reopened_at END`

const listed = sql`archived_at IS NULL`
const listedClosed = sql`archived_at IS NULL AND status NOT IN ('pending', 'accepted')`
const listedConverted = sql`archived_at IS NULL AND converted_at IS NOT NULL`

export const referrals = sqliteTable(
  'referrals',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    /** Null until staff choose the advocate, because the name the friend typed matched nobody. */
    enrollmentId: text(),
    /** Null until the friend is known: "they said Anna sent them". */
    friendContactId: text(),
    /** The advocate's name as the friend typed it, if there was no code. */
    advocateNamed: text(),
    status: text({ enum: [...referralStatuses] }).notNull(),
    source: text({ enum: [...referralSources] }).notNull(),
    submitted: text({ mode: 'json' }).$type<Submitted>().notNull(),
    /** The terms version at submission. */
    termsVersion: integer().notNull(),
    flags: text({ mode: 'json' }).$type<FlagReason[]>().notNull(),
    /** When staff reviewed the flags and cleared them. */
    flagsClearedAt: integer(),
    /** The advocate's custom terms at submission. */
    promisedExceptions: text({ mode: 'json' }).$type<Exceptions>(),
    /** An existing customer who was accepted without a reward. */
    withoutReward: integer({ mode: 'boolean' }).notNull(),
    reason: text(),
    /** Set if it was declined as invalid. */
    invalidReason: text({ enum: [...invalidReasons] }),
    /** The member it is assigned to. */
    assigneeId: text(),
    /** When an admin deleted it: gone from every list and count, still in the audit trail (SPEC §2). */
    archivedAt: integer(),
    /** When it was reopened; the days until it expires count from then. */
    reopenedAt: integer(),
    supersededBy: text(),
    externalId: text(),
    metadata: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** The nonce of the form token: a form counts once, however often it is sent. */
    formNonce: text(),
    /** Keyed hash of the network it came from; evidence only. */
    networkHash: text(),
    /** Keyed hash of the browser's headers; evidence only. */
    deviceHash: text(),
    importId: text(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    /** When it was converted. Kept by a trigger on conversions, so that lists can be sorted by it. */
    convertedAt: integer(),
    /** The order of a status by next step: open ones by the longest wait, closed ones by the latest change. */
    stepKey: integer().generatedAlwaysAs(
      sql`CASE WHEN status IN ('pending', 'accepted') THEN created_at ELSE -updated_at END`,
      { mode: 'virtual' },
    ),
  },
  (table) => [
    uniqueIndex('referrals_in_organization').on(table.organizationId, table.id),
    uniqueIndex('referrals_form_once').on(table.organizationId, table.formNonce).where(sql`form_nonce IS NOT NULL`),
    uniqueIndex('referrals_external_once')
      .on(table.organizationId, table.campaignId, table.externalId)
      .where(sql`external_id IS NOT NULL`),
    uniqueIndex('referrals_friend_once')
      .on(table.enrollmentId, table.friendContactId)
      .where(sql`status IN ('pending', 'accepted', 'converted')`),
    uniqueIndex('referrals_one_winner').on(table.campaignId, table.friendContactId).where(sql`status = 'converted'`),
    // Lists walk these, and each ends with the row's position, which breaks ties (see referrals.walks.ts).
    index('referrals_by_step').on(table.organizationId, table.status, table.stepKey).where(listed),
    index('referrals_closed_by_time').on(table.organizationId, table.status, table.createdAt).where(listedClosed),
    index('referrals_by_conversion').on(table.organizationId, table.status, table.convertedAt).where(listedConverted),
    index('referrals_of_campaign_by_step').on(table.campaignId, table.status, table.stepKey).where(listed),
    index('referrals_of_campaign_closed').on(table.campaignId, table.status, table.createdAt).where(listedClosed),
    index('referrals_of_campaign_converted')
      .on(table.campaignId, table.status, table.convertedAt)
      .where(listedConverted),
    index('referrals_of_advocate_by_step').on(table.enrollmentId, table.status, table.stepKey).where(listed),
    index('referrals_of_advocate_converted')
      .on(table.enrollmentId, table.status, table.convertedAt)
      .where(listedConverted),
    // Counted against the limit of an advocate. Written as in the query, so that SQLite sees that it holds what is counted.
    index('referrals_of_advocate_counted')
      .on(table.enrollmentId)
      .where(
        sql`status IN ('pending', 'accepted') AND archived_at IS NULL AND (flags = '[]' OR flags_cleared_at IS NOT NULL)`,
      ),
    index('referrals_of_advocate').on(table.enrollmentId, table.createdAt),
    index('referrals_assigned')
      .on(table.assigneeId, table.status, table.stepKey)
      .where(sql`archived_at IS NULL AND assignee_id IS NOT NULL`),
    index('referrals_unassigned')
      .on(table.organizationId, table.status, table.stepKey)
      .where(sql`archived_at IS NULL AND assignee_id IS NULL`),
    index('referrals_flagged')
      .on(table.organizationId, table.status, table.stepKey)
      .where(sql`archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL`),
    index('referrals_unattributed')
      .on(table.organizationId, table.status, table.stepKey)
      .where(sql`archived_at IS NULL AND enrollment_id IS NULL`),
    index('referrals_assigned_converted')
      .on(table.assigneeId, table.status, table.convertedAt)
      .where(sql`archived_at IS NULL AND assignee_id IS NOT NULL AND converted_at IS NOT NULL`),
    index('referrals_unassigned_converted')
      .on(table.organizationId, table.status, table.convertedAt)
      .where(sql`archived_at IS NULL AND assignee_id IS NULL AND converted_at IS NOT NULL`),
    index('referrals_flagged_closed')
      .on(table.organizationId, table.status, table.createdAt)
      .where(
        sql`archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL AND status NOT IN ('pending', 'accepted')`,
      ),
    index('referrals_flagged_converted')
      .on(table.organizationId, table.status, table.convertedAt)
      .where(sql`archived_at IS NULL AND flags <> '[]' AND flags_cleared_at IS NULL AND converted_at IS NOT NULL`),
    index('referrals_unattributed_closed')
      .on(table.organizationId, table.status, table.createdAt)
      .where(sql`archived_at IS NULL AND enrollment_id IS NULL AND status NOT IN ('pending', 'accepted')`),
    index('referrals_unattributed_converted')
      .on(table.organizationId, table.status, table.convertedAt)
      .where(sql`archived_at IS NULL AND enrollment_id IS NULL AND converted_at IS NOT NULL`),
    index('referrals_reopened')
      .on(table.organizationId, table.reopenedAt)
      .where(sql`archived_at IS NULL AND status = 'pending' AND reopened_at IS NOT NULL`),
    index('referrals_by_friend').on(table.friendContactId, table.campaignId, table.createdAt),
    index('referrals_by_network').on(table.enrollmentId, table.networkHash).where(sql`network_hash IS NOT NULL`),
    index('referrals_with_origin').on(table.createdAt).where(hasOrigin),
    index('referrals_by_import').on(table.importId).where(sql`import_id IS NOT NULL`),
    // Written as OR, so that SQLite sees that one of the two is enough.
    index('referrals_open')
      .on(table.campaignId, table.status, pendingSince)
      .where(sql`(status = 'pending' OR status = 'accepted') AND archived_at IS NULL`),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.friendContactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** How many referrals each campaign has in each status, without deleted ones. Kept by triggers on referrals. */
export const referralCounts = sqliteTable(
  'referral_counts',
  {
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    status: text({ enum: [...referralStatuses] }).notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.campaignId, table.status] })],
)

/** Each step of a referral with its date. Stored in the order in which a page shows them: WITHOUT ROWID. */
export const referralEvents = sqliteTable(
  'referral_events',
  {
    id: text().notNull(),
    organizationId: text().notNull(),
    referralId: text().notNull(),
    status: text({ enum: [...referralStatuses] }).notNull(),
    /** "member:mem_…", "key:key_…", "friend" or "system". */
    actor: text().notNull(),
    reason: text(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.referralId, table.at, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)

/** Staff notes on a referral, never shown outside. Erased with the person. */
export const referralNotes = sqliteTable(
  'referral_notes',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    referralId: text().notNull(),
    text: text().notNull(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('referral_notes_by_referral').on(table.referralId, table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)

/** A link to the friend's own page, which shows their offer and lets them delete their data. Stored as a hash, WITHOUT ROWID. */
export const friendLinks = sqliteTable(
  'friend_links',
  {
    organizationId: text().notNull(),
    referralId: text().notNull(),
    hash: text().primaryKey(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('friend_links_by_referral').on(table.referralId),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)
