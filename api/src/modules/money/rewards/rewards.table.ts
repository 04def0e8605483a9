import {
  type Currency,
  cardDeliveries,
  creditRequestStates,
  creditUses,
  payoutMethods,
  rewardKinds,
  rewardSourceTypes,
  rewardTabs,
} from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'

/**
 * The reward of one side for one source. pending (held) → issued → redeemed; voided. The migrations tie each reward of a
 * conversion to one of its organization, through a generated column, and each code to a campaign, because no file here
 * can refer to those tables of a higher floor.
 */
export const rewards = sqliteTable(
  'rewards',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    /** What the reward was earned for. Each side is rewarded once per source. */
    sourceType: text({ enum: [...rewardSourceTypes] }).notNull(),
    sourceId: text().notNull(),
    campaignId: text().notNull(),
    enrollmentId: text(),
    /** The recipient; `side` below is their role. */
    contactId: text().notNull(),
    side: text({ enum: ['advocate', 'friend'] }).notNull(),
    kind: text({ enum: [...rewardKinds] }).notNull(),
    text: text(),
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    status: text({ enum: ['pending', 'issued', 'redeemed', 'voided'] }).notNull(),
    availableAt: integer().notNull(),
    /**
     * Taken off the invoice of the job that earned it: issued and redeemed at once, never part of the available credit.
     */
    offThisJob: integer({ mode: 'boolean' }).notNull().default(false),
    /** Waits until staff approve it, even after its hold. */
    needsApproval: integer({ mode: 'boolean' }).notNull().default(false),
    /**
     * Where a discount code comes from: uploaded to the campaign, or generated when it is due. Null for other kinds.
     */
    codeSource: text({ enum: ['pool', 'generated'] }),
    /** What a generated code looks like, such as "FRIEND-######"; null for the usual pattern. */
    codePattern: text(),
    /** How a gift card reaches its recipient. Null for other kinds. */
    cardDelivery: text({ enum: [...cardDeliveries] }),
    /** Which of the provider's cards its recipient may choose from; null for any of the account's campaign. */
    cardProducts: text({ mode: 'json' }).$type<string[]>(),
    /** Due, and in the hands of staff or of the provider, so that the job that releases rewards leaves it alone. */
    isDelivering: integer({ mode: 'boolean' }).notNull().default(false),
    decidedAt: integer(),
    /** "member:mem_…" who approved, rejected, reinstated or fulfilled it. */
    decidedBy: text(),
    /** Why it was rejected, voided or reinstated. */
    reason: text(),
    redeemedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    /** The list it is in, and the time that list is sorted by. Rewards on hold are sorted by the end of the hold. */
    tab: text({ enum: [...rewardTabs] }).generatedAlwaysAs(
      sql`CASE WHEN status <> 'pending' THEN status WHEN needs_approval THEN 'to_approve' ELSE 'waiting' END`,
      { mode: 'virtual' },
    ),
    tabAt: integer().generatedAlwaysAs(
      sql`CASE status WHEN 'pending' THEN iif(needs_approval, created_at, available_at)
        WHEN 'redeemed' THEN coalesce(redeemed_at, updated_at) ELSE updated_at END`,
      { mode: 'virtual' },
    ),
  },
  (table) => [
    uniqueIndex('rewards_side_once').on(table.sourceType, table.sourceId, table.side),
    index('rewards_in_tab').on(table.organizationId, table.tab, table.tabAt),
    index('rewards_of_contact').on(table.contactId, table.tab, table.tabAt),
    index('rewards_of_campaign').on(table.campaignId, table.tab, table.tabAt),
    index('rewards_pending_of_contact').on(table.contactId, table.availableAt).where(sql`status = 'pending'`),
    index('rewards_of_friend').on(table.contactId, table.createdAt).where(sql`side = 'friend'`),
    index('rewards_by_advocate').on(table.enrollmentId, table.side, table.createdAt),
    index('rewards_due')
      .on(table.availableAt)
      .where(sql`status = 'pending' AND needs_approval = 0 AND code_source IS NOT 'pool' AND is_delivering = 0`),
    index('rewards_for_pool')
      .on(table.campaignId, table.availableAt)
      .where(sql`status = 'pending' AND needs_approval = 0 AND code_source = 'pool'`),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** How many rewards a campaign has in each tab, and their total in minor units. Triggers keep them. */
export const rewardCounts = sqliteTable(
  'reward_counts',
  {
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    tab: text({ enum: [...rewardTabs] }).notNull(),
    count: integer().notNull(),
    amount: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.campaignId, table.tab] })],
)

