import type { Currency } from '@goodword/contracts'
import { dayIn, formatMoney, nearThresholdPercent, reachOfThreshold, startOfDay } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { notifyStaff } from './staffNotices.ts'

const people = sql`(SELECT ${sql.placeholder('contactId')} AS id
  UNION ALL SELECT id FROM contacts WHERE merged_into = ${sql.placeholder('contactId')})`

/** As the report of gift cards and payouts counts: delivered cards whose reward stands, and credit that was paid out. */
const totalOfYear = preparedSql<[number]>(sql`SELECT
    (SELECT coalesce(sum(w.amount), 0) FROM reward_deliveries d JOIN rewards w ON w.id = d.reward_id
      WHERE d.contact_id IN ${people} AND d.kind = 'gift_card' AND w.status <> 'voided'
        AND w.currency = ${sql.placeholder('currency')}
        AND d.done_at >= ${sql.placeholder('from')} AND d.done_at < ${sql.placeholder('until')})
    - (SELECT coalesce(sum(e.amount), 0) FROM credit_entries e
      WHERE e.contact_id IN ${people} AND e.is_payout = 1 AND e.currency = ${sql.placeholder('currency')}
        AND e.paid_on >= ${sql.placeholder('first')} AND e.paid_on < ${sql.placeholder('after')})`)

/** Minor units; `paidOn` is the day in the organization's time zone, today if absent. */
type Given = { contactId: string; amount: number; currency: Currency; paidOn?: string | null }

/**
 * Tells staff when what a person was just given, a gift card or a payout, makes their calendar year come near the threshold
 * for tax papers, or reach it. Once for each person, year and threshold (FIELD-BC, tax).
 */
export async function noteCashGiven(tx: Ctx, { contactId, amount, currency, paidOn }: Given): Promise<void> {
  const organization = await getOrganization(tx, tx.organizationId)
  const { timeZone, cashReportThreshold: threshold } = organization
  if (threshold === null || currency !== organization.currency) return
  const year = Number((paidOn ?? dayIn(timeZone, tx.clock())).slice(0, 4))
  const [first, after] = [`${year}-01-01`, `${year + 1}-01-01`]
  const [from, until] = [startOfDay(first, timeZone), startOfDay(after, timeZone)]
  const [total = 0] = (await totalOfYear(tx.db).get({ contactId, currency, first, after, from, until })) ?? []
  const reach = reachOfThreshold(total, threshold)
  if (reach === 'none' || reach === reachOfThreshold(total - amount, threshold)) return
  const { name } = await getContact(tx, contactId)
  const money = (minor: number) => formatMoney(minor, currency)
  const values = { name, year: String(year), total: money(total), threshold: money(threshold) }
  const cause = `contact:${contactId}:cash:${year}:${threshold}:${reach}`
  const notice = ({ say }: Words) => ({
    subject:
      reach === 'over'
        ? say('staff.cash.subject', values)
        : say('staff.cash.near', { percent: String(nearThresholdPercent), ...values }),
    sentence: say('staff.cash.body', values),
    open: say('staff.cash.open'),
    url: `${tx.config.publicUrl}/console/reports?report=cash&year=${year}`,
  })
  await notifyStaff(tx, cause, notice, [contactId])
}
