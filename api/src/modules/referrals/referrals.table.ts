import { type FlagReason, referralSources, referralStatuses } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { contacts } from '../contacts/contacts.table.ts'

/** What was typed, as it was typed; erased with the person. */
export type Submitted = { name: string; email?: string; phone?: string; message?: string }

export const referrals = sqliteTable(
  'referrals',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    enrollmentId: text().notNull(),
    friendContactId: text().notNull(),
    status: text({ enum: [...referralStatuses] }).notNull(),
    source: text({ enum: [...referralSources] }).notNull(),
    submitted: text({ mode: 'json' }).$type<Submitted>().notNull(),
    /** The terms the two sides were promised. */
    termsVersion: integer().notNull(),
    flags: text({ mode: 'json' }).$type<FlagReason[]>().notNull(),
    /** An existing customer let in without a reward. */
    withoutReward: integer({ mode: 'boolean' }).notNull(),
    reason: text(),
    supersededBy: text(),
    externalId: text(),
    metadata: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** The nonce of the form token: a form is taken once, however often it is sent. */
    formNonce: text(),
    /** Keyed hash of the network it came from; evidence only. */
    networkHash: text(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('referrals_in_organization').on(table.organizationId, table.id),
    uniqueIndex('referrals_form_once').on(table.organizationId, table.formNonce),
    uniqueIndex('referrals_external_once').on(table.organizationId, table.campaignId, table.externalId),
    uniqueIndex('referrals_friend_once')
      .on(table.enrollmentId, table.friendContactId)
      .where(sql`status IN ('pending', 'accepted', 'converted')`),
    uniqueIndex('referrals_one_winner').on(table.campaignId, table.friendContactId).where(sql`status = 'converted'`),
    index('referrals_by_status').on(table.organizationId, table.status, table.updatedAt),
    index('referrals_by_time').on(table.organizationId, table.createdAt),
    index('referrals_by_friend').on(table.friendContactId, table.campaignId, table.createdAt, table.id),
    index('referrals_by_advocate').on(table.enrollmentId, table.status),
    index('referrals_by_network').on(table.enrollmentId, table.networkHash),
    index('referrals_live').on(table.status, table.campaignId).where(sql`status IN ('pending', 'accepted')`),
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

/** Each step of a referral, dated and kept. */
export const referralEvents = sqliteTable(
  'referral_events',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    referralId: text().notNull(),
    status: text({ enum: [...referralStatuses] }).notNull(),
    /** "member:mem_…", "key:key_…", "friend" or "system". */
    actor: text().notNull(),
    reason: text(),
    at: integer().notNull(),
  },
  (table) => [
    index('referral_events_by_referral').on(table.referralId, table.at),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)
