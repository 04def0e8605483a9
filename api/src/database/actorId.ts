import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * The id in an actor key such as "member:mem_…", or what is no id of that kind. Taken out of the key, so that a join looks
 * one row up; put together on the other side it would go through the whole table.
 */
export const idIn = (actor: SQLiteColumn, kind: 'member' | 'key'): SQL<string> =>
  sql<string>`substr(${actor}, ${sql.raw(String(kind.length + 2))})`
