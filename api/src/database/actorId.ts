import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * SQL for the id in an actor key such as "member:mem_…"; never a valid id for other kinds. Extracting the id lets a
 * join use the primary key; building the key on the other side would scan the whole table.
 */
export const idFromActorKey = (actor: SQLiteColumn, kind: 'member' | 'key'): SQL<string> =>
  sql<string>`substr(${actor}, ${sql.raw(String(kind.length + 2))})`
