import type { Currency, Page, PortalEntry } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { ledgerAccounts, ledgerTransfers } from '../../money/ledger/ledger.table.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { maskedName } from './maskedName.ts'
import { describeTransfer, reversedAfterUse } from './portal.words.ts'

const perPage = 20

/** Credit that was released and then reversed leaves in two transfers, through the hold. Only the first is shown. */
const isSecondStep = sql`${ledgerTransfers.code} = 'reversal' AND EXISTS (
  SELECT 1 FROM ledger_transfers released WHERE released.refers_to_id = ${rewards.id} AND released.code = 'reward_released'
    AND released.created_at <= ${ledgerTransfers.createdAt})`
const holdIsOver = sql`${ledgerTransfers.code} = 'reward_held' AND (${rewards.status} <> 'pending' OR EXISTS (
  SELECT 1 FROM ledger_transfers undone WHERE undone.reverses_id = ${ledgerTransfers.id}))`

/**
 * A page of a contact's credit history in words, newest first. A hold is shown until it ends; after that, its outcome
 * is.
 */
export async function historyPage(
  ctx: Ctx,
  contactId: string,
  currency: Currency,
  cursor: string | undefined,
  words: Words,
): Promise<Page<PortalEntry>> {
  const accounts = await accountsOf(ctx, contactId, currency)
  const idsOf = (...kinds: AccountKind[]) => accounts.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
  const ids = idsOf('available', 'held')
  const [available] = idsOf('available')
  const [debt] = idsOf('owed')
  if (ids.length === 0) return { items: [], nextCursor: null, previousCursor: null }
  const shown = or(
    and(
      touches(ids),
      sql`(${rewards.id} IS NULL OR NOT (${holdIsOver}))`,
      or(touches(available ? [available] : []), sql`(${rewards.id} IS NULL OR NOT (${isSecondStep}))`),
    ),
    debt ? and(eq(ledgerTransfers.debitAccountId, debt), eq(ledgerTransfers.code, 'reversal')) : undefined,
  )
  const page = await readPage({ limit: perPage, cursor }, newestFirst, ({ where, orderBy, limit }) =>
    transferRows(ctx, and(shown, where))
      .orderBy(...orderBy)
      .limit(limit),
  )
  return mapPage(page, ({ submitted, ...row }) =>
    entryOf(
      { ...row, available, debt, friendName: submitted ? (maskedName(submitted.name) ?? words.unnamed.first) : null },
      words,
    ),
  )
}

type TransferRow = Awaited<ReturnType<typeof transferRows>>[number]

const newestFirst = [
  descending<TransferRow>(ledgerTransfers.createdAt, ({ at }) => at),
  descending<TransferRow>(ledgerTransfers.id, ({ id }) => id),
]

const transferRows = (ctx: Ctx, condition: SQL | undefined) =>
  ctx.db
    .select({
      id: ledgerTransfers.id,
      code: ledgerTransfers.code,
      amount: ledgerTransfers.amount,
      at: ledgerTransfers.createdAt,
      debitAccountId: ledgerTransfers.debitAccountId,
      creditAccountId: ledgerTransfers.creditAccountId,
      side: rewards.side,
      offThisJob: rewards.offThisJob,
      submitted: referrals.submitted,
    })
    .from(ledgerTransfers)
    .leftJoin(rewards, eq(rewards.id, ledgerTransfers.refersToId))
    .leftJoin(conversions, ofConversion)
    .leftJoin(referrals, eq(referrals.id, conversions.referralId))
    .where(and(eq(ledgerTransfers.organizationId, ctx.organizationId), condition))
    .$dynamic()

type Transfer = {
  code: TransferCode
  amount: number
  at: number
  debitAccountId: string
  creditAccountId: string
  side: 'advocate' | 'friend' | null
  offThisJob: boolean | null
  available: string | undefined
  debt: string | undefined
  friendName: string | null
}

function entryOf(transfer: Transfer, words: Words): PortalEntry {
  const { code, amount, at, side, friendName, available, debt, ...accounts } = transfer
  const offThisJob = accounts.offThisJob === true
  if (debt !== undefined && accounts.debitAccountId === debt) {
    const label = reversedAfterUse({ side, offThisJob, friendName }, words)
    return { label, at: iso(at), amount: -amount, kind: 'owed' }
  }
  const direction = accounts.creditAccountId === available ? 'in' : 'out'
  const kind = code === 'reward_held' ? 'held' : direction
  const leavesNothing = kind === 'out' && accounts.debitAccountId !== available
  return {
    label: describeTransfer({ code, direction, wasHeld: leavesNothing, side, offThisJob, friendName }, words),
    at: iso(at),
    amount: leavesNothing ? 0 : kind === 'out' ? -amount : amount,
    kind,
  }
}

const touches = (accountIds: string[]) =>
  or(inArray(ledgerTransfers.debitAccountId, accountIds), inArray(ledgerTransfers.creditAccountId, accountIds))

const accountsOf = (ctx: Ctx, contactId: string, currency: Currency) =>
  ctx.db
    .select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.organizationId, ctx.organizationId),
        eq(ledgerAccounts.ownerType, 'contact'),
        eq(ledgerAccounts.ownerId, contactId),
        eq(ledgerAccounts.currency, currency),
        inArray(ledgerAccounts.kind, ['available', 'held', 'owed']),
      ),
    )
