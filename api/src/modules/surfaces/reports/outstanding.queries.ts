import type { OutstandingQuery, OutstandingReport } from '@goodword/contracts'
import { addDays, dayIn, startOfDay } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { readCurrency } from './period.ts'

type Row = [contactId: string, name: string, available: number, held: number, owed: number]

const largestFirst = [
  descending<Row>(sql`(available + held - owed)`, ([, , available, held, owed]) => available + held - owed),
  ascending<Row>(sql`balance.contact_id`, ([contactId]) => contactId),
]

/** Outstanding credit by contact at the end of a day, summed from the transfers so far; the largest first. */
export async function reportOutstanding(ctx: Ctx, query: OutstandingQuery): Promise<OutstandingReport> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const { currency, otherCurrencies } = await readCurrency(ctx, query)
  const asOf = query.asOf ?? dayIn(timeZone, ctx.clock())
  const balances = balancesAt(ctx, currency, startOfDay(addDays(asOf, 1), timeZone))
  const [totals = [0, 0, 0, 0]] = await ctx.db.all<number[]>(
    sql`WITH ${balances} SELECT count(*), coalesce(sum(available), 0), coalesce(sum(held), 0), coalesce(sum(owed), 0) FROM balance`,
  )
  const page = await readPage(query, largestFirst, ({ where, orderBy, limit }) =>
    ctx.db.all<Row>(sql`
    WITH ${balances} SELECT balance.contact_id, p.name, available, held, owed
    FROM balance JOIN contacts p ON p.id = balance.contact_id WHERE ${where ?? sql`1`}
    ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}`),
  )
  const [contacts = 0, available = 0, held = 0, owed = 0] = totals
  return {
    ...mapPage(page, toLine),
    asOf,
    currency,
    otherCurrencies,
    contacts,
    totals: { available, held, owed },
  }
}

const toLine = ([contactId, name, available, held, owed]: Row) => ({ contactId, name, available, held, owed })

/** `balance`: one row per contact with a balance at that moment. */
const balancesAt = ({ organizationId }: Ctx, currency: string, end: number): SQL => sql`
  account AS (
    SELECT a.owner_id AS contact_id, a.kind,
      coalesce((SELECT sum(t.amount) FROM ledger_transfers t WHERE t.credit_account_id = a.id AND t.created_at < ${end}), 0) -
      coalesce((SELECT sum(t.amount) FROM ledger_transfers t WHERE t.debit_account_id = a.id AND t.created_at < ${end}), 0) AS balance
    FROM ledger_accounts a
    WHERE a.organization_id = ${organizationId} AND a.currency = ${currency} AND a.owner_type = 'contact'
  ), balance AS (
    SELECT contact_id,
      sum(CASE kind WHEN 'available' THEN balance ELSE 0 END) AS available,
      sum(CASE kind WHEN 'held' THEN balance ELSE 0 END) AS held,
      sum(CASE kind WHEN 'owed' THEN -balance ELSE 0 END) AS owed
    FROM account GROUP BY contact_id
    HAVING sum(CASE WHEN balance <> 0 THEN 1 ELSE 0 END) > 0
  )`
