import type { DueNow, ExpiryRules } from '@goodword/domain'
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import { prepared, preparedRows, preparedSql } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { campaignExpiry } from './expiry.table.ts'
import { pendingSince, referrals } from './referrals.table.ts'

export type DueReferral = { id: string; status: 'pending' | 'accepted' }

const toCheck = prepared((db) =>
  db
    .select({ id: campaignExpiry.campaignId })
    .from(campaignExpiry)
    .where(lte(campaignExpiry.nextAt, sql.placeholder('now')))
    .orderBy(asc(campaignExpiry.nextAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

/** The campaigns of all organizations in which something may be due: one step in an index when there are none. */
export async function campaignsToCheck(db: Queries, now: number, limit: number): Promise<string[]> {
  return (await toCheck(db).all({ now, limit })).map(({ id }) => id)
}

/** Rules by the current version of the terms, and what is open: since when, null if nothing is pending. */
export type OpenInCampaign = {
  id: string
  organizationId: string
  rules: ExpiryRules
  oldestPending: number | null
  hasAccepted: boolean
}

const openInCampaigns = preparedRows((db) => {
  // Written out, so that SQLite can use the index of open referrals.
  const openAs = (status: DueReferral['status']) =>
    sql`FROM referrals r WHERE r.campaign_id = campaigns.id AND r.status = ${sql.raw(`'${status}'`)} AND r.archived_at IS NULL`
  return db
    .select({
      id: campaigns.id,
      organizationId: campaigns.organizationId,
      status: campaigns.status,
      endsAt: campaigns.endsAt,
      whenEnded: campaigns.whenEnded,
      pendingExpiresDays: sql<number | null>`json_extract(${campaignTerms.terms}, '$.pendingExpiresDays')`,
      oldestPending: sql<number | null>`(SELECT ${pendingSince} ${openAs('pending')} ORDER BY ${pendingSince} LIMIT 1)`,
      hasAccepted: sql<0 | 1>`EXISTS (SELECT 1 ${openAs('accepted')})`,
    })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(sql`${campaigns.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare()
})

export async function readOpen(db: Queries, campaignIds: string[]): Promise<OpenInCampaign[]> {
  const rows = await openInCampaigns(db).all({ ids: JSON.stringify(campaignIds) })
  return rows.map(({ id, organizationId, oldestPending, hasAccepted, ...rules }) => ({
    ...{ id, organizationId, rules, oldestPending },
    hasAccepted: hasAccepted === 1,
  }))
}

/** The statuses are written out, so that SQLite can use the index of open referrals. */
const openIn = ({ id }: OpenInCampaign, status: DueReferral['status']) =>
  and(
    eq(referrals.campaignId, id),
    status === 'pending' ? sql`${referrals.status} = 'pending'` : sql`${referrals.status} = 'accepted'`,
    isNull(referrals.archivedAt),
  )

/** The campaign's due referrals, those that have waited longest first, and at most `limit`. */
export async function dueReferrals(
  db: Queries,
  campaign: OpenInCampaign,
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

export type NextCheck = { campaignId: string; checkedAt: number | null; nextAt: number | null }

const schedule = preparedSql<
  []
>(sql`UPDATE campaign_expiry SET checked_at = checks.value ->> 1, next_at = checks.value ->> 2
  FROM json_each(${sql.placeholder('checks')}) checks WHERE campaign_id = checks.value ->> 0`)

export const scheduleNext = (tx: Queries, checks: NextCheck[]): Promise<void> =>
  schedule(tx).run({
    checks: JSON.stringify(checks.map(({ campaignId, checkedAt, nextAt }) => [campaignId, checkedAt, nextAt])),
  })
