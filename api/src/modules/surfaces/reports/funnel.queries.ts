import type { Currency, FunnelFigures, FunnelQuery, FunnelReport } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { type Period, periodBefore, readCurrency, readPeriod, stepsOf } from './period.ts'

/** What to count: one campaign or all, and money of one currency. */
type Scope = { campaignId: string | null; currency: Currency }

/** From visits to reward costs, by interval of a period and by campaign. Each figure counts on its own date. */
export async function reportFunnel(ctx: Ctx, query: FunnelQuery): Promise<FunnelReport> {
  const period = await readPeriod(ctx, query)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const scope = { campaignId: query.campaignId ?? null, currency }
  const { unit, steps } = stepsOf(period)
  const rows = await figuresOf(
    ctx,
    [...steps, period, periodBefore(period)].map((one) => ({ period: one, scope })),
  )
  const [totals = none, before = none] = rows.slice(steps.length)
  return {
    from: period.from,
    to: period.to,
    currency,
    otherCurrencies,
    unit,
    steps: steps.map(({ from, to }, index) => ({ start: from, end: to, ...(rows[index] ?? none) })),
    totals,
    before,
    campaigns: await byCampaign(ctx, period, scope),
  }
}

const none: FunnelFigures = { visits: 0, referrals: 0, converted: 0, revenue: 0, advocateRewards: 0, friendRewards: 0 }

async function byCampaign(ctx: Ctx, period: Period, scope: Scope): Promise<FunnelReport['campaigns']> {
  const known = await ctx.db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(
      sql`${campaigns.organizationId} = ${ctx.organizationId} AND (${scope.campaignId} IS NULL OR ${campaigns.id} = ${scope.campaignId})`,
    )
    .orderBy(sql`${campaigns.createdAt} DESC`)
  const rows = await figuresOf(
    ctx,
    known.map(({ id }) => ({ period, scope: { ...scope, campaignId: id } })),
  )
  return known.map((campaign, index) => ({ ...campaign, ...(rows[index] ?? none) }))
}

const columns = 6

/** One row of figures for each part, in one statement. */
async function figuresOf(ctx: Ctx, parts: { period: Period; scope: Scope }[]): Promise<FunnelFigures[]> {
  const figures: FunnelFigures[] = []
  for (let at = 0; at < parts.length; at += perStatement) {
    const some = parts.slice(at, at + perStatement)
    const values = some.map(
      ({ period, scope }, index) =>
        sql`(${index}, ${period.start}, ${period.end}, ${scope.campaignId}, ${scope.currency})`,
    )
    const rows = await ctx.db.all<number[]>(measured(ctx, sql.join(values, sql`, `)))
    figures.push(...rows.map(read))
  }
  return figures
}

/** SQLite binds at most 32,766 values, and a statement of this size still parses quickly. */
const perStatement = 100

function read(row: number[]): FunnelFigures {
  if (row.length !== columns) throw new Error('A funnel row has an unexpected number of columns.')
  const [visits = 0, referrals = 0, converted = 0, revenue = 0, advocateRewards = 0, friendRewards = 0] = row
  return { visits, referrals, converted, revenue, advocateRewards, friendRewards }
}

const measured = ({ organizationId }: Ctx, parts: SQL) => sql`
  WITH part(n, since, until, campaign, currency) AS (VALUES ${parts})
  SELECT
    (SELECT coalesce(sum(v.count), 0) FROM visits v WHERE v.organization_id = ${organizationId} AND v.at >= since AND v.at < until
      AND (campaign IS NULL OR v.enrollment_id IN (SELECT e.id FROM enrollments e WHERE e.campaign_id = campaign))),
    (SELECT count(*) FROM referrals r WHERE r.organization_id = ${organizationId} AND r.created_at >= since AND r.created_at < until
      AND r.archived_at IS NULL AND (campaign IS NULL OR r.campaign_id = campaign)),
    (SELECT count(*) ${standing(organizationId)}),
    (SELECT coalesce(sum(c.job_value), 0) ${standing(organizationId)} AND c.currency = part.currency),
    (SELECT coalesce(sum(w.amount), 0) ${rewarded(organizationId, 'advocate')}),
    (SELECT coalesce(sum(w.amount), 0) ${rewarded(organizationId, 'friend')})
  FROM part ORDER BY n`

/** Standing conversions of the part: neither reversed nor deleted. */
const standing = (organizationId: string) => sql`FROM conversions c JOIN referrals r ON r.id = c.referral_id
  WHERE c.organization_id = ${organizationId} AND c.created_at >= since AND c.created_at < until
    AND r.status = 'converted' AND r.archived_at IS NULL AND (campaign IS NULL OR c.campaign_id = campaign)`

/** The rewards of those conversions that are neither rejected nor reversed. */
const rewarded = (organizationId: string, side: 'advocate' | 'friend') => sql`
  FROM conversions c JOIN referrals r ON r.id = c.referral_id
  JOIN rewards w ON w.source_type = 'conversion' AND w.source_id = c.id AND w.side = ${side} AND w.status <> 'voided'
  WHERE c.organization_id = ${organizationId} AND c.created_at >= since AND c.created_at < until
    AND r.status = 'converted' AND r.archived_at IS NULL AND (campaign IS NULL OR c.campaign_id = campaign)
    AND c.currency = part.currency`
