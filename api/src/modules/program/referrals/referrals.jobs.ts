import { and, inArray, lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { hasOrigin, referrals } from './referrals.table.ts'

const batch = 100
const originKeptMs = 90 * 86_400_000

/**
 * Deletes the origin hashes of referrals after 90 days, and the nonces of their forms, which expired long before; flags
 * stay. In batches; returns how many.
 */
export async function pruneOrigins({ database, clock }: Services): Promise<number> {
  const old = await database.read
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(hasOrigin, lt(referrals.createdAt, clock() - originKeptMs)))
    .limit(batch)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0)
    await database.write((tx) =>
      tx
        .update(referrals)
        .set({ networkHash: null, deviceHash: null, formNonce: null })
        .where(inArray(referrals.id, ids)),
    )
  return ids.length
}
