import { foreignKey, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { messages } from './messages.table.ts'

/**
 * The contacts mentioned in a message besides its recipient: a friend's confirmation names the advocate, and a lead
 * notice is about both. Erasing a person finds these messages here, never by searching text. WITHOUT ROWID.
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
