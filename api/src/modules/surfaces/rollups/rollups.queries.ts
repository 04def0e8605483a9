import type { Currency, FunnelFigures } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'

/** `start` is inclusive, `end` exclusive; both begin a day of a time zone, so a quarter of an hour. */
export type Span = { start: number; end: number }
/** The organization, one of its campaigns or one of its enrollments. Nothing counts for another organization's. */
export type Scope = { subjectId: string; span: Span }

const quarterMs = 900_000
const quartersPerDay = 96

export const noFigures: FunnelFigures = {
  visits: 0,
  referrals: 0,
  converted: 0,
  revenue: 0,
  advocateRewards: 0,
  friendRewards: 0,
}

/** The figures of each scope, in one statement; amounts of one currency. */
export async function readFigures(ctx: Ctx, scopes: Scope[], currency: Currency): Promise<FunnelFigures[]> {
  const pieces = scopes.flatMap(({ subjectId, span }, index) =>
    piecesOf(span).map((piece) => [index, subjectId, ...piece]),
  )
  const rows = await ctx.db.all<[number, string]>(sql`
    SELECT piece.value ->> 0, (
      SELECT json_array(sum(visits), sum(referrals), sum(converted), sum(revenue) FILTER (WHERE mine),
        sum(advocate_rewards) FILTER (WHERE mine), sum(friend_rewards) FILTER (WHERE mine))
      FROM (
        SELECT *, currency = ${currency} AS mine FROM rollups
        WHERE subject = (SELECT id FROM rollup_subjects
            WHERE subject_id = piece.value ->> 1 AND organization_id = ${ctx.organizationId})
          AND unit = piece.value ->> 2 AND quarter >= piece.value ->> 3 AND quarter < piece.value ->> 4
      )
    ) FROM json_each(${JSON.stringify(pieces)}) piece`)
  const figures = scopes.map(() => ({ ...noFigures }))
  for (const [index, sums] of rows) {
    const found = figures[index]
    if (found) add(found, JSON.parse(sums))
  }
  return figures
}

function add(figures: FunnelFigures, sums: (number | null)[]): void {
  for (const [index, name] of names.entries()) figures[name] += sums[index] ?? 0
}

const names = ['visits', 'referrals', 'converted', 'revenue', 'advocateRewards', 'friendRewards'] as const

/** A span in quarters of an hour since 1970, `until` exclusive. */
export const quartersOf = ({ start, end }: Span): { from: number; until: number } => ({
  from: Math.floor(start / quarterMs),
  until: Math.floor(end / quarterMs),
})

/** A span in as few rows as possible: quarters up to the first UTC day, whole days, and the quarters after them. */
export function piecesOf(span: Span): [unit: 'q' | 'd', from: number, until: number][] {
  const { from, until } = quartersOf(span)
  const firstDay = Math.ceil(from / quartersPerDay) * quartersPerDay
  const lastDay = Math.floor(until / quartersPerDay) * quartersPerDay
  if (firstDay >= lastDay) return [['q', from, until]]
  return [
    ['q', from, firstDay],
    ['d', firstDay, lastDay],
    ['q', lastDay, until],
  ]
}
