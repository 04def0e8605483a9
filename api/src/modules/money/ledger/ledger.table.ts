import type { Currency } from '@goodword/contracts'
import { type AccountKind, ownerTypes, transferCodes } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/**
 * The kinds of accounts, one row for each of the domain's accountKinds (a test compares them). Rows are only added.
 * `lowest` and `highest` limit a balance, in minor units; null means no limit.
 */
export const ledgerAccountKinds = sqliteTable(
  'ledger_account_kinds',
  {
    kind: text().$type<AccountKind>().notNull(),
    ownerType: text({ enum: [...ownerTypes] }).notNull(),
    lowest: integer(),
    highest: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.ownerType] }),
    // An account starts at zero.
    check('ledger_account_kinds_hold_zero', sql`coalesce(lowest, 0) <= 0 AND coalesce(highest, 0) >= 0`),
  ],
)

/**
 * The ledger's accounts (see ARCHITECTURE.md, "The ledger"). `balance` is credits minus debits. A trigger on
 * ledger_transfers updates it in the same statement, and another keeps it within the limits of its kind.
 */
export const ledgerAccounts = sqliteTable(
  'ledger_accounts',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    kind: text().$type<AccountKind>().notNull(),
    ownerType: text({ enum: [...ownerTypes] }).notNull(),
    /** An id, never a name. A clearing account has the id of what is settled through it. */
    ownerId: text().notNull(),
    currency: text().$type<Currency>().notNull(),
    balance: integer().notNull().default(0),
    createdAt: integer().notNull(),
    /** The owner again if it is a contact, for the foreign key. */
    ownerContactId: text().generatedAlwaysAs(sql`CASE owner_type WHEN 'contact' THEN owner_id END`, {
      mode: 'virtual',
    }),
  },
  (table) => [
    uniqueIndex('ledger_accounts_once').on(
      table.organizationId,
      table.ownerType,
      table.ownerId,
      table.kind,
      table.currency,
    ),
    unique('ledger_accounts_identity').on(table.organizationId, table.currency, table.id),
    foreignKey({
      columns: [table.kind, table.ownerType],
      foreignColumns: [ledgerAccountKinds.kind, ledgerAccountKinds.ownerType],
    }),
    foreignKey({
      columns: [table.organizationId, table.ownerContactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
    check(
      'ledger_accounts_own_organization',
      sql`(owner_type <> 'organization' AND kind <> 'settlements') OR owner_id = organization_id`,
    ),
  ],
)

/**
 * One debit account, one credit account, one positive amount. Rows are only added: the database rejects UPDATE, DELETE
 * and REPLACE.
 */
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

/** The sum of an organization's accounts of one kind, in minor units. Kept by triggers on ledger_accounts. */
export const ledgerTotals = sqliteTable(
  'ledger_totals',
  {
    organizationId: text().notNull(),
    ownerType: text({ enum: [...ownerTypes] }).notNull(),
    kind: text().$type<AccountKind>().notNull(),
    currency: text().$type<Currency>().notNull(),
    balance: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.ownerType, table.kind, table.currency] })],
)
