import type { Currency, TopAdvocate, TopAdvocatesQuery, TopAdvocatesReport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { answeredOnce } from '../rollups/answers.ts'
import { quartersOf } from '../rollups/rollups.queries.ts'
import { type Period, readCurrency, readPeriod } from './period.ts'
import { compareWinners, everyWinner, type Question, these, type Winner, type Winners, withWinners } from './winners.ts'

type Asked = { query: TopAdvocatesQuery; period: Period; currency: Currency }
type Ranked = [id: string, visits: number, referrals: number, converted: number, revenue: number, rewards: number]
type Names = [id: string, contactId: string, name: string, campaignId: string, campaignName: string]

/** Top advocates in a period: by conversions, then revenue, then referrals, then visits. */
export async function reportTopAdvocates(ctx: Ctx, query: TopAdvocatesQuery): Promise<TopAdvocatesReport> {
  const period = await readPeriod(ctx, query)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const ranked = await rankedAt(ctx, { query, period, currency })
  const named = await ctx.db.all<Names>(sql`SELECT e.id, e.contact_id, p.name, e.campaign_id, k.name
    FROM enrollments e JOIN contacts p ON p.id = e.contact_id JOIN campaigns k ON k.id = e.campaign_id
    WHERE e.organization_id = ${ctx.organizationId} AND e.id IN ${these(ranked.map(([id]) => id))}`)
  const names = new Map(named.map((row) => [row[0], row]))
  const items = ranked.flatMap((row) => {
    const known = names.get(row[0])
    return known ? [toLine(row, known)] : []
  })
  return { from: period.from, to: period.to, currency, otherCurrencies, items }
}

/** The same question is answered once for each version of the figures. */
const rankedOnce = answeredOnce<Ranked[]>()

function rankedAt(ctx: Ctx, { query, period, currency }: Asked): Promise<Ranked[]> {
  const { start, end } = period
  const { campaignId = null, limit } = query
  const question = { span: { start, end }, currency, campaignId }
  return rankedOnce(ctx, [question, limit], () => rank(ctx, question, limit))
}

/**
 * Conversions and revenue decide for almost everyone, so only those who can be among the first are looked at further.
 * Without enough of them, or with too many who are equal, everyone is.
 */
async function rank(ctx: Ctx, question: Question, limit: number): Promise<Ranked[]> {
  const ranked = await withWinners(ctx, question, limit, async ({ rows, counts }) => {
    const last = rows[limit - 1]
    if (!last) return null
    const candidates = rows.filter((row) => compareWinners(row, last) <= 0)
    await countMissing(inBackground(ctx), question, candidates, counts)
    return candidates.map(([enrollment, converted, revenue, rewards]): Ranked => {
      const counted = counts.get(enrollment)
      return [counted?.id ?? '', counted?.visits ?? 0, counted?.referrals ?? 0, converted, revenue, rewards]
    })
  })
  if (!ranked) return await rankEveryone(inBackground(ctx), question, limit)
  return ranked
    .sort(
      (one, other) =>
        [3, 4, 2, 1].map((at) => Number(other[at]) - Number(one[at])).find((by) => by !== 0) ??
        (one[0] < other[0] ? -1 : 1),
    )
    .slice(0, limit)
}

/** Visits and referrals of the candidates, as far as they aren't known. */
async function countMissing(ctx: Ctx, { span }: Question, candidates: Winner[], counts: Winners['counts']) {
  const missing = candidates.flatMap(([enrollment]) => {
    const { visits = null, referrals = null } = counts.get(enrollment) ?? {}
    return visits === null || referrals === null ? [[enrollment, visits]] : []
  })
  if (missing.length === 0) return
  const { from, until } = quartersOf(span)
  const rows = await ctx.db.all<[enrollment: number, id: string, visits: number, referrals: number]>(sql`
    SELECT s.id, s.subject_id, coalesce(missing.value ->> 1, (
        SELECT sum(c.count) FROM visit_links l JOIN visit_counts c ON c.link = l.number
        WHERE l.organization_id = ${ctx.organizationId} AND l.enrollment_id = s.subject_id
          AND c.quarter >= ${from} AND c.quarter < ${until}
      ), 0), coalesce((
        SELECT sum(u.referrals) FROM rollups u
        WHERE u.subject = s.id AND u.unit = 'q' AND u.quarter >= ${from} AND u.quarter < ${until}
      ), 0)
    FROM json_each(${JSON.stringify(missing)}) missing JOIN rollup_subjects s ON s.id = missing.value ->> 0`)
  for (const [enrollment, id, visits, referrals] of rows) counts.set(enrollment, { id, visits, referrals })
}

/** From the rollups of every advocate. */
function rankEveryone(ctx: Ctx, question: Question, limit: number): Promise<Ranked[]> {
  const { from, until } = quartersOf(question.span)
  const { campaignId } = question
  const mine = sql`organization_id = ${ctx.organizationId}`
  return ctx.db.all<Ranked>(sql`
    WITH visited AS (
      SELECT l.enrollment_id, sum(c.count) AS n FROM visit_links l
      JOIN visit_counts c ON c.link = l.number AND c.quarter >= ${from} AND c.quarter < ${until}
      WHERE l.${mine} GROUP BY l.number
    ), referred AS (
      SELECT e.id AS enrollment_id, sum(u.referrals) AS n FROM enrollments e JOIN rollup_subjects s ON s.subject_id = e.id
      JOIN rollups u ON u.subject = s.id AND u.unit = 'q' AND u.quarter >= ${from} AND u.quarter < ${until}
      WHERE e.${mine} GROUP BY e.id
    ), won AS (
      SELECT s.subject_id AS enrollment_id, u.n, u.revenue, u.rewards
      FROM (${everyWinner(ctx, question)}) u JOIN rollup_subjects s ON s.id = u.enrollment
    )
    SELECT e.id, coalesce(visited.n, 0), coalesce(referred.n, 0),
      coalesce(won.n, 0), coalesce(won.revenue, 0), coalesce(won.rewards, 0)
    FROM enrollments e
    LEFT JOIN visited ON visited.enrollment_id = e.id LEFT JOIN referred ON referred.enrollment_id = e.id
    LEFT JOIN won ON won.enrollment_id = e.id
    WHERE e.${mine} AND (${campaignId} IS NULL OR e.campaign_id = ${campaignId})
      AND (visited.n > 0 OR referred.n > 0 OR won.n > 0 OR won.revenue > 0 OR won.rewards > 0)
    ORDER BY coalesce(won.n, 0) DESC, coalesce(won.revenue, 0) DESC, coalesce(referred.n, 0) DESC,
      coalesce(visited.n, 0) DESC, e.id
    LIMIT ${limit}`)
}

const toLine = (
  [id, visits, referrals, converted, revenue, rewards]: Ranked,
  [, contactId, name, campaignId, campaignName]: Names,
): TopAdvocate => ({
  id,
  contactId,
  name,
  campaign: { id: campaignId, name: campaignName },
  visits,
  referrals,
  converted,
  revenue,
  rewards,
})
