import type { Currency, OutstandingQuery, OutstandingReport, Page } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../database/database.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { descending, readPage } from '../../../shared/keyset.ts'

export type Balance = [contactId: string, name: string, available: number, held: number, owed: number]
export type Totals = OutstandingReport['totals'] & { contacts: number }

const largestFirst = [
  descending<Balance>(sql`(available + held - owed)`, ([, , available, held, owed]) => available + held - owed),
  descending<Balance>(sql`balance.contact_id`, ([contactId]) => contactId),
]

export const pastTotals = (ctx: Ctx, currency: Currency, end: number): Promise<Totals> =>
  remembered(ctx, currency, end, 'totals', async (reading) => {
    const [[contacts, available, held, owed] = [0, 0, 0, 0]] = await reading.db.all<[number, number, number, number]>(
      sql`WITH ${balancesAt(reading, currency, end)}
        SELECT count(*), coalesce(sum(available), 0), coalesce(sum(held), 0), coalesce(sum(owed), 0) FROM balance`,
    )
    return { contacts, available, held, owed }
  })

/** Names are as they are now. */
export async function pastPage(
  ctx: Ctx,
  currency: Currency,
  end: number,
  { limit, cursor, last }: OutstandingQuery,
): Promise<Page<Balance>> {
  const asked = { limit, cursor, last }
  const page = await remembered(ctx, currency, end, JSON.stringify(asked), (reading) =>
    readPage<Balance>(asked, largestFirst, ({ where, orderBy, limit: most }) =>
      reading.db.all<Balance>(sql`WITH ${balancesAt(reading, currency, end)}
        SELECT balance.contact_id, '', available, held, owed FROM balance WHERE ${where ?? sql`true`}
        ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${most}`),
    ),
  )
  const names = new Map(
    await ctx.db.all<[string, string]>(
      sql`SELECT id, name FROM contacts WHERE id IN (SELECT value FROM json_each(${JSON.stringify(page.items.map(([id]) => id))}))`,
    ),
  )
  return { ...page, items: page.items.map(([id, , ...amounts]) => [id, names.get(id) ?? '', ...amounts]) }
}

/** `balance`: one row per contact with a balance at that moment, or now; of all contacts, or of a range of ids. */
export function balancesAt(
  { organizationId }: Ctx,
  currency: Currency,
  end: number | null,
  range?: { after: string; last: string },
): SQL {
  const sumOf = (side: 'credit_account_id' | 'debit_account_id') =>
    sql`coalesce((SELECT sum(t.amount) FROM ledger_transfers t WHERE t.${sql.raw(side)} = a.id AND t.created_at < ${end}), 0)`
  return sql`account AS (
      SELECT a.owner_id AS contact_id, a.kind,
        ${end === null ? sql`a.balance` : sql`${sumOf('credit_account_id')} - ${sumOf('debit_account_id')}`} AS balance
      FROM ledger_accounts a
      WHERE a.organization_id = ${organizationId} AND a.currency = ${currency} AND a.owner_type = 'contact'
        ${range ? sql`AND a.owner_id > ${range.after} AND a.owner_id <= ${range.last}` : sql``}
    ), balance AS (
      SELECT contact_id,
        sum(CASE kind WHEN 'available' THEN balance ELSE 0 END) AS available,
        sum(CASE kind WHEN 'held' THEN balance ELSE 0 END) AS held,
        sum(CASE kind WHEN 'owed' THEN -balance ELSE 0 END) AS owed
      FROM account GROUP BY contact_id HAVING sum(balance <> 0) > 0
    )`
}

/** Answers about one past day, and the newest transfer they were checked against. */
type Known = { newest: Promise<number>; answers: Map<string, Promise<unknown>> }
const days = new WeakMap<Database, LRUCache<string, Known>>()
const answersMost = 50
const transfersMost = 2_000

/**
 * An answer about a past day, computed in the background and kept until a transfer is dated back before its end: the
 * ledger only grows, so looking at its newest rows shows that.
 */
async function remembered<T>(
  ctx: Ctx,
  currency: Currency,
  end: number,
  what: string,
  compute: (reading: Ctx) => Promise<T>,
): Promise<T> {
  const cache = days.get(ctx.database) ?? new LRUCache<string, Known>({ max: 100 })
  days.set(ctx.database, cache)
  const key = `${ctx.organizationId} ${currency} ${end}`
  const known = (await stillKnown(ctx, end, cache.get(key))) ?? { newest: newestTransfer(ctx), answers: new Map() }
  cache.set(key, known)
  const answer =
    (known.answers.get(what) as Promise<T> | undefined) ?? known.newest.then(() => compute(inBackground(ctx)))
  known.answers.set(what, answer)
  // What failed is asked again.
  answer.catch(() => cache.clear())
  return answer
}

/** Looks at what was transferred since. After too much, it is as if nothing were known. */
async function stillKnown(ctx: Ctx, end: number, known: Known | undefined): Promise<Known | null> {
  if (!known || known.answers.size >= answersMost) return null
  const before = await known.newest
  const [[newest, rows, datedBack] = [null, 0, 0]] = await ctx.db.all<[number | null, number, number]>(sql`
    SELECT max(row), count(*), coalesce(sum(dated_back), 0) FROM (
      SELECT rowid AS row, organization_id = ${ctx.organizationId} AND created_at < ${end} AS dated_back
      FROM ledger_transfers WHERE rowid > ${before} ORDER BY rowid LIMIT ${transfersMost}
    )`)
  if (rows === transfersMost || datedBack > 0) return null
  if (newest !== null) known.newest = Promise.resolve(newest)
  return known
}

async function newestTransfer(ctx: Ctx): Promise<number> {
  const [[newest] = [0]] = await inBackground(ctx).db.all<[number]>(
    sql`SELECT coalesce(max(rowid), 0) FROM ledger_transfers`,
  )
  return newest
}
