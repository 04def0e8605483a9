import type { FunnelQuery, FunnelReport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { noFigures, readFigures } from '../rollups/rollups.queries.ts'
import { periodBefore, readCurrency, readPeriod, stepsOf } from './period.ts'

/** From visits to reward costs, by interval of a period and by campaign. Each figure counts on its own date. */
export async function reportFunnel(ctx: Ctx, query: FunnelQuery): Promise<FunnelReport> {
  const period = await readPeriod(ctx, query)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const { unit, steps } = stepsOf(period)
  const known = await listCampaigns(ctx, query.campaignId)
  const subjectId = query.campaignId ?? ctx.organizationId
  const rows = await readFigures(
    ctx,
    [
      ...[...steps, period, periodBefore(period)].map((span) => ({ subjectId, span })),
      ...known.map(({ id }) => ({ subjectId: id, span: period })),
    ],
    currency,
  )
  const [totals = noFigures, before = noFigures, ...ofCampaigns] = rows.slice(steps.length)
  return {
    from: period.from,
    to: period.to,
    currency,
    otherCurrencies,
    unit,
    steps: steps.map(({ from, to }, index) => ({ start: from, end: to, ...(rows[index] ?? noFigures) })),
    totals,
    before,
    campaigns: known.map((campaign, index) => ({ ...campaign, ...(ofCampaigns[index] ?? noFigures) })),
  }
}

const listCampaigns = (ctx: Ctx, campaignId: string | null = null) =>
  ctx.db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(
      sql`${campaigns.organizationId} = ${ctx.organizationId} AND (${campaignId} IS NULL OR ${campaigns.id} = ${campaignId})`,
    )
    .orderBy(sql`${campaigns.createdAt} DESC`)
