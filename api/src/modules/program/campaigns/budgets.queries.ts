import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { campaigns, campaignTerms } from './campaigns.table.ts'

/** The campaign of a reward, if it has a budget: most have none, and every reward asks. */
export const budgetedCampaign = prepared((db) =>
  db
    .select({ campaignId: campaigns.id })
    .from(rewards)
    .innerJoin(campaigns, eq(campaigns.id, rewards.campaignId))
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      and(
        sql`+${rewards.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(rewards.id, sql.placeholder('rewardId')),
        sql`json_extract(${campaignTerms.terms}, '$.budget') IS NOT NULL`,
      ),
    )
    .prepare(),
)
