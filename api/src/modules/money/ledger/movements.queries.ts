import type { Currency } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import type { SortKey } from '../../../shared/keyset.ts'
import type { PreparedSlice } from '../../../shared/preparedPages.ts'
import { ledgerAccounts, type ledgerTransfers } from './ledger.table.ts'

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

/**
 * Whose transfers, and which of them: the placeholder of the account's id, and a condition on ledger_transfers, whose
 * columns it names without the table.
 */
export type Side = { of: 'debit_account_id' | 'credit_account_id'; account: string; if: SQL }

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
export const bothSides = (accounts: string[], condition: SQL = sql`1`): Side[] =>
  accounts.flatMap((account) => [
    { of: 'debit_account_id', account, if: condition },
    { of: 'credit_account_id', account, if: condition },
  ])

/**
 * The movements of a slice, in its order. Each side walks the index of its account no further than the slice is long, and
 * the walks are merged; a transfer between two of the accounts is found by both. The placeholders are `organizationId`
 * and those of the sides.
 */
export function movementRows(db: Queries, sides: Side[], { where, orderBy, limit }: PreparedSlice) {
  const order = sql.join(orderBy, sql`, `)
  const walks = sides.map(
    (side) => sql`SELECT * FROM (SELECT id, created_at, code, currency, amount, debit_account_id, credit_account_id,
        refers_to_type, refers_to_id, rowid AS rowid FROM ledger_transfers
      WHERE ${sql.raw(side.of)} = ${sql.placeholder(side.account)} AND +organization_id = ${sql.placeholder('organizationId')}
        AND ${side.if} AND ${where ?? sql`1`} ORDER BY ${order} LIMIT ${limit})`,
  )
  return db
    .select({
      id: sql<string>`id`,
      at: sql<number>`created_at`,
      code: sql<TransferCode>`code`,
      currency: sql<Currency>`currency`,
      amount: sql<number>`amount`,
      debitAccountId: sql<string>`debit_account_id`,
      creditAccountId: sql<string>`credit_account_id`,
      refersToType: sql<Movement['refersToType']>`refers_to_type`,
      refersToId: sql<string>`refers_to_id`,
      position: sql<number>`rowid`,
    })
    .from(sql`(${sql.join(walks, sql` UNION `)})`)
    .orderBy(...orderBy)
    .limit(limit)
    .prepare()
}
