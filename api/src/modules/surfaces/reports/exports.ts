import {
  type Currency,
  type FunnelFigures,
  type FunnelQuery,
  type OutstandingExportQuery,
  OutstandingQuery,
  type TopAdvocatesQuery,
} from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { type CsvCell, formatCsv, moneyCell } from '../../../shared/csv.ts'
import { reportTopAdvocates } from './advocates.queries.ts'
import { reportFunnel } from './funnel.queries.ts'
import { reportOutstanding } from './outstanding.queries.ts'

const figureHeads = ['Visits', 'Referrals', 'Converted', 'Revenue', 'Advocate rewards', 'Friend rewards', 'Currency']

const cells = (figures: FunnelFigures, currency: Currency): CsvCell[] => [
  figures.visits,
  figures.referrals,
  figures.converted,
  moneyCell(figures.revenue, currency),
  moneyCell(figures.advocateRewards, currency),
  moneyCell(figures.friendRewards, currency),
  currency,
]

/** The funnel by period, then by campaign; amounts in major units. */
export async function exportFunnel(ctx: Ctx, query: FunnelQuery): Promise<string> {
  const { steps, campaigns, currency } = await reportFunnel(ctx, query)
  return formatCsv(
    ['From', 'To', 'Campaign', ...figureHeads],
    [
      ...steps.map(({ start, end, ...figures }) => [start, end, 'All', ...cells(figures, currency)]),
      ...campaigns.map(({ name, id: _, ...figures }) => [
        steps[0]?.start ?? null,
        steps.at(-1)?.end ?? null,
        name,
        ...cells(figures, currency),
      ]),
    ],
  )
}

const atATime = 100

/** Every contact with outstanding or owed credit at the end of a day; amounts in major units. */
export async function exportOutstanding(ctx: Ctx, query: OutstandingExportQuery): Promise<string> {
  const rows: CsvCell[][] = []
  let cursor: string | null = null
  do {
    const page = await reportOutstanding(
      ctx,
      OutstandingQuery.parse({ ...query, limit: atATime, ...(cursor ? { cursor } : {}) }),
    )
    const { currency } = page
    rows.push(
      ...page.items.map(({ name, contactId, available, held, owed }) => [
        page.asOf,
        name,
        contactId,
        moneyCell(available, currency),
        moneyCell(held, currency),
        moneyCell(owed, currency),
        currency,
      ]),
    )
    cursor = page.nextCursor
  } while (cursor !== null)
  return formatCsv(['As of', 'Contact', 'Id', 'Available', 'On hold', 'Owed back', 'Currency'], rows)
}

/** The advocates of a period; amounts in major units. */
export async function exportTopAdvocates(ctx: Ctx, query: TopAdvocatesQuery): Promise<string> {
  const { items, currency } = await reportTopAdvocates(ctx, query)
  return formatCsv(
    ['Advocate', 'Campaign', 'Visits', 'Referrals', 'Converted', 'Revenue', 'Rewards', 'Currency'],
    items.map((row) => [
      row.name,
      row.campaign.name,
      row.visits,
      row.referrals,
      row.converted,
      moneyCell(row.revenue, currency),
      moneyCell(row.rewards, currency),
      currency,
    ]),
  )
}
