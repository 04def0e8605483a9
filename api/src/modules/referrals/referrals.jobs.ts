import { and, eq, sql } from 'drizzle-orm'
import { contextFor, type Services } from '../../shared/context.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { addEvent } from './events.ts'
import { referrals } from './referrals.table.ts'

const batch = 200

/** Pending referrals whose campaign is over, or that waited longer than its terms allow, expire quietly. Answers how many. */
export async function expireDueReferrals(services: Services): Promise<number> {
  const now = services.clock()
  const waitDays = sql`json_extract(${campaignTerms.terms}, '$.pendingExpiresDays')`
  const due = await services.database.read
    .select({
      id: referrals.id,
      organizationId: referrals.organizationId,
      over: sql<number>`${campaigns.endsAt} <= ${now}`,
    })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      sql`${referrals.status} = 'pending' AND (${campaigns.endsAt} <= ${now} OR ${referrals.createdAt} + ${waitDays} * 86400000 <= ${now})`,
    )
    .limit(batch)
  for (const { id, organizationId, over } of due) {
    await services.database.write(async (db) => {
      const tx = { ...contextFor(services, organizationId, { type: 'system' }), db, inTransaction: true }
      const reason = over ? 'The campaign ended' : 'No reply in time'
      const [expired] = await db
        .update(referrals)
        .set({ status: 'expired', reason, updatedAt: now })
        .where(and(eq(referrals.id, id), eq(referrals.status, 'pending')))
        .returning({ id: referrals.id })
      if (expired) await addEvent(tx, { referralId: id, status: 'expired', reason })
    })
  }
  return due.length
}
