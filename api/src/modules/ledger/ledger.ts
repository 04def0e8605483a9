import type { Currency } from '@goodword/contracts'
import { type AccountRef, accountKey, checkPosting, type Posting } from '@goodword/domain'
import { and, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../shared/context.ts'
import { ledgerAccounts, ledgerTransfers } from './ledger.table.ts'

/** What a transfer refers to, and the key under which it can be posted only once. */
export type Entry = Posting & {
  refersTo: { type: 'reward' | 'contact' | 'transfer'; id: string }
  idempotencyKey: string
  reversesId?: string
}

export type ContactBalances = { currency: Currency; available: number; held: number; owed: number }

/**
 * Adds transfers to the ledger, within the transaction of what they are for. A key that was used before adds nothing.
 * Throws when an account of a contact would fall below zero; then the whole transaction is undone.
 */
export async function postEntries(tx: Ctx, entries: Entry[]): Promise<void> {
  if (!tx.inTransaction) throw new Error('Transfers are posted inside a transaction.')
  if (entries.length === 0) return
  for (const entry of entries) checkPosting(entry)
  const fresh = await withoutPosted(tx, entries)
  if (fresh.length === 0) return
  const accounts = await openAccounts(tx, fresh)
  const accountId = (account: AccountRef, currency: Currency) => {
    const id = accounts.get(accountKey(account, currency))
    if (id === undefined) throw new Error(`The account ${accountKey(account, currency)} was not opened.`)
    return id
  }
  await tx.db.insert(ledgerTransfers).values(
    fresh.map((entry) => ({
      id: tx.newId('transfer'),
      organizationId: tx.organizationId,
      debitAccountId: accountId(entry.debit, entry.currency),
      creditAccountId: accountId(entry.credit, entry.currency),
      amount: entry.amount,
      currency: entry.currency,
      code: entry.code,
      refersToType: entry.refersTo.type,
      refersToId: entry.refersTo.id,
      idempotencyKey: entry.idempotencyKey,
      reversesId: entry.reversesId ?? null,
      createdAt: tx.clock(),
    })),
  )
}

/** Available, held and owed credit of a contact, one row a currency; minor units. */
export async function balancesOfContact(ctx: Ctx, contactId: string): Promise<ContactBalances[]> {
  const rows = await ctx.db
    .select({ kind: ledgerAccounts.kind, currency: ledgerAccounts.currency, balance: ledgerAccounts.balance })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.organizationId, ctx.organizationId), eq(ledgerAccounts.contactId, contactId)))
  const currencies = [...new Set(rows.map((row) => row.currency))] as Currency[]
  return currencies.map((currency) => {
    const balance = (kind: string) => rows.find((row) => row.kind === kind && row.currency === currency)?.balance ?? 0
    return {
      currency,
      available: balance('contact_available'),
      held: balance('contact_held'),
      owed: balance('contact_owed'),
    }
  })
}

/** The transfers that refer to one thing and were not reversed, oldest first, as postings. */
export async function postingsOf(ctx: Ctx, refersToId: string): Promise<{ id: string; posting: Posting }[]> {
  const debit = alias(ledgerAccounts, 'debit')
  const credit = alias(ledgerAccounts, 'credit')
  const rows = await ctx.db
    .select({
      transfer: ledgerTransfers,
      debit: { kind: debit.kind, contactId: debit.contactId },
      credit: { kind: credit.kind, contactId: credit.contactId },
    })
    .from(ledgerTransfers)
    .innerJoin(debit, eq(debit.id, ledgerTransfers.debitAccountId))
    .innerJoin(credit, eq(credit.id, ledgerTransfers.creditAccountId))
    .where(and(eq(ledgerTransfers.organizationId, ctx.organizationId), eq(ledgerTransfers.refersToId, refersToId)))
    .orderBy(ledgerTransfers.createdAt, ledgerTransfers.id)
  const reversed = new Set(rows.map((row) => row.transfer.reversesId))
  return rows
    .filter(({ transfer }) => transfer.reversesId === null && !reversed.has(transfer.id))
    .map(({ transfer, ...sides }) => ({
      id: transfer.id,
      posting: {
        debit: accountRef(sides.debit),
        credit: accountRef(sides.credit),
        amount: transfer.amount,
        currency: transfer.currency as Currency,
        code: transfer.code,
      },
    }))
}

const accountRef = (account: { kind: AccountRef['kind']; contactId: string }): AccountRef => ({
  kind: account.kind,
  contactId: account.contactId === '' ? null : account.contactId,
})

async function withoutPosted(tx: Ctx, entries: Entry[]): Promise<Entry[]> {
  const keys = entries.map((entry) => entry.idempotencyKey)
  const known = await tx.db
    .select({ key: ledgerTransfers.idempotencyKey })
    .from(ledgerTransfers)
    .where(and(eq(ledgerTransfers.organizationId, tx.organizationId), inArray(ledgerTransfers.idempotencyKey, keys)))
  const posted = new Set(known.map((row) => row.key))
  return entries.filter((entry) => !posted.has(entry.idempotencyKey))
}

async function openAccounts(tx: Ctx, entries: Entry[]): Promise<Map<string, string>> {
  const wanted = new Map<string, { account: AccountRef; currency: Currency }>()
  for (const { debit, credit, currency } of entries) {
    for (const account of [debit, credit]) wanted.set(accountKey(account, currency), { account, currency })
  }
  const owners = [...new Set([...wanted.values()].map(({ account }) => account.contactId ?? ''))]
  const rows = await tx.db
    .select({
      id: ledgerAccounts.id,
      kind: ledgerAccounts.kind,
      contactId: ledgerAccounts.contactId,
      currency: ledgerAccounts.currency,
    })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.organizationId, tx.organizationId), inArray(ledgerAccounts.contactId, owners)))
  const open = new Map(rows.map((row) => [accountKey(accountRef(row), row.currency as Currency), row.id]))
  const missing = [...wanted].filter(([key]) => !open.has(key))
  if (missing.length > 0) {
    const opened = missing.map(([key, { account, currency }]) => {
      const id = tx.newId('account')
      open.set(key, id)
      return {
        id,
        organizationId: tx.organizationId,
        kind: account.kind,
        contactId: account.contactId ?? '',
        currency,
        createdAt: tx.clock(),
      }
    })
    await tx.db.insert(ledgerAccounts).values(opened)
  }
  return open
}
