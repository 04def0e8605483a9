import type { Currency } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import type { Slice, SortKey } from '../../../shared/keyset.ts'
import { ledgerAccounts, ledgerTransfers } from './ledger.table.ts'

export type ContactAccount = { id: string; kind: AccountKind; currency: Currency }

/** A transfer of a contact's accounts; the amount is in minor units. */
export type Movement = {
  id: string
  at: number
  code: TransferCode
  currency: Currency
  amount: number
  debitAccountId: string
  creditAccountId: string
  refersToType: typeof ledgerTransfers.$inferSelect.refersToType
  refersToId: string
  /** In the order of insertion. */
  position: number
}

/** Whose transfers, and which of them: a condition on ledger_transfers, whose columns it names without the table. */
export type Side = { of: 'debit_account_id' | 'credit_account_id'; accountId: string; if: SQL }

/** Newest first. The order of insertion breaks ties, and the indexes of the accounts end with it. */
export const newestFirst = <Row extends Pick<Movement, 'id' | 'at'>>(): [SortKey<Row>, SortKey<Row>] => [
  { by: sql`created_at`, direction: 'desc', of: ({ at }) => at },
  {
    by: sql`rowid`,
    direction: 'desc',
    of: ({ id }) => id,
    bound: (id) => sql`(SELECT rowid FROM ledger_transfers WHERE id = ${id})`,
  },
]

/** The accounts of a contact. There are few: one of each kind in each currency. */
export const accountsOf = ({ db, organizationId }: Ctx, contactId: string): Promise<ContactAccount[]> =>
  accountRows(db).all({ organizationId, contactId })

const accountRows = prepared((db) =>
  db
    .select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind, currency: ledgerAccounts.currency })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.organizationId, sql.placeholder('organizationId')),
        eq(ledgerAccounts.ownerType, 'contact'),
        eq(ledgerAccounts.ownerId, sql.placeholder('contactId')),
      ),
    )
    .prepare(),
)

/** Both sides of some accounts, with one condition. */
export const bothSides = (accountIds: string[], condition: SQL = sql`1`): Side[] =>
  accountIds.flatMap((accountId) => [
    { of: 'debit_account_id', accountId, if: condition },
    { of: 'credit_account_id', accountId, if: condition },
  ])

/**
 * The movements of a slice, in its order. Each side walks the index of its account no further than the slice is long, and
 * the walks are merged; a transfer between two of the accounts is found by both.
 */
export async function movementsIn(ctx: Ctx, sides: Side[], { where, orderBy, limit }: Slice): Promise<Movement[]> {
  if (sides.length === 0) return []
  const order = sql.join(orderBy, sql`, `)
  const walks = sides.map(
    (side) => sql`SELECT * FROM (SELECT id, created_at, rowid AS rowid FROM ledger_transfers
      WHERE ${sql.raw(side.of)} = ${side.accountId} AND +organization_id = ${ctx.organizationId} AND ${side.if}
        AND ${where ?? sql`1`} ORDER BY ${order} LIMIT ${limit})`,
  )
  const found = await ctx.db.all<[string]>(
    sql`SELECT id FROM (${sql.join(walks, sql` UNION `)}) ORDER BY ${order} LIMIT ${limit}`,
  )
  return byIds(
    ctx,
    found.map(([id]) => id),
  )
}

async function byIds(ctx: Ctx, ids: string[]): Promise<Movement[]> {
  if (ids.length === 0) return []
  const rows = await movementRows(ctx.db).all({ ids: JSON.stringify(ids) })
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => known.get(id) ?? [])
}

const movementRows = prepared((db) =>
  db
    .select({
      id: ledgerTransfers.id,
      at: ledgerTransfers.createdAt,
      code: ledgerTransfers.code,
      currency: ledgerTransfers.currency,
      amount: ledgerTransfers.amount,
      debitAccountId: ledgerTransfers.debitAccountId,
      creditAccountId: ledgerTransfers.creditAccountId,
      refersToType: ledgerTransfers.refersToType,
      refersToId: ledgerTransfers.refersToId,
      position: sql<number>`${ledgerTransfers}.rowid`.as('position'),
    })
    .from(ledgerTransfers)
    .where(sql`${ledgerTransfers.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)
