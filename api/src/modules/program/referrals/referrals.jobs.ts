import { and, eq, inArray, lt } from 'drizzle-orm'
import { contextFor, type Services } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { addEvent } from './events.ts'
import { dueReferrals } from './referrals.due.queries.ts'
import { hasOrigin, referrals } from './referrals.table.ts'

const batch = 200
const originKeptMs = 90 * 86_400_000

/**
 * Expires open referrals whose campaign has ended or that have been pending longer than its terms allow, without
 * messages. Returns how many.
 */
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
