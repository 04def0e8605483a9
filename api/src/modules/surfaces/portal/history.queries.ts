import type { Currency, Page, PortalEntry } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { type SQL, sql } from 'drizzle-orm'
import { preparedRows } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { mapPage, type PageRequest, type Position, readRows, sliceAt } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { type PreparedSlice, shapes } from '../../../shared/preparedPages.ts'
import {
  accountsOf,
  bothSides,
  type Movement,
  movementRows,
  newestFirst,
  type Side,
} from '../../money/ledger/movements.queries.ts'
import { type FactsOf, transferFacts } from '../../program/conversions/transferFacts.queries.ts'
import { maskedName } from './maskedName.ts'
import { describeTransfer, reversedAfterUse } from './portal.words.ts'

const perPage = 20

/** Credit that was released and then reversed leaves in two transfers, through the hold. Only the first is shown. */
const isSecondStep = sql`code = 'reversal' AND EXISTS (SELECT 1 FROM rewards w WHERE w.id = refers_to_id)
  AND EXISTS (SELECT 1 FROM ledger_transfers released WHERE released.refers_to_id = ledger_transfers.refers_to_id
    AND released.code = 'reward_released' AND released.created_at <= ledger_transfers.created_at)`
const isHold = sql`code = 'reward_held'`
const holdIsOver = sql`EXISTS (SELECT 1 FROM rewards w WHERE w.id = refers_to_id AND (w.status <> 'pending'
  OR EXISTS (SELECT 1 FROM ledger_transfers undone WHERE undone.reverses_id = ledger_transfers.id)))`
const isOutside = (side: SQL) => sql`${side} IS NOT ${sql.placeholder('available')}`
const isOutcome = sql`NOT (${isHold}) AND NOT (${isOutside(sql`debit_account_id`)} AND ${isOutside(sql`credit_account_id`)}
  AND ${isSecondStep})`

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
  const ids = { available: idOf('available'), held: idOf('held'), debt: idOf('owed') }
  if (ids.available === undefined && ids.held === undefined)
    return { items: [], nextCursor: null, previousCursor: null }
  const page = await readRows({ limit: perPage, of: contactId, ...request }, keys, (position, limit) =>
    movementsAt(ctx, ids, position, limit),
  )
  const facts = await factsOf(ctx, page.items)
  return mapPage(page, (row) => entryOf({ ...row, ...factsIn(facts.get(row.id), words), ...ids }, words))
}

const keys = newestFirst<Movement>()

type AccountIds = { available: string | undefined; held: string | undefined; debt: string | undefined }

async function movementsAt({ db, organizationId }: Ctx, ids: AccountIds, position: Position, limit: number) {
  const { backward, values } = position
  const [at, id] = values ?? []
  const shape = { backward, isOnward: values !== null }
  const has = {
    hasAvailable: ids.available !== undefined,
    hasHeld: ids.held !== undefined,
    hasDebt: ids.debt !== undefined,
  }
  const given = { organizationId, ...ids, available: ids.available ?? null, at, id, limit }
  const rows = await outcomeRows({ ...shape, ...has })(db).all(given)
  if (ids.held === undefined) return rows
  const last = rows.length === limit ? rows.at(-1)?.at : undefined
  const within = last ?? (backward ? Number.MAX_SAFE_INTEGER : 0)
  const added = await holdRows(shape)(db).all({ ...given, within })
  const known = new Set(rows.map((row) => row.id))
  const sign = backward ? 1 : -1
  return [...rows, ...added.filter((row) => !known.has(row.id))]
    .sort((one, other) => sign * (one.at - other.at || one.position - other.position))
    .slice(0, limit)
}

type SliceShape = { backward: boolean; isOnward: boolean }

function sliceOf({ backward, isOnward }: SliceShape): PreparedSlice {
  const values = isOnward ? [sql.placeholder('at'), sql.placeholder('id')] : null
  return { ...sliceAt(keys, { backward, values }, 0), limit: sql.placeholder('limit') }
}

/** Everything that is shown but what came into the hold. */
const outcomeRows = shapes(
  ({
    hasAvailable,
    hasHeld,
    hasDebt,
    ...slice
  }: SliceShape & Record<'hasAvailable' | 'hasHeld' | 'hasDebt', boolean>) => {
    const sides: Side[] = [
      ...bothSides(hasAvailable ? ['available'] : [], sql`NOT (${isHold})`),
      ...(hasHeld ? [{ of: 'debit_account_id' as const, account: 'held', if: isOutcome }] : []),
      ...(hasDebt ? [{ of: 'debit_account_id' as const, account: 'debt', if: sql`code = 'reversal'` }] : []),
    ]
    return preparedRows((db) => movementRows(db, sides, sliceOf(slice)))
  },
)

/**
 * Holds that aren't over, and what else came into the hold. Most holds are over, and every one that is has an outcome, so
 * the walk ends where the outcomes of the page do.
 */
const holdRows = shapes((shape: SliceShape) => {
  const within = sql`created_at ${sql.raw(shape.backward ? '<=' : '>=')} ${sql.placeholder('within')}`
  const isShown = sql`(${isOutcome} OR ${isHold} AND NOT ${holdIsOver}) AND ${within}`
  const sides: Side[] = [{ of: 'credit_account_id', account: 'held', if: isShown }]
  return preparedRows((db) => movementRows(db, sides, sliceOf(shape)))
})

const factsOf = transferFacts({
  offThisJob: sql<0 | 1 | null>`w.off_this_job`,
  hasFriend: sql<0 | 1>`r.id IS NOT NULL`,
})

function factsIn(facts: FactsOf<typeof factsOf> | undefined, words: Words) {
  const { side = null, offThisJob = null, friendName = null, hasFriend = 0 } = facts ?? {}
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
