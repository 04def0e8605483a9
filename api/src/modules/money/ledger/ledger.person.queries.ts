import { sql } from 'drizzle-orm'
import { preparedRows } from '../../../database/prepared.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { everyPage } from '../../../shared/wholeLists.ts'
import { ledgerAccounts } from './ledger.table.ts'
import { accountsOf, bothSides, type Movement, movementRows, newestFirst } from './movements.queries.ts'

const accountAt = (n: number) => `account${n}`
const oldestFirst = newestFirst<Movement>().map((key) => ({ ...key, direction: 'asc' as const }))

/** By how many accounts a contact has. */
const pagesOf = shapes(({ accounts }: { accounts: string }) => {
  const names = Array.from({ length: Number(accounts) }, (_, n) => accountAt(n))
  return preparedPages<Movement>(oldestFirst, (db, slice) => movementRows(db, bothSides(names), slice))
})

/** Every transfer on the person's accounts, with the kinds of both, in minor units; in pages. */
export async function* creditOf(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  const accounts = await accountsOf({ ...ctx, db }, contactId)
  if (accounts.length === 0) return
  const pages = pagesOf({ accounts: String(accounts.length) })
  const values = { organizationId, ...Object.fromEntries(accounts.map(({ id }, n) => [accountAt(n), id])) }
  for await (const page of everyPage(
    (request) => pages(db, request, values),
    (row) => row,
  )) {
    const ids = [...new Set(page.flatMap(({ debitAccountId, creditAccountId }) => [debitAccountId, creditAccountId]))]
    const kinds = new Map((await kindsOf(db).all({ ids: JSON.stringify(ids) })).map(({ id, kind }) => [id, kind]))
    yield page.map(({ code, debitAccountId, creditAccountId, amount, currency, at }) => ({
      what: code,
      from: kinds.get(debitAccountId) ?? '',
      to: kinds.get(creditAccountId) ?? '',
      amount,
      currency,
      at: iso(at),
    }))
  }
}

const kindsOf = preparedRows((db) =>
  db
    .select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind })
    .from(ledgerAccounts)
    .where(sql`${ledgerAccounts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)
