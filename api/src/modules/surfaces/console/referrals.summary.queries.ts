import type { Currency, ReferralSummary } from '@goodword/contracts'
import { type AccountKind, addMonths, monthIn, startOfMonth } from '@goodword/domain'
import { and, count, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { ledgerAccounts } from '../../money/ledger/ledger.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { countReferrals } from './referrals.filter.queries.ts'
import { overdueAfterMs } from './referrals.queries.ts'

const monthsShown = 6
const waitsSince = sql<number>`coalesce(${referrals.reopenedAt}, ${referrals.createdAt})`

/** Tab counts, open tasks, recent months, and outstanding credit. */
export async function summarizeReferrals(ctx: Ctx): Promise<ReferralSummary> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const inOrganization = and(eq(referrals.organizationId, ctx.organizationId), isNull(referrals.archivedAt))
  const { counts, total } = await countReferrals(ctx, {})
  const late = await ctx.db
    .select({ n: count() })
    .from(referrals)
    .where(and(inOrganization, eq(referrals.status, 'pending'), lt(waitsSince, ctx.clock() - overdueAfterMs)))
    .get()
  const advocates = await ctx.db
    .select({ n: count() })
    .from(enrollments)
    .where(and(eq(enrollments.organizationId, ctx.organizationId), isNull(enrollments.archivedAt)))
    .get()
  const owed = await owedCredit(ctx, organization.currency)
  return {
    counts,
    total,
    toFollowUp: counts.pending + counts.accepted,
    waitingLong: late?.n ?? 0,
    currency: organization.currency,
    months: await monthlyFigures(ctx, organization.timeZone),
    ...owed,
    advocates: advocates?.n ?? 0,
  }
}

async function monthlyFigures(ctx: Ctx, timeZone: string): Promise<ReferralSummary['months']> {
  const current = monthIn(timeZone, ctx.clock())
  const figures = []
  for (let back = monthsShown - 1; back >= 0; back -= 1) {
    const month = addMonths(current, -back)
    const row = await ctx.db
      .select({ converted: count(), revenue: sql<number>`coalesce(sum(${conversions.jobValue}), 0)` })
      .from(conversions)
      .innerJoin(referrals, eq(referrals.id, conversions.referralId))
      .where(
        and(
          eq(conversions.organizationId, ctx.organizationId),
          gte(conversions.createdAt, startOfMonth(month, timeZone)),
          lt(conversions.createdAt, startOfMonth(addMonths(month, 1), timeZone)),
          eq(referrals.status, 'converted'),
        ),
      )
      .get()
    figures.push({ month, converted: row?.converted ?? 0, revenue: row?.revenue ?? 0 })
  }
  return figures
}

async function owedCredit(ctx: Ctx, currency: Currency): Promise<{ owed: number; owedHeld: number }> {
  const rows = await ctx.db
    .select({ kind: ledgerAccounts.kind, balance: sql<number>`sum(${ledgerAccounts.balance})` })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.organizationId, ctx.organizationId),
        eq(ledgerAccounts.currency, currency),
        eq(ledgerAccounts.ownerType, 'contact'),
        inArray(ledgerAccounts.kind, ['available', 'held']),
      ),
    )
    .groupBy(ledgerAccounts.kind)
  const of = (kind: AccountKind) => rows.find((row) => row.kind === kind)?.balance ?? 0
  return { owed: of('available') + of('held'), owedHeld: of('held') }
}
