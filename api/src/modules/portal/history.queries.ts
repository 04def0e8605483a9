import type { Currency, PortalHome } from '@goodword/contracts'
import { maskName } from '@goodword/domain'
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../shared/context.ts'
import { iso } from '../../shared/pages.ts'
import { conversions } from '../conversions/conversions.table.ts'
import { ledgerAccounts, ledgerTransfers } from '../ledger/ledger.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { rewards } from '../rewards/rewards.table.ts'
import { transferInWords } from './portal.words.ts'

const most = 50
const reversed = alias(ledgerTransfers, 'reversed')

/** What happened to a contact's credit, newest first, in words. A hold shows until it is over; then what became of it does. */
export async function historyOf(ctx: Ctx, contactId: string, currency: Currency): Promise<PortalHome['history']> {
  const accounts = await accountsOf(ctx, contactId, currency)
  const ids = accounts.map(({ id }) => id)
  const available = accounts.find(({ kind }) => kind === 'contact_available')?.id
  if (ids.length === 0) return []
  const rows = await ctx.db
    .select({
      code: ledgerTransfers.code,
      amount: ledgerTransfers.amount,
      at: ledgerTransfers.createdAt,
      creditAccountId: ledgerTransfers.creditAccountId,
      side: rewards.side,
      submitted: referrals.submitted,
    })
    .from(ledgerTransfers)
    .leftJoin(reversed, eq(reversed.id, ledgerTransfers.reversesId))
    .leftJoin(rewards, sql`${rewards.id} IN (${ledgerTransfers.refersToId}, ${reversed.refersToId})`)
    .leftJoin(conversions, eq(conversions.id, rewards.conversionId))
    .leftJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(
      and(
        eq(ledgerTransfers.organizationId, ctx.organizationId),
        or(inArray(ledgerTransfers.debitAccountId, ids), inArray(ledgerTransfers.creditAccountId, ids)),
        sql`NOT (${ledgerTransfers.code} = 'reward_held' AND ${rewards.status} <> 'pending')`,
      ),
    )
    .orderBy(desc(ledgerTransfers.createdAt), desc(ledgerTransfers.id))
    .limit(most)
  return rows.map(({ code, amount, at, creditAccountId, side, submitted }) => {
    const friendName = submitted ? maskName(submitted.name) : null
    const direction = creditAccountId === available ? 'in' : 'out'
    const kind = code === 'reward_held' ? 'held' : direction
    return {
      label: transferInWords({ code, direction, side, friendName }),
      at: iso(at),
      amount: code === 'reward_voided' ? 0 : kind === 'out' ? -amount : amount,
      kind,
    }
  })
}

const accountsOf = (ctx: Ctx, contactId: string, currency: Currency) =>
  ctx.db
    .select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.organizationId, ctx.organizationId),
        eq(ledgerAccounts.contactId, contactId),
        eq(ledgerAccounts.currency, currency),
        inArray(ledgerAccounts.kind, ['contact_available', 'contact_held']),
      ),
    )
