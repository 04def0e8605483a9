import type { Currency } from '@goodword/contracts'
import { accountKinds, transferCodes } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/**
 * Accounts of the ledger (ARCHITECTURE §4). `balance` is credits minus debits, kept by a trigger on ledger_transfers in
 * the same statement; contact accounts never fall below zero.
 */
export const ledgerAccounts = sqliteTable(
  'ledger_accounts',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    kind: text({
      enum: [...accountKinds],
    }).notNull(),
    /** An id, never a name; empty for the organization's own accounts, so that the unique index counts them. */
    contactId: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    balance: integer().notNull().default(0),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('ledger_accounts_once').on(table.organizationId, table.contactId, table.kind, table.currency),
    unique('ledger_accounts_identity').on(table.organizationId, table.currency, table.id),
    check('ledger_accounts_contact_not_negative', sql`kind NOT LIKE 'contact_%' OR balance >= 0`),
  ],
)

/** One debit, one credit, one positive amount. Rows are only added: the database refuses UPDATE, DELETE and REPLACE. */
export const ledgerTransfers = sqliteTable(
  'ledger_transfers',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    debitAccountId: text().notNull(),
    creditAccountId: text().notNull(),
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    code: text({
      enum: [...transferCodes],
    }).notNull(),
    refersToType: text({ enum: ['reward', 'contact', 'transfer', 'credit_entry'] }).notNull(),
    refersToId: text().notNull(),
    idempotencyKey: text().notNull(),
    reversesId: text(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('ledger_transfers_key_once').on(table.organizationId, table.idempotencyKey),
    uniqueIndex('ledger_transfers_reversed_once').on(table.reversesId),
    index('ledger_transfers_by_debit').on(table.debitAccountId, table.createdAt),
    index('ledger_transfers_by_credit').on(table.creditAccountId, table.createdAt),
    index('ledger_transfers_by_reference').on(table.refersToId),
    check('ledger_transfers_amount', sql`amount > 0 AND amount <= 9007199254740991 AND typeof(amount) = 'integer'`),
    check('ledger_transfers_two_sides', sql`debit_account_id <> credit_account_id`),
    foreignKey({
      columns: [table.organizationId, table.currency, table.debitAccountId],
      foreignColumns: [ledgerAccounts.organizationId, ledgerAccounts.currency, ledgerAccounts.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.currency, table.creditAccountId],
      foreignColumns: [ledgerAccounts.organizationId, ledgerAccounts.currency, ledgerAccounts.id],
    }),
  ],
)
