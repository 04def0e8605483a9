import type { TopAdvocate, TopAdvocatesQuery, TopAdvocatesReport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { readCurrency, readPeriod } from './period.ts'

type Row = [
  id: string,
  contactId: string,
  name: string,
  campaignId: string,
  campaignName: string,
  visits: number,
  referrals: number,
  converted: number,
  revenue: number,
  rewards: number,
]

/** Top advocates in a period: by conversions, then revenue, then referrals. */
export async function reportTopAdvocates(ctx: Ctx, query: TopAdvocatesQuery): Promise<TopAdvocatesReport> {
  const { from, to, start, end } = await readPeriod(ctx, query)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const mine = sql`organization_id = ${ctx.organizationId}`
  const within = (column: string) => sql`${sql.raw(column)} >= ${start} AND ${sql.raw(column)} < ${end}`
  const rows = await ctx.db.all<Row>(sql`
    WITH visited AS (SELECT enrollment_id, sum(count) AS n FROM visits WHERE ${mine} AND ${within('at')} GROUP BY 1),
    referred AS (
      SELECT enrollment_id, count(*) AS n FROM referrals
      WHERE ${mine} AND ${within('created_at')} AND archived_at IS NULL AND enrollment_id IS NOT NULL GROUP BY 1
    ), standing AS (
      SELECT c.id, c.enrollment_id, CASE WHEN c.currency = ${currency} THEN c.job_value END AS job_value,
        (SELECT w.amount FROM rewards w WHERE w.source_type = 'conversion' AND w.source_id = c.id AND w.side = 'advocate'
          AND w.status <> 'voided' AND w.currency = ${currency}) AS reward
      FROM conversions c JOIN referrals r ON r.id = c.referral_id
      WHERE c.organization_id = ${ctx.organizationId} AND ${within('c.created_at')}
        AND r.status = 'converted' AND r.archived_at IS NULL
    ), won AS (
      SELECT enrollment_id, count(*) AS n, coalesce(sum(job_value), 0) AS revenue, coalesce(sum(reward), 0) AS rewards
      FROM standing GROUP BY 1
    )
    SELECT e.id, e.contact_id, p.name, e.campaign_id, k.name, coalesce(visited.n, 0), coalesce(referred.n, 0),
      coalesce(won.n, 0), coalesce(won.revenue, 0), coalesce(won.rewards, 0)
    FROM enrollments e JOIN contacts p ON p.id = e.contact_id JOIN campaigns k ON k.id = e.campaign_id
    LEFT JOIN visited ON visited.enrollment_id = e.id LEFT JOIN referred ON referred.enrollment_id = e.id
    LEFT JOIN won ON won.enrollment_id = e.id
    WHERE e.${mine} AND (${query.campaignId ?? null} IS NULL OR e.campaign_id = ${query.campaignId ?? null})
      AND (visited.n > 0 OR referred.n > 0 OR won.n > 0)
    ORDER BY coalesce(won.n, 0) DESC, coalesce(won.revenue, 0) DESC, coalesce(referred.n, 0) DESC,
      coalesce(visited.n, 0) DESC, e.id
    LIMIT ${query.limit}`)
  return { from, to, currency, otherCurrencies, items: rows.map(toLine) }
}

const toLine = (row: Row): TopAdvocate => {
  const [id, contactId, name, campaignId, campaignName, visits, referrals, converted, revenue, rewards] = row
  return {
    id,
    contactId,
    name,
    campaign: { id: campaignId, name: campaignName },
    visits,
    referrals,
    converted,
    revenue,
    rewards,
  }
}
