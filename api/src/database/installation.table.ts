import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Facts of this installation: the secret its tokens are signed with. */
export const installation = sqliteTable('installation', { name: text().primaryKey(), value: text().notNull() })
