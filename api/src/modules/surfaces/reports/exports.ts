import type { Readable } from 'node:stream'
import type {
  Currency,
  FunnelFigures,
  FunnelQuery,
  OutstandingExportQuery,
  TopAdvocatesQuery,
} from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { type CsvCell, formatCsv, moneyCell, streamCsv } from '../../../shared/csv.ts'
import { reportTopAdvocates } from './advocates.queries.ts'
import { reportFunnel } from './funnel.queries.ts'
import { outstandingPages } from './outstanding.queries.ts'

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

/** Every contact with outstanding or owed credit at the end of a day, by contact; amounts in major units. */
export async function exportOutstanding(ctx: Ctx, query: OutstandingExportQuery): Promise<Readable> {
  const { asOf, currency, pages } = await outstandingPages(ctx, query)
  async function* lines(): AsyncGenerator<CsvCell[][]> {
    for await (const items of pages)
      yield items.map(({ name, contactId, available, held, owed }) => [
        asOf,
        name,
        contactId,
        moneyCell(available, currency),
        moneyCell(held, currency),
        moneyCell(owed, currency),
        currency,
      ])
  }
  return streamCsv(['As of', 'Contact', 'Id', 'Available', 'On hold', 'Owed back', 'Currency'], lines())
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
