import type { Currency } from '@goodword/contracts'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Contacts with a balance on any account, by the sum of their available and held credit minus what they owe. Kept by
 * triggers on ledger_accounts. The key is the whole table: WITHOUT ROWID.
 */
export const contactBalances = sqliteTable(
  'contact_balances',
  {
    organizationId: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    total: integer().notNull(),
    contactId: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.currency, table.total, table.contactId] })],
)

/** The number of those contacts; `ledger_totals` has the sums. WITHOUT ROWID too. */
export const contactBalanceTotals = sqliteTable(
  'contact_balance_totals',
  {
    organizationId: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    contacts: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.currency] })],
)

/**
 * How a contact's balances changed within a quarter of an hour, counted from 1970. Kept by a trigger on
 * ledger_transfers. WITHOUT ROWID too.
 */
export const contactBalanceChanges = sqliteTable(
  'contact_balance_changes',
  {
    organizationId: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    quarter: integer().notNull(),
    contactId: text().notNull(),
    available: integer().notNull(),
    held: integer().notNull(),
    /** Negative if they owe more. */
    owed: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.currency, table.quarter, table.contactId] })],
)
