import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Settings of this installation, such as the secret that signs its tokens. */
export const installation = sqliteTable('installation', { name: text().primaryKey(), value: text().notNull() })
