import type { CashReward, CashRewardsQuery, CashRewardsReport, Currency } from '@goodword/contracts'
import { dayIn, startOfDay } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { formatCsv, moneyCell } from '../../../shared/csv.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'

const shown = 200

type Asked = { year: number; currency: Currency; threshold: number | null; rows: SQL }

/**
 * What each person got in a calendar year that is as good as cash: delivered gift cards whose reward stands, and credit that was
 * paid out. In the organization's currency and time zone.
 */
async function ask(ctx: Ctx, query: CashRewardsQuery): Promise<Asked> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const { timeZone, currency, cashReportThreshold: threshold } = organization
  const year = query.year ?? Number(dayIn(timeZone, ctx.clock()).slice(0, 4))
  const [from, until] = [startOfDay(`${year}-01-01`, timeZone), startOfDay(`${year + 1}-01-01`, timeZone)]
  const rows = sql`WITH got AS (
      SELECT d.contact_id, w.amount AS card, 0 AS payout FROM reward_deliveries d INDEXED BY reward_deliveries_cards_done
        CROSS JOIN rewards w ON w.id = d.reward_id
        WHERE d.organization_id = ${ctx.organizationId} AND d.kind = 'gift_card' AND d.done_at IS NOT NULL
          AND d.done_at >= ${from} AND d.done_at < ${until} AND w.status <> 'voided' AND w.currency = ${currency}
      UNION ALL SELECT e.contact_id, 0, -e.amount FROM credit_entries e INDEXED BY credit_entries_payouts
        WHERE e.organization_id = ${ctx.organizationId} AND e.is_payout = 1
          AND e.created_at >= ${from} AND e.created_at < ${until} AND e.currency = ${currency}),
    person AS (SELECT coalesce(c.merged_into, c.id) AS id, sum(got.card) AS cards, sum(got.payout) AS payouts
      FROM got JOIN contacts c ON c.id = got.contact_id GROUP BY 1)`
  return { year, currency, threshold, rows }
}

const toReward =
  (threshold: number | null) =>
  ([contactId, name, giftCards, payouts]: [string, string, number, number]): CashReward => {
    const total = giftCards + payouts
    return { contactId, name, giftCards, payouts, total, reachesThreshold: threshold !== null && total >= threshold }
  }

/** The people with the largest totals of a year. */
export async function reportCashRewards(ctx: Ctx, query: CashRewardsQuery): Promise<CashRewardsReport> {
  const { db } = inBackground(ctx)
  const { year, currency, threshold, rows } = await ask(ctx, query)
  const [sums] = await db.all<[number, number, number]>(sql`${rows} SELECT count(*),
    coalesce(sum(${threshold} IS NOT NULL AND cards + payouts >= ${threshold}), 0), coalesce(sum(cards + payouts), 0) FROM person`)
  const items = await db.all<[string, string, number, number]>(sql`${rows}
    SELECT person.id, p.name, cards, payouts FROM person JOIN contacts p ON p.id = person.id
    ORDER BY cards + payouts DESC, person.id LIMIT ${shown}`)
  const [people = 0, overThreshold = 0, total = 0] = sums ?? []
  return { year, currency, threshold, people, overThreshold, total, items: items.map(toReward(threshold)) }
}

/** Everyone of a year, by contact; amounts in major units. */
export async function exportCashRewards(ctx: Ctx, query: CashRewardsQuery): Promise<string> {
  const { db } = inBackground(ctx)
  const { year, currency, threshold, rows } = await ask(ctx, query)
  const everyone = await db.all<[string, string, number, number]>(sql`${rows}
    SELECT person.id, p.name, cards, payouts FROM person JOIN contacts p ON p.id = person.id ORDER BY person.id`)
  const money = (amount: number) => moneyCell(amount, currency)
  return formatCsv(
    ['Year', 'Contact', 'Id', 'Gift cards', 'Payouts', 'Total', 'Currency', 'Reaches the threshold'],
    everyone
      .map(toReward(threshold))
      .map((one) => [
        year,
        one.name,
        one.contactId,
        money(one.giftCards),
        money(one.payouts),
        money(one.total),
        currency,
        one.reachesThreshold ? 'yes' : 'no',
      ]),
  )
}
