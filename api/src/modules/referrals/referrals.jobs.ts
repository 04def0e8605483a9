import { and, eq } from 'drizzle-orm'
import { contextFor, type Services } from '../../shared/context.ts'
import { recordEvent } from '../webhooks/events.ts'
import { addEvent } from './events.ts'
import { dueReferrals } from './referrals.due.queries.ts'
import { referrals } from './referrals.table.ts'

const batch = 200

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
