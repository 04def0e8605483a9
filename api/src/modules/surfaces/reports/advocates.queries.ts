import type { Currency, TopAdvocate, TopAdvocatesQuery, TopAdvocatesReport } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { answeredOnce } from '../rollups/answers.ts'
import { quartersOf } from '../rollups/rollups.queries.ts'
import { type Period, readCurrency, readPeriod } from './period.ts'

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

/** The same question is answered once for each version of the figures, in the background. */
const rankedOnce = answeredOnce<Ranked[]>()

function rankedAt(ctx: Ctx, asked: Asked): Promise<Ranked[]> {
  const { start, end } = asked.period
  const { campaignId, limit } = asked.query
  return rankedOnce(ctx, [start, end, asked.currency, campaignId, limit], () => rank(inBackground(ctx), asked))
}

/** What each advocate with conversions earned. */
function wonIn({ organizationId }: Ctx, { query, period, currency }: Asked): SQL {
  const { from, until } = quartersOf(period)
  const campaign = query.campaignId ? sql` AND id = ${query.campaignId}` : sql``
  return sql`SELECT enrollment, sum(converted) AS n, coalesce(sum(revenue) FILTER (WHERE currency = ${currency}), 0) AS revenue,
      coalesce(sum(rewards) FILTER (WHERE currency = ${currency}), 0) AS rewards
    FROM advocate_rollups
    WHERE subject IN (
        SELECT id FROM rollup_subjects
        WHERE subject_id IN (SELECT id FROM campaigns WHERE organization_id = ${organizationId}${campaign})
      ) AND quarter >= ${from} AND quarter < ${until}
    GROUP BY enrollment HAVING sum(converted) > 0`
}

const candidatesMost = 500

/**
 * Conversions and revenue decide for almost everyone, so only those who can be among the first are looked at further.
 * Without enough of them, or with too many who are equal, everyone is.
 */
async function rank(ctx: Ctx, asked: Asked): Promise<Ranked[]> {
  const { query, period } = asked
  const { from, until } = quartersOf(period)
  const best = await ctx.db.all<[enrollment: number, converted: number, revenue: number, rewards: number]>(
    sql`${wonIn(ctx, asked)} ORDER BY 2 DESC, 3 DESC LIMIT ${candidatesMost + 1}`,
  )
  const last = best[query.limit - 1]
  const beyond = best[candidatesMost]
  const sameAsLast = ([, converted, revenue]: (typeof best)[number]) => converted === last?.[1] && revenue === last[2]
  if (!last || (beyond && sameAsLast(beyond))) return rankEveryone(ctx, asked)
  const candidates = best.filter((row) => row[1] > last[1] || (row[1] === last[1] && row[2] >= last[2]))
  const counted = await ctx.db.all<[number, string, number, number]>(sql`
    SELECT s.id, s.subject_id, coalesce((
        SELECT sum(c.count) FROM visit_links l JOIN visit_counts c ON c.link = l.number
        WHERE l.organization_id = ${ctx.organizationId} AND l.enrollment_id = s.subject_id
          AND c.quarter >= ${from} AND c.quarter < ${until}
      ), 0), coalesce(sum(u.referrals), 0)
    FROM rollup_subjects s LEFT JOIN rollups u ON u.subject = s.id AND u.unit = 'q' AND u.quarter >= ${from} AND u.quarter < ${until}
    WHERE s.id IN ${these(candidates.map(([enrollment]) => enrollment))} GROUP BY s.id`)
  const counts = new Map(counted.map(([enrollment, ...rest]) => [enrollment, rest]))
  return candidates
    .map(([enrollment, converted, revenue, rewards]): Ranked => {
      const [id, visits, referrals] = counts.get(enrollment) ?? ['', 0, 0]
      return [id, visits, referrals, converted, revenue, rewards]
    })
    .sort(
      (one, other) =>
        [3, 4, 2, 1].map((at) => Number(other[at]) - Number(one[at])).find((by) => by !== 0) ??
        (one[0] < other[0] ? -1 : 1),
    )
    .slice(0, query.limit)
}

const these = (values: (string | number)[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

/** From the rollups of every advocate. */
function rankEveryone(ctx: Ctx, { query, period, currency }: Asked): Promise<Ranked[]> {
  const { from, until } = quartersOf(period)
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
      FROM (${wonIn(ctx, { query, period, currency })}) u JOIN rollup_subjects s ON s.id = u.enrollment
    )
    SELECT e.id, coalesce(visited.n, 0), coalesce(referred.n, 0),
      coalesce(won.n, 0), coalesce(won.revenue, 0), coalesce(won.rewards, 0)
    FROM enrollments e
    LEFT JOIN visited ON visited.enrollment_id = e.id LEFT JOIN referred ON referred.enrollment_id = e.id
    LEFT JOIN won ON won.enrollment_id = e.id
    WHERE e.${mine} AND (${query.campaignId ?? null} IS NULL OR e.campaign_id = ${query.campaignId ?? null})
      AND (visited.n > 0 OR referred.n > 0 OR won.n > 0)
    ORDER BY coalesce(won.n, 0) DESC, coalesce(won.revenue, 0) DESC, coalesce(referred.n, 0) DESC,
      coalesce(visited.n, 0) DESC, e.id
    LIMIT ${query.limit}`)
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
