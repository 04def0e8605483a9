import type { AdjustCredit, CreditBalance, Currency, Payout, RedeemCredit } from '@goodword/contracts'
import {
  adjustCredit as adjusting,
  type CreditMove,
  dayIn,
  openCredit,
  type Posting,
  redeemCredit as redeeming,
} from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getContact, resolveMerged } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { balanceIn, type ContactBalances, isPosted, postEntries } from '../ledger/ledger.ts'
import { noteCashGiven } from './cashNotices.ts'
import { markUsedRewards } from './redemption.ts'
import { writeAudit } from './rewards.audit.ts'
import { creditEntries } from './rewards.table.ts'

const addRow = preparedInsert(creditEntries)

/**
 * Adds or removes credit as an admin; `amount` is signed, in minor units. Returns the new balance. Throws forbidden,
 * not_found, or credit_insufficient if less is available.
 */
export function adjustCredit(ctx: Ctx, contactId: string, input: AdjustCredit): Promise<CreditBalance> {
  return transaction(ctx, async (tx) => {
    assertAdmin(tx)
    const currency = await currencyOf(tx, input.currency)
    await getContact(tx, contactId)
    const { amount, note } = input
    if (amount < 0) assertAtMost(await balanceIn(tx, contactId, currency), -amount)
    const move = { organizationId: tx.organizationId, contactId, amount, currency }
    const entryId = await addCreditEntry(tx, { kind: 'adjustment', note, requestId: null }, move, adjusting(move))
    await writeAudit(tx, { action: 'credit.adjusted', subjectId: contactId, data: { entryId, amount, currency } })
    await recordEvent(tx, 'credit.adjusted', { contactId, entryId, amount, currency })
    return balanceIn(tx, contactId, currency)
  })
}

/**
 * Records that credit was used elsewhere, such as on an invoice; minor units. Rewards that are used up become redeemed.
 * With a `key`, it is recorded once. Throws not_found, credit_insufficient, or validation_failed for a payout on a day to come.
 */
export function redeemCredit(
  ctx: Ctx,
  contactId: string,
  input: Omit<RedeemCredit, 'payout'> & { payout?: PayoutGiven | undefined },
  requestId: string | null = null,
  key?: string,
): Promise<CreditBalance> {
  return transaction(ctx, async (tx) => {
    const currency = await currencyOf(tx, input.currency)
    await getContact(tx, contactId)
    const { amount, note, payout } = input
    if (key !== undefined && (await isPosted(tx, key))) return balanceIn(tx, contactId, currency)
    assertAtMost(await balanceIn(tx, contactId, currency), amount)
    const move = { organizationId: tx.organizationId, contactId, amount, currency }
    const signed = { ...move, amount: -amount }
    const paid = payout ? await payoutOf(tx, payout) : null
    const words = { kind: 'redemption', note, requestId, ...paid } as const
    const entryId = await addCreditEntry(tx, words, signed, redeeming(move), key)
    await markUsedRewards(tx, contactId, currency)
    await writeAudit(tx, { action: 'credit.redeemed', subjectId: contactId, data: { entryId, amount, currency } })
    await recordEvent(tx, 'credit.redeemed', { contactId, entryId, amount, currency })
    if (paid) await noteCashGiven(tx, { contactId, amount, currency, paidOn: paid.paidOn })
    return balanceIn(tx, contactId, currency)
  })
}

/**
 * Adds credit from another tool, within the transaction of the import; minor units above zero. Returns the entry's id.
 */
export async function addOpeningCredit(
  tx: Ctx,
  input: { contactId: string; amount: number; currency: Currency; note: string },
): Promise<string> {
  const { note, ...moved } = input
  const move = { organizationId: tx.organizationId, ...moved }
  await getContact(tx, move.contactId)
  const entryId = await addCreditEntry(tx, { kind: 'opening', note, requestId: null }, move, openCredit(move))
  const { contactId, amount, currency } = move
  await writeAudit(tx, { action: 'credit.opened', subjectId: contactId, data: { entryId, amount, currency } })
  return entryId
}

/**
 * Reverses an opening balance once; a repeat returns the same result. Returns false and changes nothing if some of it
 * was used. Throws not_found.
 */
export async function reverseOpening(tx: Ctx, entryId: string): Promise<boolean> {
  const mine = and(eq(creditEntries.organizationId, tx.organizationId), eq(creditEntries.id, entryId))
  const [entry] = await tx.db
    .select()
    .from(creditEntries)
    .where(and(mine, eq(creditEntries.kind, 'opening')))
  if (!entry) throw new AppError('not_found')
  const key = `credit_entry:${entryId}:taken_back`
  if (await isPosted(tx, key)) return true
  const { currency, amount } = entry
  const contactId = (await resolveMerged(tx, entry.contactId)).id
  if ((await balanceIn(tx, contactId, currency)).available < amount) return false
  const signed = { organizationId: tx.organizationId, contactId, amount: -amount, currency }
  const words = { kind: 'adjustment', note: 'The import was taken back', requestId: null } as const
  await addCreditEntry(tx, words, signed, adjusting(signed), key)
  await writeAudit(tx, {
    action: 'credit.opening_taken_back',
    subjectId: contactId,
    data: { entryId, amount, currency },
  })
  return true
}

type PayoutColumns = Pick<typeof creditEntries.$inferSelect, 'isPayout' | 'paidOn' | 'payoutMethod' | 'payoutReference'>
type CreditNote = Pick<typeof creditEntries.$inferSelect, 'kind' | 'note' | 'requestId'> & Partial<PayoutColumns>

/** A payout whose method nobody said has none. */
type PayoutGiven = Partial<Payout>

/** Throws validation_failed for a day to come. */
async function payoutOf(tx: Ctx, { method, reference, paidOn }: PayoutGiven): Promise<PayoutColumns> {
  const { timeZone } = await getOrganization(tx, tx.organizationId)
  const today = dayIn(timeZone, tx.clock())
  if (paidOn !== undefined && paidOn > today) {
    const message = 'Enter a day that is not in the future.'
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'payout.paidOn', message }] })
  }
  return {
    isPayout: true,
    paidOn: paidOn ?? today,
    payoutMethod: method ?? null,
    payoutReference: reference || null,
  }
}

/**
 * Stores the note in a row that can be erased, and the amount in the ledger, where the entry's id is the key unless one
 * is given.
 */
async function addCreditEntry(
  tx: Ctx,
  words: CreditNote,
  signed: CreditMove,
  posting: Posting,
  key?: string,
): Promise<string> {
  const id = tx.newId('creditEntry')
  await addRow(tx.db, {
    isPayout: false,
    paidOn: null,
    payoutMethod: null,
    payoutReference: null,
    ...words,
    ...signed,
    id,
    actor: actorKey(tx.actor),
    createdAt: tx.clock(),
  })
  const setOffs = await postEntries(tx, [
    { ...posting, refersTo: { type: 'credit_entry', id }, idempotencyKey: key ?? `credit_entry:${id}` },
  ])
  for (const { contactId, currency } of setOffs) await markUsedRewards(tx, contactId, currency)
  return id
}

/** Throws credit_insufficient with the missing amount if `amount` is more than is available. */
export function assertAtMost({ available, currency }: ContactBalances, amount: number): void {
  if (amount > available) throw new AppError('credit_insufficient', { shortfall: amount - available, currency })
}

const currencyOf = async (ctx: Ctx, given: Currency | undefined): Promise<Currency> =>
  given ?? (await getOrganization(ctx, ctx.organizationId)).currency
