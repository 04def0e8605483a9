import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../database/database.ts'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { rollupSubjects } from './rollups.table.ts'

const answersKept = 200

/**
 * Gives the same question about an organization's figures the same answer until they change. `question` names everything
 * else the answer depends on. A failed answer is forgotten.
 */
export function answeredOnce<Answer>(): (
  ctx: Ctx,
  question: unknown[],
  answer: () => Promise<Answer>,
) => Promise<Answer> {
  const caches = new WeakMap<Database, LRUCache<string, Promise<Answer>>>()
  return async (ctx, question, answer) => {
    // What a transaction reads may still be undone.
    if (ctx.inTransaction) return await answer()
    const cache = caches.get(ctx.database) ?? new LRUCache<string, Promise<Answer>>({ max: answersKept })
    caches.set(ctx.database, cache)
    // Read before the figures, so that an answer is never older than its version.
    const key = JSON.stringify([ctx.organizationId, await versionOf(ctx), ...question])
    const known = cache.get(key)
    if (known) return await known
    const answered = answer()
    cache.set(key, answered)
    answered.catch(() => cache.delete(key))
    return await answered
  }
}

/** Grows with every change of the organization's figures; 0 before the first. */
export async function versionOf({ db, organizationId }: Ctx): Promise<number> {
  return (await versions(db).get({ organizationId }))?.version ?? 0
}

const versions = prepared((db) =>
  db
    .select({ version: rollupSubjects.version })
    .from(rollupSubjects)
    .where(sql`${rollupSubjects.subjectId} = ${sql.placeholder('organizationId')}`)
    .prepare(),
)
