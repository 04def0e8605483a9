import type { Readable } from 'node:stream'
import type { LeaderboardExportQuery, LeaderboardRow } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { type CsvCell, moneyCell, streamCsv } from '../../../shared/csv.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { listLeaderboard } from './leaderboard.queries.ts'

const exportedAtOnce = 100

const header = ['Place', 'Advocate', 'Contact', 'Closed', 'Sent', 'On the public page', 'Earned', 'Currency']

/** The list as CSV, in its order. Amounts are in major units. */
export const exportLeaderboard = (ctx: Ctx, query: LeaderboardExportQuery): Promise<Readable> =>
  streamCsv(header, exportedPages(inBackground(ctx), query))

async function* exportedPages(ctx: Ctx, query: LeaderboardExportQuery): AsyncGenerator<CsvCell[][]> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  // A period that ends meanwhile is still the one asked for.
  const on = query.on ?? dayIn(timeZone, ctx.clock())
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listLeaderboard(ctx, { ...query, on, limit: exportedAtOnce, ...(cursor && { cursor }) })
    yield page.items.flatMap(linesOf)
    cursor = page.nextCursor
  }
}

/** Whoever earned in several currencies has a line for each; only the first has the counts, so that they can be added up. */
function linesOf({ place, name, contactId, closed, sent, earned, inPublic }: LeaderboardRow): CsvCell[][] {
  const counts = [closed, sent, inPublic?.name ?? null]
  const amounts =
    earned.length > 0 ? earned.map(({ amount, currency }) => [moneyCell(amount, currency), currency]) : [[null, null]]
  return amounts.map((amount, index) => [
    place,
    name,
    contactId,
    ...(index === 0 ? counts : counts.map(() => null)),
    ...amount,
  ])
}