/**
 * How many of a campaign's codes are in the pool, were given, and are over without having been given. Triggers keep them.
 */
export const discountCodeCounts = sqliteTable('discount_code_counts', {
  campaignId: text().primaryKey(),
  organizationId: text().notNull(),
  leftCount: integer().notNull(),
  givenCount: integer().notNull(),
  overCount: integer().notNull().default(0),
})

/** Discount codes: uploaded for a campaign, or generated when due. Each is assigned once. */
export const discountCodes = sqliteTable(
  'discount_codes',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    code: text().notNull(),
    /**
     * What makes two codes the same, see `codeKey`. Databases of earlier versions may have the same code in two cases: both
     * are kept, and the later one has its id after the key.
     */
    codeKey: text(),
    /** The last day it can be used, in the organization's time zone; null for no end. */
    lastDay: text(),
    /** When it was found that its last day had passed. Nobody gets it then. */
    overAt: integer(),
    /** Null while it is in the pool. */
    rewardId: text(),
    createdAt: integer().notNull(),
    givenAt: integer(),
  },
  (table) => [
    uniqueIndex('discount_codes_key_once').on(table.organizationId, table.codeKey),
    uniqueIndex('discount_codes_reward_once').on(table.rewardId),
    index('discount_codes_newest').on(table.campaignId, table.createdAt),
    index('discount_codes_free')
      .on(table.campaignId, table.createdAt)
      .where(sql`reward_id IS NULL AND over_at IS NULL`),
    index('discount_codes_ending')
      .on(table.organizationId, table.lastDay)
      .where(sql`reward_id IS NULL AND over_at IS NULL AND last_day IS NOT NULL`),
    index('discount_codes_over').on(table.campaignId, table.createdAt).where(sql`over_at IS NOT NULL`),
    index('discount_codes_given').on(table.campaignId, table.createdAt).where(sql`reward_id IS NOT NULL`),
  ],
)

/** An advocate's request to use credit: a task for staff, whose state the advocate sees (SPEC §6). */
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
    /** The note or reason from staff. */
    answer: text(),
    closedBy: text(),
    closedAt: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('credit_requests_in_state').on(table.organizationId, table.state, table.createdAt),
    index('credit_requests_of_contact').on(table.contactId, table.createdAt),
    index('credit_requests_of_contact_in_state').on(table.contactId, table.state, table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** The note of a redemption, an adjustment or an opening balance; the ledger only holds ids. */
export const creditEntries = sqliteTable(
  'credit_entries',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    kind: text({ enum: ['redemption', 'adjustment', 'opening'] }).notNull(),
    /** Signed from the contact's point of view: negative for what was used or removed. */
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    note: text().notNull(),
    requestId: text(),
    /** Paid out in money, not used for a purchase: it counts as income in a report. */
    isPayout: integer({ mode: 'boolean' }).notNull().default(false),
    /** The day it was paid out, in the organization's time zone; null unless it is a payout. */
    paidOn: text(),
    /** How it was paid out; null for payouts of earlier versions. */
    payoutMethod: text({ enum: [...payoutMethods] }),
    payoutReference: text(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('credit_entries_request_once').on(table.requestId),
    index('credit_entries_by_contact').on(table.contactId, table.createdAt),
    index('credit_entries_by_time').on(table.organizationId, table.createdAt),
    index('credit_entries_payouts').on(table.organizationId, table.paidOn).where(sql`is_payout = 1`),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
