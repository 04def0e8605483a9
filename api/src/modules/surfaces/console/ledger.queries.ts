import { type ContactLedger, Currency, type LedgerEntry, type PayoutMethod } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { preparedRows } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  cutPage,
  mapPage,
  orderOf,
  type PageRequest,
  type Position,
  positionOf,
  sliceAt,
} from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { shapes } from '../../../shared/preparedPages.ts'
import { balancesOfContact, type ContactBalances } from '../../money/ledger/ledger.ts'
import {
  accountsOf,
  bothSides,
  type ContactAccount,
  type Movement,
  movementRows,
  newestFirst,
} from '../../money/ledger/movements.queries.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { type FactsOf, transferFacts } from '../../program/conversions/transferFacts.queries.ts'

/** Available credit in each currency, in minor units. */
type Available = Partial<Record<Currency, number>>
type Entry = Movement & { available: number; held: number; owed: number; before: Available; after: Available }

/**
 * A contact's balances and every movement, newest first, each with the available credit after it; minor units. Throws
 * not_found.
 */
export async function ledgerOfContact(ctx: Ctx, contactId: string, query: PageRequest): Promise<ContactLedger> {
  await getContact(ctx, contactId)
  const balances = await balancesOfContact(ctx, contactId)
  const accounts = await accountsOf(ctx, contactId)
  const page = await entriesIn(ctx, accounts, balances, { of: contactId, ...query })
  const facts = await factsOf(ctx, page.items)
  return { balances, ...mapPage(page, (entry) => toEntry(entry, facts.get(entry.id))) }
}

/** Transfers are never changed, so what was available at a place stays true: cursors carry it on. */
const keys = [
  ...newestFirst<Entry>(),
  {
    by: sql`''`,
    direction: 'desc' as const,
    of: ({ before, after }: Entry) => JSON.stringify({ before, after }),
  },
]
const Carried = z.strictObject({
  before: z.partialRecord(Currency, z.int()),
  after: z.partialRecord(Currency, z.int()),
})

async function entriesIn(ctx: Ctx, accounts: ContactAccount[], balances: ContactBalances[], request: PageRequest) {
  const position = positionOf(request, orderOf(keys, request.of))
  if (accounts.length === 0) return { items: [], nextCursor: null, previousCursor: null }
  const { backward, values } = position
  const [at, id] = values ?? []
  const rows = await movementsOf({ accounts: String(accounts.length), backward, isOnward: values !== null })(
    ctx.db,
  ).all({
    organizationId: ctx.organizationId,
    ...Object.fromEntries(accounts.map((account, n) => [accountAt(n), account.id])),
    unheld: JSON.stringify(accounts.filter(({ kind }) => kind !== 'held').map((account) => account.id)),
    at,
    id,
    limit: request.limit + 1,
  })
  if (backward && values !== null && rows.length <= request.limit)
    return entriesIn(ctx, accounts, balances, { limit: request.limit, of: request.of })
  const entries = withBalances(rows, accounts, availableAt(position, balances), backward)
  return cutPage(entries, request, keys, position)
}

const accountAt = (n: number) => `account${n}`

/** By how many accounts a contact has. */
const movementsOf = shapes((shape: { accounts: string; backward: boolean; isOnward: boolean }) => {
  const names = Array.from({ length: Number(shape.accounts) }, (_, n) => accountAt(n))
  const values = shape.isOnward ? [sql.placeholder('at'), sql.placeholder('id')] : null
  const slice = sliceAt(newestFirst<Movement>(), { backward: shape.backward, values }, 0)
  return preparedRows((db) =>
    movementRows(db, bothSides(names, isShown), { ...slice, limit: sql.placeholder('limit') }),
  )
})

/** A voided reward that was already released goes back through the hold account; that second transfer isn't shown. */
const isUnheld = sql`IN (SELECT value FROM json_each(${sql.placeholder('unheld')}))`
const isShown = sql`NOT (code = 'reversal' AND NOT debit_account_id ${isUnheld} AND NOT credit_account_id ${isUnheld}
  AND EXISTS (SELECT 1 FROM ledger_transfers r
    WHERE r.refers_to_id = ledger_transfers.refers_to_id AND r.code = 'reward_released'))`

