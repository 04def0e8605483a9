import type { DueNow, ExpiryRules } from '@goodword/domain'
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { campaignExpiry } from './expiry.table.ts'
import { pendingSince, referrals } from './referrals.table.ts'

export type CampaignToCheck = { id: string; organizationId: string }
export type DueReferral = { id: string; status: 'pending' | 'accepted' }

const toCheck = prepared((db) =>
  db
    .select({ id: campaignExpiry.campaignId, organizationId: campaignExpiry.organizationId })
    .from(campaignExpiry)
    .where(lte(campaignExpiry.nextAt, sql.placeholder('now')))
    .orderBy(asc(campaignExpiry.nextAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

/** The campaigns of all organizations in which something may be due: one step in an index when there are none. */
export const campaignsToCheck = (db: Queries, now: number, limit: number): Promise<CampaignToCheck[]> =>
  toCheck(db).all({ now, limit })

/** By the current version of the campaign's terms. */
export async function expiryRulesOf(db: Queries, { id }: CampaignToCheck): Promise<ExpiryRules> {
  const [rules] = await db
    .select({
      status: campaigns.status,
      endsAt: campaigns.endsAt,
      whenEnded: campaigns.whenEnded,
      pendingExpiresDays: sql<number | null>`json_extract(${campaignTerms.terms}, '$.pendingExpiresDays')`,
    })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(eq(campaigns.id, id))
  if (!rules) throw new Error(`The campaign ${id} has no terms.`)
  return rules
}

/** The statuses are written out, so that SQLite can use the index of open referrals. */
const openIn = ({ id }: CampaignToCheck, status: DueReferral['status']) =>
  and(
    eq(referrals.campaignId, id),
    status === 'pending' ? sql`${referrals.status} = 'pending'` : sql`${referrals.status} = 'accepted'`,
    isNull(referrals.archivedAt),
  )

/** The campaign's due referrals, those that have waited longest first, and at most `limit`. */
export async function dueReferrals(
  db: Queries,
  campaign: CampaignToCheck,
  due: DueNow,
  limit: number,
): Promise<DueReferral[]> {
  const found: DueReferral[] = []
  for (const status of ['pending', 'accepted'] as const) {
    if (status === 'pending' ? due.pendingSince === null : !due.accepted) continue
    const since = status === 'pending' ? lte(pendingSince, due.pendingSince) : undefined
    const rows = await db
      .select({ id: referrals.id })
      .from(referrals)
      .where(and(openIn(campaign, status), since))
      .orderBy(asc(pendingSince))
      .limit(limit - found.length)
    found.push(...rows.map(({ id }) => ({ id, status })))
  }
  return found
}

/** Since when the campaign's longest waiting referral has been pending; null if none is. */
export async function oldestPending(db: Queries, campaign: CampaignToCheck): Promise<number | null> {
  const [oldest] = await db
    .select({ since: pendingSince })
    .from(referrals)
    .where(openIn(campaign, 'pending'))
    .orderBy(asc(pendingSince))
    .limit(1)
  return oldest?.since ?? null
}
