import { sql } from 'drizzle-orm'
import type { Queries } from './queries.ts'
import { forgetUndone } from './transactionCache.ts'

/**
 * Runs `work` as a part of the running transaction that fails alone: if it throws, what it wrote is undone, what was
 * remembered during the transaction is forgotten, and the error is thrown again.
 */
export async function inSavepoint<T>(db: Queries, work: () => Promise<T>): Promise<T> {
  await db.run(sql`SAVEPOINT part`)
  try {
    const result = await work()
    await db.run(sql`RELEASE part`)
    return result
  } catch (error) {
    await db.run(sql`ROLLBACK TO part`)
    await db.run(sql`RELEASE part`)
    forgetUndone(db)
    throw error
  }
}
