import { languages, type MessageState, messageTemplates } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What messages are called in the queue. */
export const messageKind = 'message'

const storedStates = ['queued', 'sent', 'kept', 'failed', 'suppressed'] as const satisfies MessageState[]

/** Messages that only carry a link of a few minutes. Spelled out, so that the index of them serves. */
export const aboutLinks = sql`template IN ('member_sign_in', 'portal_sign_in', 'portal_address')`

/**
 * The outbox. A row is written in the transaction of what it tells about and leaves the process later. `body` never
 * holds a link that signs someone in: it holds {{link}}, filled in when it is handed over.
 */
export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    /** Null for a message of the installation itself, such as a member's sign-in link. */
    organizationId: text(),
    contactId: text(),
    referralId: text(),
    personId: text(),
    /** The member that a sign-in link is for. */
    memberId: text(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    template: text({ enum: [...messageTemplates] }).notNull(),
    to: text('to_address').notNull(),
    /** The address of the contact that opening the link will prove. */
    addressId: text(),
    name: text(),
    subject: text().notNull(),
    body: text().notNull(),
    /** The language of its words; null for an organization's own that go to everyone, whatever they read. */
    language: text({ enum: [...languages] }).default('en'),
    /** What {{link}} becomes; null when the body has none. */
    link: text({ enum: ['member_sign_in', 'portal_sign_in', 'portal_view', 'portal_address', 'friend_page'] }),
    /** While it is `queued`, the queue says the rest: attempts, error, when the next is due, whether it is being sent. */
    state: text({ enum: [...storedStates] }).notNull(),
    /** How it ended after how many attempts, and why it was not sent. */
    attempts: integer().notNull(),
    error: text(),
    /** The same row is never written twice for one cause. */
    idempotencyKey: text(),
    createdAt: integer().notNull(),
    sentAt: integer(),
  },
  (table) => [
    index('messages_by_organization').on(table.organizationId, table.createdAt),
    index('messages_by_contact').on(table.contactId),
    index('messages_by_referral').on(table.referralId),
    uniqueIndex('messages_once').on(table.idempotencyKey),
    index('messages_about_links').on(table.createdAt).where(aboutLinks),
  ],
)

/** An organization's own words for a message, in one language or for everyone; without a row ours are used. */
export const messageWordings = sqliteTable(
  'message_wordings',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    template: text({ enum: [...messageTemplates] }).notNull(),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    /** Who reads them: those of this language, or everyone for whom there are no others. */
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

/** Addresses that want no more mail or texts of the program, as keyed hashes: they outlive the person's data. */
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
