import {
  type ReferralCountQuery,
  type ReferralCounts,
  type ReferralStatus,
  referralStatuses,
} from '@goodword/contracts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { type Counted, cappedCount, countUpTo } from '../../../shared/countUpTo.ts'
import { referralCounts } from '../../program/referrals/referrals.table.ts'
import { conditionsBesides, limitedRows, readFilter } from './referrals.filter.queries.ts'
import { isInOrder, partsOf, rowsInOrder, wantedRows } from './referrals.walks.queries.ts'

/** Rows read for a status if some of them don't match. */
const candidatesMax = 1_000

type Count = Counted & { status: ReferralStatus }

/** The number of referrals that match a filter, by status, for the tabs. Exact without a filter or for a campaign. */
export async function countReferrals(ctx: Ctx, query: ReferralCountQuery): Promise<ReferralCounts> {
  const { sort: _, campaignId, ...others } = query
  const isKept = Object.values(others).every((value) => value === undefined)
  const counted = isKept ? await keptCounts(ctx, campaignId) : await countMatching(ctx, query)
  const countOf = (status: ReferralStatus) => counted.find((one) => one.status === status)?.count ?? 0
  return {
    counts: Object.fromEntries(referralStatuses.map((status) => [status, countOf(status)])) as ReferralCounts['counts'],
    total: counted.reduce((sum, { count }) => sum + count, 0),
    capped: counted.filter(({ isCapped }) => isCapped).map(({ status }) => status),
  }
}

async function keptCounts({ db, organizationId }: Ctx, campaignId: string | undefined): Promise<Count[]> {
  const rows = campaignId
    ? await keptOfCampaign(db).all({ organizationId, campaignId })
    : await keptOfAll(db).all({ organizationId })
  return rows.map((row) => ({ ...row, isCapped: false }))
}

const kept = (campaign?: SQL) =>
  prepared((db) =>
    db
      .select({ status: referralCounts.status, count: sql<number>`sum(${referralCounts.count})` })
      .from(referralCounts)
      .where(and(eq(referralCounts.organizationId, sql.placeholder('organizationId')), campaign))
      .groupBy(referralCounts.status)
      .prepare(),
  )

const keptOfAll = kept()
const keptOfCampaign = kept(eq(referralCounts.campaignId, sql.placeholder('campaignId')))

async function countMatching(ctx: Ctx, query: ReferralCountQuery): Promise<Count[]> {
  const filter = await readFilter(ctx, query)
  const hasRange = filter.range.from !== null || filter.range.to !== null
  // Without days, any order will do: every scope has the one by next step.
  const parts = partsOf(!hasRange ? 'next_step' : query.sort === 'converted' ? 'converted' : 'newest', hasRange)
  const walked = filter.scopes.find((scope) => isInOrder(scope, parts)) ?? filter.all
  const conditions = conditionsBesides(filter, walked)
  const limited = conditions.length > 0 || filter.candidates ? await limitedRows(ctx, filter) : null
  if (limited) return await countLimited(ctx, wantedRows(limited, parts, filter.range), filter.more)
  const counts: Count[] = []
  for (const { statuses, column } of parts) {
    for (const status of statuses) {
      const rows = rowsInOrder(walked, column, status, filter.range)
      if (rows) counts.push({ status, ...(await countAmong(ctx, rows, conditions)) })
      // Other requests run between two statuses.
      await new Promise(setImmediate)
    }
  }
  return counts
}

async function countLimited(ctx: Ctx, rows: SQL, isCapped: boolean): Promise<Count[]> {
  const counts = await ctx.db.all<[ReferralStatus, number]>(sql`SELECT status, count(*) FROM ${rows} GROUP BY status`)
  return counts.map(([status, count]) => ({ status, count, isCapped }))
}

/** An index alone if there are no conditions; otherwise as many rows as can be read at once. */
async function countAmong(ctx: Ctx, rows: SQL, conditions: SQL[]): Promise<Counted> {
  if (conditions.length === 0) return await countUpTo(ctx, rows)
  const [row] = await ctx.db.all<[number, number]>(sql`
    SELECT count(*), coalesce(sum((${sql.join(conditions, sql`) AND (`)})), 0)
    FROM (SELECT rowid AS place FROM ${rows} LIMIT ${candidatesMax}) c CROSS JOIN referrals r ON r.rowid = c.place`)
  const [candidates = 0, count = 0] = row ?? []
  const counted = cappedCount(count)
  return { ...counted, isCapped: counted.isCapped || candidates === candidatesMax }
}
