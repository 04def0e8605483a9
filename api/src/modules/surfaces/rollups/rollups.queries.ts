import type { Currency, FunnelFigures } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { answeredOnce } from './answers.ts'
import { rollupSubjects, rollups } from './rollups.table.ts'

/** `start` is inclusive, `end` exclusive; both begin a day of a time zone, so a quarter of an hour. */
export type Span = { start: number; end: number }
/** The organization or one of its campaigns. Nothing counts for another organization's. */
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

/** The figures of each scope; amounts of one currency. They are added up once until one changes, in one statement. */
export async function readFigures(ctx: Ctx, scopes: Scope[], currency: Currency): Promise<FunnelFigures[]> {
  const { pieces: asked, terms } = piecesOf(scopes)
  const pieces = JSON.stringify(asked)
  const { db, organizationId } = ctx
  const sums = await sumsOnce(ctx, [currency, pieces], async (): Promise<Sums[]> => {
    const row = await sumsOfPieces(db).get({ organizationId, currency, pieces })
    return JSON.parse(row?.sums ?? '[]')
  })
  return terms.map((added) => {
    const figures = { ...noFigures }
    for (const { place, sign } of added) add(figures, sums[place] ?? [], sign)
    return figures
  })
}

const sumsOnce = answeredOnce<Sums[]>()

/**
 * Amounts of one currency, counts of all. One row for all pieces: a row takes longer to read than to add up. The quarters
 * of the organization are those of its campaigns.
 */
const sumsOfPieces = prepared((db) => {
  const own = (amount: SQLiteColumn) =>
    sql`sum(iif(${rollups.currency} = ${sql.placeholder('currency')}, ${amount}, 0))`
  const { visits, referrals, converted, revenue, advocateRewards, friendRewards } = rollups
  const organizationId = sql.placeholder('organizationId')
  const ofCampaigns = sql`piece.value ->> 0 = ${organizationId} AND piece.value ->> 1 = 'q'`
  return db
    .select({
      sums: sql<string>`json_group_array(json((
        SELECT json_array(sum(${visits}), sum(${referrals}), sum(${converted}),
          ${own(revenue)}, ${own(advocateRewards)}, ${own(friendRewards)})
        FROM (
          SELECT id FROM ${rollupSubjects}
          WHERE subject_id = piece.value ->> 0 AND organization_id = ${organizationId} AND NOT (${ofCampaigns})
          UNION ALL SELECT known.id FROM ${campaigns} k CROSS JOIN ${rollupSubjects} known ON known.subject_id = k.id
          WHERE k.organization_id = ${organizationId} AND ${ofCampaigns}
        ) whose CROSS JOIN ${rollups}
        WHERE ${rollups.subject} = whose.id AND ${rollups.unit} = piece.value ->> 1
          AND ${rollups.quarter} >= piece.value ->> 2 AND ${rollups.quarter} < piece.value ->> 3
      )))`.as('sums'),
    })
    .from(sql`json_each(${sql.placeholder('pieces')}) piece`)
    .prepare()
})

type Sums = (number | null)[]

const names = ['visits', 'referrals', 'converted', 'revenue', 'advocateRewards', 'friendRewards'] as const

function add(figures: FunnelFigures, sums: Sums, sign: 1 | -1): void {
  for (const [index, name] of names.entries()) figures[name] += sign * (sums[index] ?? 0)
}

/** The figures of spans that follow each other. */
export function sumOf(parts: FunnelFigures[]): FunnelFigures {
  const total = { ...noFigures }
  for (const part of parts) for (const name of names) total[name] += part[name]
  return total
}

/** A span in quarters of an hour since 1970, `until` exclusive. */
export const quartersOf = ({ start, end }: Span): { from: number; until: number } => ({
  from: Math.floor(start / quarterMs),
  until: Math.floor(end / quarterMs),
})

type Piece = [subjectId: string, unit: 'q' | 'd', from: number, until: number]
type Term = { place: number; sign: 1 | -1 }

/**
 * As few rows as possible that add up to each scope. A span is the whole UTC days from the midnight nearest to its
 * start to the midnight nearest to its end, with the quarters in between added or taken away. Spans that touch share
 * the quarters around their boundary.
 */
function piecesOf(scopes: Scope[]): { pieces: Piece[]; terms: Term[][] } {
  const pieces: Piece[] = []
  const places = new Map<string, number>()
  const term = (piece: Piece, sign: 1 | -1): Term[] => {
    const [subjectId, unit, from, until] = piece
    if (from >= until) return []
    const key = `${subjectId} ${unit} ${from} ${until}`
    const place = places.get(key) ?? pieces.push(piece) - 1
    places.set(key, place)
    return [{ place, sign }]
  }
  const terms = scopes.map(({ subjectId, span }) => {
    const { from, until } = quartersOf(span)
    const midnights = { from: midnightNear(from), until: midnightNear(until) }
    return [
      ...term([subjectId, 'd', midnights.from, midnights.until], 1),
      ...term([subjectId, 'q', midnights.from, from], -1),
      ...term([subjectId, 'q', from, midnights.from], 1),
      ...term([subjectId, 'q', midnights.until, until], 1),
      ...term([subjectId, 'q', until, midnights.until], -1),
    ]
  })
  return { pieces, terms }
}

const midnightNear = (quarter: number) => Math.round(quarter / quartersPerDay) * quartersPerDay
