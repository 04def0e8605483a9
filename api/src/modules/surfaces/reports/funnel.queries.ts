import type { FunnelQuery, FunnelReport } from '@goodword/contracts'
import { and, desc, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { noFigures, readFigures, sumOf } from '../rollups/rollups.queries.ts'
import { periodBefore, readCurrency, readPeriod, stepsOf } from './period.ts'

/** From visits to reward costs, by interval of a period and by campaign. Each figure counts on its own date. */
export async function reportFunnel(ctx: Ctx, query: FunnelQuery): Promise<FunnelReport> {
  const period = await readPeriod(ctx, query)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const { unit, steps } = stepsOf(period)
  const campaignId = query.campaignId ?? null
  const known = await campaignsOf(ctx.db).all({ organizationId: ctx.organizationId, campaignId })
  const subjectId = campaignId ?? ctx.organizationId
  // The figures of a single campaign are those of the whole report.
  const beside = campaignId === null ? known : []
  const [before = noFigures, ...rows] = await readFigures(
    ctx,
    [
      { subjectId, span: periodBefore(period) },
      ...steps.map((span) => ({ subjectId, span })),
      ...beside.map(({ id }) => ({ subjectId: id, span: period })),
    ],
    currency,
  )
  const ofSteps = rows.slice(0, steps.length)
  const ofCampaigns = rows.slice(steps.length)
  const totals = sumOf(ofSteps)
  return {
    from: period.from,
    to: period.to,
    currency,
    otherCurrencies,
    unit,
    steps: steps.map(({ from, to }, index) => ({ start: from, end: to, ...(ofSteps[index] ?? noFigures) })),
    totals,
    before,
    campaigns: known.map((campaign, index) => ({ ...campaign, ...(ofCampaigns[index] ?? totals) })),
  }
}

/** Every campaign, or the one asked for. */
const campaignsOf = prepared((db) =>
  db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.organizationId, sql.placeholder('organizationId')),
        sql`${campaigns.id} = coalesce(${sql.placeholder('campaignId')}, ${campaigns.id})`,
      ),
    )
    .orderBy(desc(campaigns.createdAt))
    .prepare(),
)
