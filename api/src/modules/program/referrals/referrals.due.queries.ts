import { and, eq, sql } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { referrals } from './referrals.table.ts'

/**
 * Open referrals of all organizations that are due to expire, either because their campaign has ended and says so (for
 * pending ones, accepted ones too, or none), or because they have been pending longer than its terms allow, counting
 * from a reopening.
 */
export function dueReferrals(services: Services, limit: number) {
  const now = services.clock()
  const waitDays = sql`json_extract(${campaignTerms.terms}, '$.pendingExpiresDays')`
  const waitsSince = sql`coalesce(${referrals.reopenedAt}, ${referrals.createdAt})`
  const isOver = sql`(${campaigns.status} = 'ended' OR coalesce(${campaigns.endsAt} <= ${now}, 0))`
  const endsIt = sql`CASE ${campaigns.whenEnded} WHEN 'expire_all' THEN 1 WHEN 'expire_pending' THEN ${referrals.status} = 'pending' ELSE 0 END`
  const over = sql<number>`(${isOver} AND ${endsIt})`
  const waitedTooLong = sql`(${referrals.status} = 'pending' AND ${waitsSince} + ${waitDays} * 86400000 <= ${now})`
  return services.database.read
    .select({ id: referrals.id, organizationId: referrals.organizationId, status: referrals.status, over })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      sql`${referrals.status} IN ('pending', 'accepted') AND ${referrals.archivedAt} IS NULL AND (${over} OR ${waitedTooLong})`,
    )
    .limit(limit)
}