/** What was available where the page starts: after everything, before the oldest entry, or as its cursor says. */
function availableAt({ backward, values }: Position, balances: ContactBalances[]): Available {
  const carried = values?.at(-1)
  if (carried === undefined)
    return backward ? {} : Object.fromEntries(balances.map(({ currency, available }) => [currency, available]))
  try {
    const { before, after } = Carried.parse(JSON.parse(String(carried)))
    return backward ? after : before
  } catch {
    throw new AppError('validation_failed', {
      detail: 'The cursor does not belong to this list. Start again without it.',
      errors: [{ path: 'cursor', message: 'Start again without a cursor.' }],
    })
  }
}

/** Goes from movement to movement, back in time or on, with what was available. */
function withBalances(rows: Movement[], accounts: ContactAccount[], start: Available, backward: boolean): Entry[] {
  const changed = (row: Movement, kind: AccountKind) =>
    accounts.reduce((sum, account) => {
      if (account.kind !== kind) return sum
      if (account.id === row.creditAccountId) return sum + row.amount
      return account.id === row.debitAccountId ? sum - row.amount : sum
    }, 0)
  let available = start
  return rows.map((row) => {
    const change = changed(row, 'available')
    const now = available[row.currency] ?? 0
    const then = { ...available, [row.currency]: backward ? now + change : now - change }
    const [before, after] = backward ? [available, then] : [then, available]
    available = then
    return { available: change, held: changed(row, 'held'), owed: 0 - changed(row, 'owed'), before, after, ...row }
  })
}

const factsOf = transferFacts(
  {
    referralId: sql<string | null>`r.id`,
    note: sql<string | null>`nullif(n.note, '')`,
    by: sql<string | null>`coalesce(m.name, k.name)`,
    paidOn: sql<string | null>`n.paid_on`,
    payoutMethod: sql<PayoutMethod | null>`n.payout_method`,
    payoutReference: sql<string | null>`n.payout_reference`,
  },
  sql`LEFT JOIN credit_entries n ON t.refers_to_type = 'credit_entry' AND n.id = t.refers_to_id
    LEFT JOIN members m ON m.id = substr(n.actor, 8)
    LEFT JOIN keys k ON k.id = substr(n.actor, 5)`,
)
type Facts = FactsOf<typeof factsOf>

function toEntry(
  { id, at, code, currency, available, held, owed, after }: Entry,
  facts: Facts | undefined,
): LedgerEntry {
  const { side = null, referralId = null, friendName = null, note = null, by = null } = facts ?? {}
  return {
    id,
    at: iso(at),
    label: facts?.paidOn == null ? labelOf(code, side, friendName) : 'Paid out',
    note,
    payout:
      facts?.paidOn == null
        ? null
        : { method: facts.payoutMethod, reference: facts.payoutReference, paidOn: facts.paidOn },
    by,
    currency,
    available,
    held,
    owed,
    balance: after[currency] ?? 0,
    referralId,
  }
}

const labels: Record<TransferCode, string> = {
  reward_held: 'on hold',
  reward_issued: '',
  reward_released: 'released',
  reward_voided: 'not paid',
  redemption: 'redeemed',
  adjustment: 'Adjusted',
  reversal: 'taken back',
  set_off: 'Applied to credit owed',
  merge: 'Merged with another contact',
  opening: 'Opening balance',
}

/** "Reward for Priya Shah, released". Entries that aren't rewards have their own description. */
function labelOf(code: TransferCode, side: Facts['side'], friendName: string | null): string {
  const words = labels[code]
  if (side === null) return words.charAt(0).toUpperCase() + words.slice(1)
  const reward = side === 'friend' ? 'Reward as a friend' : `Reward for ${friendName || 'a friend'}`
  return words === '' ? reward : `${reward}, ${words}`
}
