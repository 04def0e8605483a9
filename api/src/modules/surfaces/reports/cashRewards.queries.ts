import type {
  CashReward,
  CashRewardsExportQuery,
  CashRewardsQuery,
  CashRewardsReport,
  Currency,
} from '@goodword/contracts'
import { dayIn, nearThresholdPercent, reachOfThreshold, startOfDay } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { formatCsv, moneyCell } from '../../../shared/csv.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { readCurrency } from './period.ts'

type Asked = { year: number; currency: Currency; otherCurrencies: Currency[]; threshold: number | null; rows: SQL }
type Row = [contactId: string, name: string, giftCards: number, payouts: number]

/**
 * What each person got in a calendar year that is as good as cash: delivered gift cards whose reward stands, and credit that was
 * paid out. In one currency and the organization's time zone; the threshold is one in the organization's currency.
 */
async function ask(ctx: Ctx, query: CashRewardsExportQuery): Promise<Asked> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const { timeZone } = organization
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const threshold = currency === organization.currency ? organization.cashReportThreshold : null
  const year = query.year ?? Number(dayIn(timeZone, ctx.clock()).slice(0, 4))
  const [first, after] = [`${year}-01-01`, `${year + 1}-01-01`]
  const rows = sql`WITH got AS (
      SELECT d.contact_id, w.amount AS card, 0 AS payout FROM reward_deliveries d INDEXED BY reward_deliveries_cards_done
        CROSS JOIN rewards w ON w.id = d.reward_id
        WHERE d.organization_id = ${ctx.organizationId} AND d.kind = 'gift_card' AND d.done_at IS NOT NULL
          AND d.done_at >= ${startOfDay(first, timeZone)} AND d.done_at < ${startOfDay(after, timeZone)}
          AND w.status <> 'voided' AND w.currency = ${currency}
      UNION ALL SELECT e.contact_id, 0, -e.amount FROM credit_entries e INDEXED BY credit_entries_payouts
        WHERE e.organization_id = ${ctx.organizationId} AND e.is_payout = 1
          AND e.paid_on >= ${first} AND e.paid_on < ${after} AND e.currency = ${currency}),
    person AS (SELECT coalesce(c.merged_into, c.id) AS id, sum(got.card) AS cards, sum(got.payout) AS payouts,
        sum(got.card + got.payout) AS total
      FROM got JOIN contacts c ON c.id = got.contact_id GROUP BY 1)`
  return { year, currency, otherCurrencies, threshold, rows }
}

const toReward =
  (threshold: number | null) =>
  ([contactId, name, giftCards, payouts]: Row): CashReward => {
    const total = giftCards + payouts
    return { contactId, name, giftCards, payouts, total, reach: reachOfThreshold(total, threshold) }
  }

const largestFirst = [
  descending<Row>(sql`person.total`, ([, , cards, payouts]) => cards + payouts),
  descending<Row>(sql`person.id`, ([id]) => id),
]

/** The people of a year, the largest totals first. */
export async function reportCashRewards(ctx: Ctx, query: CashRewardsQuery): Promise<CashRewardsReport> {
  const { db } = inBackground(ctx)
  const { rows, ...asked } = await ask(ctx, query)
  const { threshold } = asked
  const reached = (reach: CashReward['reach']) =>
    threshold === null ? sql`0` : sql`coalesce(sum(${withReach(reach, threshold)}), 0)`
  const [sums] = await db.all<[number, number, number, number, number]>(sql`${rows} SELECT count(*),
    ${reached('near')}, ${reached('over')}, coalesce(sum(cards), 0), coalesce(sum(payouts), 0) FROM person`)
  const page = await readPage<Row>(query, largestFirst, ({ where, orderBy, limit }) =>
    db.all<Row>(sql`${rows} SELECT person.id, p.name, cards, payouts FROM person JOIN contacts p ON p.id = person.id
      WHERE ${where ?? sql`true`} ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}`),
  )
  const [people = 0, near = 0, over = 0, giftCards = 0, payouts = 0] = sums ?? []
  const totals = { giftCards, payouts, total: giftCards + payouts }
  return { ...mapPage(page, toReward(threshold)), ...asked, people, near, over, totals }
}

/** `reachOfThreshold` of the column `total`. */
const withReach = (reach: CashReward['reach'], threshold: number): SQL =>
  reach === 'over'
    ? sql`total >= ${threshold}`
    : sql`total < ${threshold} AND total * 100 >= ${threshold * nearThresholdPercent}`

const reachWords = { none: 'no', near: 'nearly', over: 'yes' } as const

/** Everyone of a year, by contact; amounts in major units. */
export async function exportCashRewards(ctx: Ctx, query: CashRewardsExportQuery): Promise<string> {
  const { db } = inBackground(ctx)
  const { year, currency, threshold, rows } = await ask(ctx, query)
  const everyone = await db.all<Row>(sql`${rows}
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
        reachWords[one.reach],
      ]),
  )
}
