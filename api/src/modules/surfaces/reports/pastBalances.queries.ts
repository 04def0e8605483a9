import type { Currency, OutstandingQuery, OutstandingReport, Page } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../database/database.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { descending, type PageRequest, readPage } from '../../../shared/keyset.ts'

export type Balance = [contactId: string, name: string, available: number, held: number, owed: number]
export type Totals = OutstandingReport['totals'] & { contacts: number }

/** A page of the balances at a past moment, with the totals of all of them. Names are as they are now. */
export async function pastBalances(
  ctx: Ctx,
  currency: Currency,
  end: number,
  { limit, cursor, last }: OutstandingQuery,
): Promise<{ page: Page<Balance>; totals: Totals }> {
  const asked = { limit, cursor, last }
  const { page, totals } = await remembered(ctx, currency, end, JSON.stringify(asked), (reading) =>
    readPast(reading, currency, end, asked),
  )
  const names = new Map(
    await ctx.db.all<[string, string]>(
      sql`SELECT id, name FROM contacts WHERE id IN (SELECT value FROM json_each(${JSON.stringify(page.items.map(([id]) => id))}))`,
    ),
  )
  return {
    totals,
    page: { ...page, items: page.items.map(([id, , ...amounts]) => [id, names.get(id) ?? '', ...amounts]) },
  }
}

const largestFirst = [
  descending<Balance>(sql`total`, ([, , available, held, owed]) => available + held - owed),
  descending<Balance>(sql`contact_id`, ([contactId]) => contactId),
]

/** From the changes until then or from those since, whichever span is shorter. */
async function readPast(ctx: Ctx, currency: Currency, end: number, asked: PageRequest) {
  const quarter = Math.floor(end / quarterMs)
  const [[first] = [quarter]] = await ctx.db.all<[number]>(sql`SELECT quarter FROM contact_balance_changes
    WHERE organization_id = ${ctx.organizationId} AND currency = ${currency} ORDER BY quarter LIMIT 1`)
  const isEarly = quarter - first < ctx.clock() / quarterMs - quarter
  const statement = isEarly ? untilThen : sinceThen
  let totals: Totals = { contacts: 0, available: 0, held: 0, owed: 0 }
  const page = await readPage<Balance>(asked, largestFirst, async (slice) => {
    const [all, ...rows] = await ctx.db.all<[string, number, number, number, number]>(
      statement(ctx, currency, quarter, slice),
    )
    if (all) totals = { contacts: all[1], available: all[2], held: all[3], owed: all[4] }
    return rows.map(([contactId, , ...amounts]): Balance => [contactId, '', ...amounts])
  })
  return { page, totals }
}

const quarterMs = 900_000

type Slice = { where: SQL | undefined; orderBy: SQL[]; limit: number }

/** The first row has the totals: the number of contacts, then available, held and owed. */
const withTotals = (totals: SQL, page: SQL): SQL =>
  sql`SELECT * FROM (${totals}) UNION ALL SELECT contact_id, total, available, held, owed FROM (${page})`

const ordered = (rows: SQL, { where, orderBy, limit }: Slice): SQL =>
  sql`SELECT * FROM (${rows}) WHERE ${where ?? sql`true`} ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}`

function untilThen({ organizationId }: Ctx, currency: Currency, quarter: number, slice: Slice): SQL {
  return sql`WITH past AS MATERIALIZED (
      SELECT contact_id, sum(available) + sum(held) + sum(owed) AS total,
        sum(available) AS available, sum(held) AS held, -sum(owed) AS owed
      FROM contact_balance_changes
      WHERE organization_id = ${organizationId} AND currency = ${currency} AND quarter < ${quarter}
      GROUP BY contact_id HAVING sum(available) <> 0 OR sum(held) <> 0 OR sum(owed) <> 0
    )
    ${withTotals(
      sql`SELECT '', count(*), coalesce(sum(available), 0), coalesce(sum(held), 0), coalesce(sum(owed), 0) FROM past`,
      ordered(sql`SELECT * FROM past`, slice),
    )}`
}

