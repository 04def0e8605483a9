import type { Currency } from '@goodword/contracts'
import { type AccountRef, checkPosting, type Posting, repayDebt } from '@goodword/domain'
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { mayOwe, openAccount } from './accounts.queries.ts'
import type { Entry } from './entry.ts'
import { ledgerAccounts, ledgerTransfers } from './ledger.table.ts'
import { applyMerges } from './merge.ts'

export type ContactBalances = { currency: Currency; available: number; held: number; owed: number }

/** Credit that repaid a debt, in minor units. */
export type SetOff = { contactId: string; currency: Currency; amount: number }

/**
 * Posts transfers within the caller's transaction. A key that was already used posts nothing. If the contact owes
 * credit, incoming credit repays it; returns what was set off. Throws if a contact's account would go below zero, which
 * rolls back the whole transaction.
 */
export async function postEntries(tx: Ctx, entries: Entry[]): Promise<SetOff[]> {
  if (!tx.inTransaction) throw new Error('Transfers are posted inside a transaction.')
  const posted = await addTransfers(tx, entries)
  const setOffs: SetOff[] = []
  for (const { transferId, contactId, currency } of inflows(posted)) {
    if (!(await mayOwe(tx, contactId, currency))) continue
    const { available, owed } = await balanceIn(tx, contactId, currency)
    const amount = Math.min(available, owed)
    if (amount === 0) continue
    const refersTo = { type: 'transfer', id: transferId } as const
    const idempotencyKey = `transfer:${transferId}:set_off`
    const { organizationId } = tx
    await addTransfers(tx, [
      { refersTo, idempotencyKey, ...repayDebt({ organizationId, contactId, amount, currency }) },
    ])
    setOffs.push({ contactId, currency, amount })
  }
  return setOffs
}

/** Whether anything was posted under this key. */
export async function isPosted(ctx: Ctx, key: string): Promise<boolean> {
  return (await transferByKey(ctx.db).get({ organizationId: ctx.organizationId, key })) !== undefined
}

type Posted = { id: string; entry: Entry }

/** The last transfer that changed a contact's available or owed credit, by contact and currency. */
function inflows(posted: Posted[]): { transferId: string; contactId: string; currency: Currency }[] {
  const last = new Map<string, { transferId: string; contactId: string; currency: Currency }>()
  for (const { id, entry } of posted) {
    const { currency } = entry
    for (const { kind, owner } of [entry.debit, entry.credit]) {
      const matters = kind === 'owed' || (kind === 'available' && entry.credit.kind === kind)
      if (matters && owner.type === 'contact')
        last.set(`${owner.id}:${currency}`, { transferId: id, contactId: owner.id, currency })
    }
  }
  return [...last.values()]
}

async function addTransfers(tx: Ctx, entries: Entry[]): Promise<Posted[]> {
  const posted: Posted[] = []
  for (const entry of entries) {
    checkPosting(entry)
    if (await isPosted(tx, entry.idempotencyKey)) continue
    for (const step of await applyMerges(tx, entry)) posted.push({ id: await addOne(tx, step), entry: step })
  }
  return posted
}

async function addOne(tx: Ctx, entry: Entry): Promise<string> {
  const id = tx.newId('transfer')
  await addTransfer(tx.db, {
    id,
    organizationId: tx.organizationId,
    debitAccountId: await openAccount(tx, entry.debit, entry.currency),
    creditAccountId: await openAccount(tx, entry.credit, entry.currency),
    amount: entry.amount,
    currency: entry.currency,
    code: entry.code,
    refersToType: entry.refersTo.type,
    refersToId: entry.refersTo.id,
    idempotencyKey: entry.idempotencyKey,
    reversesId: entry.reversesId ?? null,
    createdAt: tx.clock(),
  })
  return id
}

/** A contact's available, held and owed credit, one row per currency; minor units. */
export async function balancesOfContact(ctx: Ctx, contactId: string): Promise<ContactBalances[]> {
  const rows = await accountsOfContact(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  const currencies = [...new Set(rows.map((row) => row.currency))]
  return currencies.map((currency) => {
    const balance = (kind: AccountRef['kind']) =>
      rows.find((row) => row.kind === kind && row.currency === currency)?.balance ?? 0
    return {
      currency,
      available: balance('available'),
      held: balance('held'),
      owed: 0 - balance('owed'),
    }
  })
}

/** The same in one currency; zeros if there is none. */
export async function balanceIn(ctx: Ctx, contactId: string, currency: Currency): Promise<ContactBalances> {
  const balances = await balancesOfContact(ctx, contactId)
  return balances.find((one) => one.currency === currency) ?? { currency, available: 0, held: 0, owed: 0 }
}

/** The transfers that refer to a subject and weren't reversed, oldest first, as postings. */
export async function postingsOf(ctx: Ctx, refersToId: string): Promise<{ id: string; posting: Posting }[]> {
  const debit = alias(ledgerAccounts, 'debit')
  const credit = alias(ledgerAccounts, 'credit')
  const rows = await ctx.db
    .select({
      transfer: ledgerTransfers,
      debit: { kind: debit.kind, ownerType: debit.ownerType, ownerId: debit.ownerId },
      credit: { kind: credit.kind, ownerType: credit.ownerType, ownerId: credit.ownerId },
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
        currency: transfer.currency,
        code: transfer.code,
      },
    }))
}

/** The id of the newest transfer that refers to a subject; null if there is none. */
export async function lastTransferOf(ctx: Ctx, refersToId: string): Promise<string | null> {
  const row = await ctx.db
    .select({ id: ledgerTransfers.id })
    .from(ledgerTransfers)
    .where(and(eq(ledgerTransfers.organizationId, ctx.organizationId), eq(ledgerTransfers.refersToId, refersToId)))
    .orderBy(desc(ledgerTransfers.createdAt), desc(ledgerTransfers.id))
    .limit(1)
    .get()
  return row?.id ?? null
}

type StoredAccount = Pick<typeof ledgerAccounts.$inferSelect, 'kind' | 'ownerType' | 'ownerId'>
const accountRef = ({ kind, ownerType, ownerId }: StoredAccount): AccountRef => ({
  kind,
  owner: { type: ownerType, id: ownerId },
})

const accountsOfContact = prepared((db) =>
  db
    .select({ kind: ledgerAccounts.kind, currency: ledgerAccounts.currency, balance: ledgerAccounts.balance })
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

const addTransfer = preparedInsert(ledgerTransfers)

const transferByKey = prepared((db) =>
  db
    .select({ id: ledgerTransfers.id })
    .from(ledgerTransfers)
    .where(
      and(
        eq(ledgerTransfers.organizationId, sql.placeholder('organizationId')),
        eq(ledgerTransfers.idempotencyKey, sql.placeholder('key')),
      ),
    )
    .prepare(),
)
