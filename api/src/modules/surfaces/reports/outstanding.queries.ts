import type { Currency, OutstandingQuery, OutstandingReport, Page } from '@goodword/contracts'
import { addDays, dayIn, startOfDay } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { type Balance, balancesAt, pastBalances, type Totals } from './pastBalances.queries.ts'
import { readCurrency } from './period.ts'

/** `end` is null if the day isn't over. */
type Asked = { asOf: string; end: number | null; currency: Currency; otherCurrencies: Currency[] }

/**
 * Outstanding credit by contact at the end of a day, the largest first. Today it is read from the kept balances; for a
 * past day, their changes until then or since then are added up in the background.
 */
export async function reportOutstanding(ctx: Ctx, query: OutstandingQuery): Promise<OutstandingReport> {
  const asked = await readAsked(ctx, query)
  const { asOf, end, currency, otherCurrencies } = asked
  const { totals, page } =
    end === null
      ? { totals: await currentTotals(ctx, currency), page: await currentPage(ctx, currency, query) }
      : await pastBalances(ctx, currency, end, query)
  const { contacts, ...sums } = totals
  return { ...mapPage(page, toLine), asOf, currency, otherCurrencies, contacts, totals: sums }
}

const contactsAtOnce = 200

/** The same for every contact, in pages by contact: an order that no change of a balance disturbs meanwhile. */
export async function outstandingPages(
  ctx: Ctx,
  query: Pick<OutstandingQuery, 'asOf' | 'currency'>,
): Promise<{ asOf: string; currency: Currency; pages: AsyncGenerator<OutstandingReport['items']> }> {
  const { asOf, end, currency } = await readAsked(ctx, query)
  return { asOf, currency, pages: pagesByContact(inBackground(ctx), currency, end) }
}

async function* pagesByContact(ctx: Ctx, currency: Currency, end: number | null) {
  for (let after = ''; ; ) {
    // Contacts with accounts, of whom some have no balance.
    const ids = await ctx.db.all<[string]>(sql`SELECT DISTINCT owner_id FROM ledger_accounts
      WHERE organization_id = ${ctx.organizationId} AND owner_type = 'contact' AND owner_id > ${after}
      ORDER BY owner_id LIMIT ${contactsAtOnce}`)
    const last = ids.at(-1)?.[0]
    if (last === undefined) return
    const range = { after, last }
    const rows = await ctx.db.all<Balance>(sql`WITH ${balancesAt(ctx, currency, end, range)}
      SELECT balance.contact_id, p.name, available, held, owed FROM balance JOIN contacts p ON p.id = balance.contact_id
      ORDER BY balance.contact_id`)
    yield rows.map(toLine)
    after = last
  }
}

async function readAsked(ctx: Ctx, query: Pick<OutstandingQuery, 'asOf' | 'currency'>): Promise<Asked> {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const today = dayIn(timeZone, ctx.clock())
  const asOf = query.asOf ?? today
  const end = asOf < today ? startOfDay(addDays(asOf, 1), timeZone) : null
  return { asOf, end, ...(await readCurrency(ctx, query)) }
}

const toLine = ([contactId, name, available, held, owed]: Balance) => ({ contactId, name, available, held, owed })

async function currentTotals({ db, organizationId }: Ctx, currency: Currency): Promise<Totals> {
  const totalOf = (kind: string) => sql`coalesce((SELECT balance FROM ledger_totals
    WHERE organization_id = ${organizationId} AND owner_type = 'contact' AND kind = ${kind} AND currency = ${currency}), 0)`
  const [[contacts, available, held, owed] = [0, 0, 0, 0]] = await db.all<[number, number, number, number]>(
    sql`SELECT contacts, ${totalOf('available')}, ${totalOf('held')}, -${totalOf('owed')} FROM contact_balance_totals
      WHERE organization_id = ${organizationId} AND currency = ${currency}`,
  )
  return { contacts, available, held, owed }
}

const largestFirst = [
  descending<Balance>(sql`total`, ([, , available, held, owed]) => available + held - owed),
  descending<Balance>(sql`contact_id`, ([contactId]) => contactId),
]

const currentPage = (
  { db, organizationId }: Ctx,
  currency: Currency,
  query: OutstandingQuery,
): Promise<Page<Balance>> =>
  readPage(query, largestFirst, ({ where, orderBy, limit }) => {
    const balanceOf = (kind: string) => sql`coalesce((SELECT balance FROM ledger_accounts a
      WHERE a.organization_id = ${organizationId} AND a.owner_type = 'contact' AND a.owner_id = found.contact_id
        AND a.kind = ${kind} AND a.currency = ${currency}), 0)`
    return db.all<Balance>(sql`
      SELECT contact_id, (SELECT name FROM contacts WHERE id = contact_id),
        ${balanceOf('available')}, ${balanceOf('held')}, -${balanceOf('owed')}
      FROM (
        SELECT contact_id FROM contact_balances
        WHERE organization_id = ${organizationId} AND currency = ${currency} AND ${where ?? sql`true`}
        ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}
      ) found`)
  })
