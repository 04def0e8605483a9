import { type Currency, countedAtMost, type ReferralSummary } from '@goodword/contracts'
import { type AccountKind, addMonths, monthIn, startOfMonth } from '@goodword/domain'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ledgerTotals } from '../../money/ledger/ledger.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollmentCounts } from '../../program/advocates/advocates.table.ts'
import { noFigures, readFigures } from '../rollups/rollups.queries.ts'
import { countReferrals } from './referrals.counts.queries.ts'
import { overdueAfterMs } from './referrals.queries.ts'

const monthsShown = 6

/** Tab counts, open tasks, recent months, and outstanding credit. */
export async function summarizeReferrals(ctx: Ctx): Promise<ReferralSummary> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const { counts, total } = await countReferrals(ctx, {})
  const advocates = await advocatesOf(ctx.db).get({ organizationId: ctx.organizationId })
  const owed = await owedCredit(ctx, organization.currency)
  return {
    counts,
    total,
    toFollowUp: counts.pending + counts.accepted,
    waitingLong: await countWaitingLong(ctx),
    currency: organization.currency,
    months: await monthlyFigures(ctx, organization.timeZone, organization.currency),
    ...owed,
    advocates: advocates?.n ?? 0,
  }
}

const advocatesOf = prepared((db) =>
  db
    .select({ n: sql<number>`coalesce(sum(${enrollmentCounts.count}), 0)` })
    .from(enrollmentCounts)
    .where(eq(enrollmentCounts.organizationId, sql.placeholder('organizationId')))
    .prepare(),
)

/** Pending since before three days ago, without those reopened since; at most a thousand. */
async function countWaitingLong(ctx: Ctx): Promise<number> {
  const since = ctx.clock() - overdueAfterMs
  const row = await waitingSince(ctx.db).get({ organizationId: ctx.organizationId, since })
  return row ? row.waiting - row.reopened : 0
}

const waitingSince = prepared((db) => {
  const since = sql.placeholder('since')
  const pending = sql`organization_id = ${sql.placeholder('organizationId')} AND status = 'pending' AND archived_at IS NULL`
  const reopened = sql<number>`(SELECT count(*) FROM referrals INDEXED BY referrals_reopened
    WHERE ${pending} AND reopened_at >= ${since} AND created_at < ${since})`
  const waiting = sql<number>`(SELECT count(*) FROM (SELECT 1 FROM referrals INDEXED BY referrals_by_step
    WHERE ${pending} AND step_key < ${since} LIMIT ${countedAtMost} + ${reopened}))`
  return db.select({ reopened, waiting }).from(sql`(SELECT 1)`).prepare()
})

/** Revenue in the organization's currency. */
async function monthlyFigures(ctx: Ctx, timeZone: string, currency: Currency): Promise<ReferralSummary['months']> {
  const current = monthIn(timeZone, ctx.clock())
  const months = Array.from({ length: monthsShown }, (_, index) => addMonths(current, index + 1 - monthsShown))
  const scopes = months.map((month) => ({
    subjectId: ctx.organizationId,
    span: { start: startOfMonth(month, timeZone), end: startOfMonth(addMonths(month, 1), timeZone) },
  }))
  const figures = await readFigures(ctx, scopes, currency)
  return months.map((month, index) => {
    const { converted, revenue } = figures[index] ?? noFigures
    return { month, converted, revenue }
  })
}

async function owedCredit(ctx: Ctx, currency: Currency): Promise<{ owed: number; owedHeld: number }> {
  const rows = await owedTotals(ctx.db).all({ organizationId: ctx.organizationId, currency })
  const of = (kind: AccountKind) => rows.find((row) => row.kind === kind)?.balance ?? 0
  return { owed: of('available') + of('held'), owedHeld: of('held') }
}

const owedTotals = prepared((db) =>
  db
    .select({ kind: ledgerTotals.kind, balance: ledgerTotals.balance })
    .from(ledgerTotals)
    .where(
      and(
        eq(ledgerTotals.organizationId, sql.placeholder('organizationId')),
        eq(ledgerTotals.ownerType, 'contact'),
        inArray(ledgerTotals.kind, ['available', 'held']),
        eq(ledgerTotals.currency, sql.placeholder('currency')),
      ),
    )
    .prepare(),
)
