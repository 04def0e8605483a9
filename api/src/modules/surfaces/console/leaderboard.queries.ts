import { Currency, type Leaderboard, type LeaderboardPeriod, type LeaderboardQuery } from '@goodword/contracts'
import { leaderboardName, leaderboardSpan, placeIn, startOfDay } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { mapPage } from '../../../shared/keyset.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { periodAt, sizeOf, standingsOf, tallyOf } from '../../program/leaderboard/leaderboard.queries.ts'

const quarterMs = 900_000

/** Everyone with a converted referral in a period, the most first; also what the public page shows of them. */
export async function listLeaderboard(ctx: Ctx, query: LeaderboardQuery): Promise<Leaderboard> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const at = query.on === undefined ? ctx.clock() : startOfDay(query.on, timeZone)
  const { name, months } = await periodAt(ctx, query.period, at)
  const [everyone, inPublic] = await Promise.all([tallyOf(ctx, name, 'console'), tallyOf(ctx, name, 'public')])
  const page = await standingsOf(ctx, name, query)
  const figures = await figuresOf(
    ctx,
    page.items.map(({ contactId }) => contactId),
    spanOf(query.period, at, timeZone),
  )
  return {
    ...mapPage(page, (row) => {
      const { contactId, closed, cleared } = row
      const shown = row.listed && cleared > 0 ? leaderboardName(row.name) : null
      const { sent = 0, earned = [] } = figures.get(contactId) ?? {}
      return {
        contactId,
        name: row.name,
        closed,
        unchecked: closed - cleared,
        ...placeIn(everyone, closed),
        sent,
        earned,
        inPublic: shown === null ? null : { name: shown, ...placeIn(inPublic, cleared) },
      }
    }),
    months,
    advocates: sizeOf(everyone),
    listed: sizeOf(inPublic),
  }
}

type Quarters = { from: number; until: number }

/** Rolled-up figures are by quarter of an hour; every time zone's month starts on one. Null for all time. */
function spanOf(period: LeaderboardPeriod, at: number, timeZone: string): Quarters | null {
  const span = leaderboardSpan(period, at, timeZone)
  return span && { from: Math.floor(span.from / quarterMs), until: Math.floor(span.until / quarterMs) }
}

type Figures = { sent: number; earned: { amount: number; currency: Currency }[] }

async function figuresOf(ctx: Ctx, contactIds: string[], span: Quarters | null): Promise<Map<string, Figures>> {
  const given = { contactIds: JSON.stringify(contactIds), organizationId: ctx.organizationId }
  const figures = new Map(contactIds.map((id): [string, Figures] => [id, { sent: 0, earned: [] }]))
  const add = (contactId: string, sent: number, currency: string, amount: number) => {
    const one = figures.get(contactId)
    if (!one) return
    one.sent += sent
    if (amount > 0) one.earned.push({ amount, currency: Currency.parse(currency) })
  }
  if (!span) {
    for (const [contactId, sent, currency, amount] of await ever(ctx.db).all(given))
      add(contactId, sent, currency, amount)
    return figures
  }
  // Of a busy advocate, these are many rows.
  const { db } = inBackground(ctx)
  const [sent, earned] = await Promise.all([
    sentBy(db).all({ ...given, ...span }),
    earnedBy(db).all({ ...given, ...span }),
  ])
  for (const [contactId, count] of sent) add(contactId, count, '', 0)
  for (const [contactId, currency, amount] of earned) add(contactId, 0, currency, amount)
  return figures
}

/** What is kept of each enrollment. */
const ever = preparedSql<
  [string, number, string, number]
>(sql`SELECT e.contact_id, sum(e.referral_count), k.currency, sum(e.earned)
  FROM json_each(${sql.placeholder('contactIds')}) chosen
  CROSS JOIN enrollments e ON e.contact_id = chosen.value AND +e.organization_id = ${sql.placeholder('organizationId')}
  CROSS JOIN campaigns k ON k.id = e.campaign_id GROUP BY 1, 3`)

const enrolled = sql`json_each(${sql.placeholder('contactIds')}) chosen
  CROSS JOIN enrollments e ON e.contact_id = chosen.value AND +e.organization_id = ${sql.placeholder('organizationId')}
  CROSS JOIN rollup_subjects s ON s.subject_id = e.id`

const sentBy = preparedSql<[string, number]>(sql`SELECT e.contact_id, sum(u.referrals) FROM ${enrolled}
  CROSS JOIN rollups u ON u.subject = s.id AND u.unit = 'q'
    AND u.quarter >= ${sql.placeholder('from')} AND u.quarter < ${sql.placeholder('until')} GROUP BY 1`)

const earnedBy = preparedSql<
  [string, string, number]
>(sql`SELECT e.contact_id, a.currency, sum(a.rewards) FROM ${enrolled}
  CROSS JOIN advocate_rollups a ON a.enrollment = s.id
    AND a.quarter >= ${sql.placeholder('from')} AND a.quarter < ${sql.placeholder('until')}
  GROUP BY 1, 2 HAVING sum(a.rewards) > 0`)
