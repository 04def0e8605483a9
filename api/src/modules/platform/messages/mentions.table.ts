import { foreignKey, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { messages } from './messages.table.ts'

/**
 * The contacts whose data the words of a message hold, besides the one it goes to: a friend's acknowledgement names the
 * advocate, a lead notice is about both. Erasing a person finds such messages here, never by their text.
 */
export const messageMentions = sqliteTable(
  'message_mentions',
  {
    organizationId: text().notNull(),
    contactId: text().notNull(),
    messageId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.contactId, table.messageId] }),
    index('message_mentions_by_message').on(table.messageId),
    foreignKey({ columns: [table.messageId], foreignColumns: [messages.id] }).onDelete('cascade'),
  ],
)
