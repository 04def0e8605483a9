import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm'
import { contextFor, type Services } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { addEvent } from './events.ts'
import { dueReferrals } from './referrals.due.queries.ts'
import { referrals } from './referrals.table.ts'

const batch = 200
const hashesKeptMs = 90 * 86_400_000

/** Open referrals whose campaign is over, or that waited longer than its terms allow, expire quietly. Answers how many. */
export async function expireDueReferrals(services: Services): Promise<number> {
  const now = services.clock()
  const due = await dueReferrals(services, batch)
  for (const { id, organizationId, status, over } of due) {
    await services.database.write(async (db) => {
      const tx = { ...contextFor(services, organizationId, { type: 'system' }), db, inTransaction: true }
      const reason = over ? 'The campaign ended' : 'No reply in time'
      const [expired] = await db
        .update(referrals)
        .set({ status: 'expired', reason, updatedAt: now })
        .where(and(eq(referrals.id, id), eq(referrals.status, status)))
        .returning({ id: referrals.id })
      if (!expired) return
      await addEvent(tx, { referralId: id, status: 'expired', reason })
      await recordEvent(tx, 'referral.expired', { referralId: id, reason })
    })
  }
  return due.length
}

/** Where a friend came from is forgotten after 90 days; what it was flagged for stays. A batch at a time; answers how many. */
export async function pruneOriginHashes({ database, clock }: Services): Promise<number> {
  const old = await database.read
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(isNotNull(referrals.networkHash), lt(referrals.createdAt, clock() - hashesKeptMs)))
    .limit(batch)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0)
    await database.write((tx) =>
      tx.update(referrals).set({ networkHash: null, deviceHash: null }).where(inArray(referrals.id, ids)),
    )
  return ids.length
}
