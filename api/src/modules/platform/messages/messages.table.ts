import { languages, type MessageState, templateNames } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The name of the messages queue. */
export const messageKind = 'message'

export const storedStates = ['queued', 'sent', 'kept', 'failed', 'suppressed'] as const satisfies MessageState[]

/**
 * Messages that only contain a short-lived link, and notices to the team. Listed literally, so that SQLite can use the
 * partial index.
 */
export const shortLived = sql`template IN ('member_sign_in', 'portal_sign_in', 'portal_address',
  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff', 'referral_digest_staff',
  'reward_notice_staff', 'low_score_staff', 'text_reply_staff')`

/**
 * The outbox. A row is written in the transaction it reports on and sent later. `body` never contains a sign-in link:
 * it contains {{link}}, which is filled in when the message is sent.
 */
export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    /** Null for a message of the installation itself, such as a member's sign-in link. */
    organizationId: text(),
    contactId: text(),
    referralId: text(),
    /** The ask it carries. */
    invitationId: text(),
    personId: text(),
    /** The member that a sign-in link is for. */
    memberId: text(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    template: text({ enum: [...templateNames] }).notNull(),
    to: text('to_address').notNull(),
    /** The contact address that is verified by opening the link. */
    addressId: text(),
    name: text(),
    subject: text().notNull(),
    body: text().notNull(),
    /** The language of the text; null for an organization's template for every language. */
    language: text({ enum: [...languages] }).default('en'),
    /** What replaces {{link}}; null if the body has none. */
    link: text({ enum: ['member_sign_in', 'portal_sign_in', 'portal_view', 'portal_address', 'friend_page'] }),
    /** While it is `queued`, the queue holds the rest: attempts, error, next attempt, and whether it is being sent. */
    state: text({ enum: [...storedStates] }).notNull(),
    /** The final result: the number of attempts, and why it wasn't sent. */
    attempts: integer().notNull(),
    error: text(),
    /** A hash of the cause, which prevents a second message for it. */
    idempotencyKey: text(),
    createdAt: integer().notNull(),
    sentAt: integer(),
  },
  (table) => [
    index('messages_by_state').on(table.organizationId, table.state, table.createdAt),
    index('messages_by_contact').on(table.contactId),
    index('messages_by_referral').on(table.referralId),
    index('messages_by_invitation').on(table.invitationId).where(sql`invitation_id IS NOT NULL`),
    uniqueIndex('messages_once').on(table.idempotencyKey),
    /** Who texted a number, for its replies. */
    index('messages_texts_to').on(table.to).where(sql`channel = 'sms'`),
    index('messages_short_lived').on(table.template, table.createdAt).where(shortLived),
  ],
)

/**
 * An organization's own template for a message, in one language or for every language. Without a row, the default is
 * used.
 */
export const messageTemplates = sqliteTable(
  'message_wordings',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    template: text({ enum: [...templateNames] }).notNull(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    /** The readers it is for: those of this language, or everyone without a template in their language. */
    language: text({ enum: ['all', ...languages] })
      .notNull()
      .default('all'),
    subject: text().notNull(),
    body: text().notNull(),
    updatedBy: text().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('message_wordings_once').on(table.organizationId, table.template, table.channel, table.language),
  ],
)

/** Addresses that unsubscribed from the program's emails or texts, as keyed hashes. They outlive the person's data. */
export const suppressions = sqliteTable(
  'suppressions',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    hash: text().notNull(),
    because: text({ enum: ['unsubscribed', 'stop', 'preference', 'erased'] }).notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex('suppressions_once').on(table.organizationId, table.channel, table.hash)],
)
