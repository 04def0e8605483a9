import type { Currency, Page, PortalEntry } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { mapPage, type PageRequest, readPage, type Slice } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import {
  accountsOf,
  bothSides,
  type Movement,
  movementsIn,
  newestFirst,
  type Side,
} from '../../money/ledger/movements.queries.ts'
import { maskedName } from './maskedName.ts'
import { describeTransfer, reversedAfterUse } from './portal.words.ts'

const perPage = 20

/** Credit that was released and then reversed leaves in two transfers, through the hold. Only the first is shown. */
const isSecondStep = sql`code = 'reversal' AND EXISTS (SELECT 1 FROM rewards w WHERE w.id = refers_to_id)
  AND EXISTS (SELECT 1 FROM ledger_transfers released WHERE released.refers_to_id = ledger_transfers.refers_to_id
    AND released.code = 'reward_released' AND released.created_at <= ledger_transfers.created_at)`
const holdIsOver = sql`code = 'reward_held' AND EXISTS (SELECT 1 FROM rewards w WHERE w.id = refers_to_id AND (w.status <> 'pending'
  OR EXISTS (SELECT 1 FROM ledger_transfers undone WHERE undone.reverses_id = ledger_transfers.id)))`

/**
 * A page of a contact's credit history in words, newest first. A hold is shown until it ends; after that, its outcome
 * is.
 */
export async function historyPage(
  ctx: Ctx,
  contactId: string,
  currency: Currency,
  request: Omit<PageRequest, 'limit'>,
  words: Words,
): Promise<Page<PortalEntry>> {
  const accounts = (await accountsOf(ctx, contactId)).filter((account) => account.currency === currency)
  const idOf = (kind: AccountKind) => accounts.find((account) => account.kind === kind)?.id
  const [available, held, debt] = [idOf('available'), idOf('held'), idOf('owed')]
  if (available === undefined && held === undefined) return { items: [], nextCursor: null, previousCursor: null }
  const outcomes = outcomesOf({ available, held, debt })
  const page = await readPage({ limit: perPage, ...request }, newestFirst<Movement>(), async (slice) => {
    const rows = await movementsIn(ctx, outcomes, slice)
    return held === undefined ? rows : inOrder([...rows, ...(await openHolds(ctx, held, rows, slice))], slice)
  })
  const facts = await factsOf(
    ctx,
    page.items.map(({ id }) => id),
  )
  return mapPage(page, (row) => entryOf({ ...row, ...factsIn(facts.get(row.id), words), available, debt }, words))
}

type AccountIds = { available: string | undefined; held: string | undefined; debt: string | undefined }

/** Everything that is shown but holds. */
function outcomesOf({ available, held, debt }: AccountIds): Side[] {
  const isHold = sql`code = 'reward_held'`
  const throughHold = sql`NOT (${isHold}) AND NOT (debit_account_id IS NOT ${available ?? null}
    AND credit_account_id IS NOT ${available ?? null} AND ${isSecondStep})`
  return [
    ...bothSides(available === undefined ? [] : [available], sql`NOT (${isHold})`),
    ...bothSides(held === undefined ? [] : [held], throughHold),
    ...(debt === undefined ? [] : [{ of: 'debit_account_id' as const, accountId: debt, if: sql`code = 'reversal'` }]),
  ]
}

/**
 * The holds among these outcomes. Most holds are over, and every one that is has an outcome, so the walk ends where the
 * outcomes of the page do.
 */
function openHolds(ctx: Ctx, held: string, outcomes: Movement[], slice: Slice): Promise<Movement[]> {
  const last = outcomes.length === slice.limit ? outcomes.at(-1) : undefined
  const within = last ? sql`created_at ${sql.raw(slice.backward ? '<=' : '>=')} ${last.at}` : sql`1`
  const isOpen = sql`code = 'reward_held' AND NOT (${holdIsOver}) AND ${within}`
  return movementsIn(ctx, [{ of: 'credit_account_id', accountId: held, if: isOpen }], slice)
}

function inOrder(rows: Movement[], { backward, limit }: Slice): Movement[] {
  const sign = backward ? 1 : -1
  return rows.sort((one, other) => sign * (one.at - other.at || one.position - other.position)).slice(0, limit)
}

type Facts = [
  id: string,
  side: 'advocate' | 'friend' | null,
  offThisJob: 0 | 1 | null,
  friendName: string | null,
  hasFriend: 0 | 1,
]

/** What the transfers of a page are about. */
async function factsOf(ctx: Ctx, ids: string[]): Promise<Map<string, Facts>> {
  const rows = await ctx.db.all<Facts>(sql`
    SELECT t.id, w.side, w.off_this_job, json_extract(r.submitted, '$.name'), r.id IS NOT NULL FROM ledger_transfers t
    LEFT JOIN rewards w ON w.id = t.refers_to_id
    LEFT JOIN conversions c ON w.source_type = 'conversion' AND c.id = w.source_id
    LEFT JOIN referrals r ON r.id = c.referral_id
    WHERE t.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
  return new Map(rows.map((row) => [row[0], row]))
}

function factsIn(facts: Facts | undefined, words: Words) {
  const [, side = null, offThisJob = null, friendName = null, hasFriend = 0] = facts ?? []
  const shown = hasFriend === 1 ? (maskedName(friendName ?? '') ?? words.unnamed.first) : null
  return { side, offThisJob: offThisJob === 1, friendName: shown }
}

type Transfer = {
  code: TransferCode
  amount: number
  at: number
  debitAccountId: string
  creditAccountId: string
  side: 'advocate' | 'friend' | null
  offThisJob: boolean
  available: string | undefined
  debt: string | undefined
  friendName: string | null
}

function entryOf(transfer: Transfer, words: Words): PortalEntry {
  const { code, amount, at, side, offThisJob, friendName, available, debt, ...accounts } = transfer
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
