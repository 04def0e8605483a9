import { and, eq, sql } from 'drizzle-orm'
import type { Services } from '../../shared/context.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { referrals } from './referrals.table.ts'

/** Pending referrals of all organizations whose campaign is `over`, or that waited longer than its terms allow. */
export function dueReferrals(services: Services, limit: number) {
  const now = services.clock()
  const waitDays = sql`json_extract(${campaignTerms.terms}, '$.pendingExpiresDays')`
  return services.database.read
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
    .limit(limit)
}
