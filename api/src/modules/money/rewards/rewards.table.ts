import { type Currency, creditRequestStates, creditUses, rewardKinds, rewardSourceTypes } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'

/**
 * What one side gets from a conversion. pending (held) → issued → redeemed; voided. The migrations hold each reward to a
 * conversion of its organization, and each code to a campaign: tables of a higher floor, which no file here can name.
 */
export const rewards = sqliteTable(
  'rewards',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    /** What it was earned by; with the side, which is given once for each. */
    sourceType: text({ enum: [...rewardSourceTypes] }).notNull(),
    sourceId: text().notNull(),
    campaignId: text().notNull(),
    enrollmentId: text(),
    /** Who gets it, and below in which role. */
    contactId: text().notNull(),
    side: text({ enum: ['advocate', 'friend'] }).notNull(),
    kind: text({ enum: [...rewardKinds] }).notNull(),
    text: text(),
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    status: text({ enum: ['pending', 'issued', 'redeemed', 'voided'] }).notNull(),
    availableAt: integer().notNull(),
    /** Came off the invoice of the job that earned it: issued and redeemed at once, never part of what can be used. */
    offThisJob: integer({ mode: 'boolean' }).notNull().default(false),
    /** Waits until staff approve, whatever its day. */
    needsApproval: integer({ mode: 'boolean' }).notNull().default(false),
    /** Where a discount code comes from: uploaded to the campaign, or made when one is due. Null when it is none. */
    codeSource: text({ enum: ['pool', 'generated'] }),
    decidedAt: integer(),
    /** "member:mem_…" who approved, refused, reinstated or fulfilled it. */
    decidedBy: text(),
    /** Why it was refused, voided, or given after all. */
    reason: text(),
    redeemedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('rewards_side_once').on(table.sourceType, table.sourceId, table.side),
    index('rewards_by_contact').on(table.organizationId, table.contactId),
    index('rewards_by_advocate').on(table.enrollmentId, table.side, table.createdAt),
    index('rewards_waiting').on(table.status, table.availableAt),
    index('rewards_by_status').on(table.organizationId, table.status, table.createdAt),
    index('rewards_by_campaign').on(table.campaignId, table.status),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** Discount codes: uploaded for a campaign, or generated when one is due. Each is given once. */
export const discountCodes = sqliteTable(
  'discount_codes',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    code: text().notNull(),
    /** Null while it waits in the pool. */
    rewardId: text(),
    createdAt: integer().notNull(),
    givenAt: integer(),
  },
  (table) => [
    uniqueIndex('discount_codes_once').on(table.organizationId, table.code),
    uniqueIndex('discount_codes_reward_once').on(table.rewardId),
    index('discount_codes_free').on(table.campaignId, table.createdAt).where(sql`reward_id IS NULL`),
  ],
)

/** An advocate asks to use credit: a to-do for staff, whose state the advocate sees (SPEC §6). */
export const creditRequests = sqliteTable(
  'credit_requests',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    use: text({ enum: [...creditUses] }).notNull(),
    note: text(),
    state: text({ enum: [...creditRequestStates] }).notNull(),
    /** What staff answered. */
    answer: text(),
    closedBy: text(),
    closedAt: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('credit_requests_by_state').on(table.organizationId, table.state, table.createdAt),
    index('credit_requests_by_contact').on(table.contactId, table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** What a redemption, an adjustment or an opening balance was for, in words; the ledger holds ids only. */
export const creditEntries = sqliteTable(
  'credit_entries',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    kind: text({ enum: ['redemption', 'adjustment', 'opening'] }).notNull(),
    /** Signed, as the contact sees it: minus for what was used or taken. */
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    note: text().notNull(),
    requestId: text(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('credit_entries_request_once').on(table.requestId),
    index('credit_entries_by_contact').on(table.contactId, table.createdAt),
    index('credit_entries_by_time').on(table.organizationId, table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
