import { and, asc, eq, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { ledgerAccounts, ledgerTransfers } from './ledger.table.ts'

const debit = alias(ledgerAccounts, 'debit')
const credit = alias(ledgerAccounts, 'credit')

const isOf = ({ ownerType, ownerId }: typeof debit | typeof credit, contactId: string) =>
  and(eq(ownerType, 'contact'), eq(ownerId, contactId))

/** Every transfer on the person's accounts, with both sides, in minor units. */
export async function creditOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ transfer: ledgerTransfers, from: debit.kind, to: credit.kind })
    .from(ledgerTransfers)
    .innerJoin(debit, eq(debit.id, ledgerTransfers.debitAccountId))
    .innerJoin(credit, eq(credit.id, ledgerTransfers.creditAccountId))
    .where(
      and(eq(ledgerTransfers.organizationId, ctx.organizationId), or(isOf(debit, contactId), isOf(credit, contactId))),
    )
    .orderBy(asc(ledgerTransfers.createdAt), asc(ledgerTransfers.id))
  return rows.map(({ transfer, from, to }) => ({
    what: transfer.code,
    from,
    to,
    amount: transfer.amount,
    currency: transfer.currency,
    at: iso(transfer.createdAt),
  }))
}