/** Whose balances have not changed since has those of now. */
function sinceThen({ organizationId }: Ctx, currency: Currency, quarter: number, slice: Slice): SQL {
  const mine = sql`organization_id = ${organizationId} AND currency = ${currency}`
  const nowOf = (kind: string) => sql`coalesce((SELECT balance FROM ledger_totals
    WHERE ${mine} AND owner_type = 'contact' AND kind = ${kind}), 0)`
  const balanceOf = (kind: string) => sql`coalesce((SELECT balance FROM ledger_accounts a
    WHERE a.${mine} AND a.owner_type = 'contact' AND a.owner_id = same.contact_id AND a.kind = ${kind}), 0)`
  return sql`WITH changed AS MATERIALIZED (
      SELECT contact_id, sum(available) AS available, sum(held) AS held, sum(owed) AS owed FROM contact_balance_changes
      WHERE ${mine} AND quarter >= ${quarter} GROUP BY contact_id
    ), past AS MATERIALIZED (
      SELECT c.contact_id, sum(a.balance <> 0) > 0 AS has_now,
        coalesce(sum(a.balance) FILTER (WHERE a.kind = 'available'), 0) - c.available AS available,
        coalesce(sum(a.balance) FILTER (WHERE a.kind = 'held'), 0) - c.held AS held,
        c.owed - coalesce(sum(a.balance) FILTER (WHERE a.kind = 'owed'), 0) AS owed
      FROM changed c CROSS JOIN ledger_accounts a INDEXED BY ledger_accounts_once
        ON a.organization_id = ${organizationId} AND a.owner_type = 'contact' AND a.owner_id = c.contact_id
          AND +a.currency = ${currency} AND a.kind IN ('available', 'held', 'owed')
      GROUP BY c.contact_id
    ), had AS (
      SELECT contact_id, available + held - owed AS total, available, held, owed FROM past
      WHERE available <> 0 OR held <> 0 OR owed <> 0
    ), same AS (
      ${ordered(
        sql`SELECT contact_id, total FROM contact_balances
          WHERE ${mine} AND contact_id NOT IN (SELECT contact_id FROM changed)`,
        slice,
      )}
    )
    ${withTotals(
      sql`SELECT '', coalesce((SELECT contacts FROM contact_balance_totals WHERE ${mine}), 0)
          - (SELECT coalesce(sum(has_now), 0) FROM past) + (SELECT count(*) FROM had),
        ${nowOf('available')} - coalesce(sum(available), 0), ${nowOf('held')} - coalesce(sum(held), 0),
        coalesce(sum(owed), 0) - ${nowOf('owed')} FROM changed`,
      ordered(
        sql`SELECT contact_id, total, available, held, owed FROM (${ordered(sql`SELECT * FROM had`, slice)})
          UNION ALL SELECT contact_id, total, ${balanceOf('available')}, ${balanceOf('held')}, -${balanceOf('owed')} FROM same`,
        slice,
      ),
    )}`
}

/** `balance`: one row per contact with a balance at that moment, or now; of a range of ids. */
export function balancesAt(
  { organizationId }: Ctx,
  currency: Currency,
  end: number | null,
  range: { after: string; last: string },
): SQL {
  const sumOf = (side: 'credit_account_id' | 'debit_account_id') =>
    sql`coalesce((SELECT sum(t.amount) FROM ledger_transfers t WHERE t.${sql.raw(side)} = a.id AND t.created_at < ${end}), 0)`
  return sql`account AS (
      SELECT a.owner_id AS contact_id, a.kind,
        ${end === null ? sql`a.balance` : sql`${sumOf('credit_account_id')} - ${sumOf('debit_account_id')}`} AS balance
      FROM ledger_accounts a
      WHERE a.organization_id = ${organizationId} AND a.currency = ${currency} AND a.owner_type = 'contact'
        AND a.owner_id > ${range.after} AND a.owner_id <= ${range.last}
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
