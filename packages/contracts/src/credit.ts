import * as z from 'zod'
import { creditRequestStates, creditUses, payoutMethods } from './creditUses.ts'
import { Amount, Currency, Day, id, Moment, PageQuery, PositiveAmount, pageCursors, SearchText } from './primitives.ts'

/** The maximum of one adjustment (SPEC §6). */
export const adjustmentMax = 100_000

export const EntryNote = z.string().trim().min(1, 'Say what it is for.').max(200, 'Use 200 characters or fewer.')

/** Credit of one contact in one currency, in minor units. `owed` is the contact's debt. */
export const CreditBalance = z
  .strictObject({ currency: Currency, available: Amount, held: Amount, owed: Amount })
  .meta({ id: 'CreditBalance' })
export type CreditBalance = z.infer<typeof CreditBalance>

/** A negative amount removes credit. The currency defaults to the organization's. */
export const AdjustCredit = z
  .strictObject({
    amount: z
      .int()
      .min(-adjustmentMax, 'That is more than one adjustment may take.')
      .max(adjustmentMax, 'That is more than one adjustment may add.')
      .refine((amount) => amount !== 0, 'Enter an amount other than zero.'),
    currency: Currency.optional(),
    note: EntryNote,
  })
  .meta({ id: 'AdjustCredit' })
export type AdjustCredit = z.infer<typeof AdjustCredit>

/** Credit paid out in money. `paidOn` is today by default, in the organization's time zone, and never a day to come. */
export const Payout = z
  .strictObject({
    method: z.enum(payoutMethods),
    /** "Check 1042", the number of a transfer. */
    reference: z.string().trim().max(100, 'Use 100 characters or fewer.').optional(),
    paidOn: Day.optional(),
  })
  .meta({ id: 'Payout' })
export type Payout = z.infer<typeof Payout>

/**
 * `note` says what the credit was used for: "applied to invoice 1042". With `payout`, it was paid out in money, which a report
 * counts for each person and calendar year.
 */
export const RedeemCredit = z
  .strictObject({
    amount: PositiveAmount,
    currency: Currency.optional(),
    note: EntryNote,
    payout: Payout.optional(),
  })
  .meta({ id: 'RedeemCredit' })
export type RedeemCredit = z.infer<typeof RedeemCredit>

export const LedgerEntry = z
  .strictObject({
    id: id('transfer'),
    at: Moment,
    /** The entry's description: "Reward for Priya Shah, released". */
    label: z.string(),
    /** "Applied to invoice 1042"; null when there is no note or it was erased. */
    note: z.string().nullable(),
    /** How it was paid out; null unless it was paid out in money. Earlier payouts have no method. */
    payout: z
      .strictObject({
        method: z.enum(payoutMethods).nullable(),
        reference: z.string().nullable(),
        paidOn: Day,
      })
      .nullable(),
    /** Who entered it; null for automatic entries. */
    by: z.string().nullable(),
    currency: Currency,
    /** The changes in minor units: available credit, credit on hold, and debt. */
    available: z.int(),
    held: z.int(),
    owed: z.int(),
    /** The available credit after this entry. */
    balance: Amount,
    referralId: id('referral').nullable(),
  })
  .meta({ id: 'LedgerEntry' })
export type LedgerEntry = z.infer<typeof LedgerEntry>

export const ContactLedger = z
  .strictObject({
    balances: z.array(CreditBalance),
    /** Newest first. */
    items: z.array(LedgerEntry),
    ...pageCursors,
  })
  .meta({ id: 'ContactLedger' })
export type ContactLedger = z.infer<typeof ContactLedger>

export const RequestCredit = z
  .strictObject({
    amount: PositiveAmount,
    currency: Currency,
    use: z.enum(creditUses),
    note: z.string().trim().max(200, 'Use 200 characters or fewer.').optional(),
  })
  .meta({ id: 'RequestCredit' })
export type RequestCredit = z.infer<typeof RequestCredit>

export const CreditRequest = z
  .strictObject({
    id: id('creditRequest'),
    contact: z.strictObject({ id: id('contact'), name: z.string() }),
    amount: Amount,
    currency: Currency,
    use: z.enum(creditUses),
    note: z.string().nullable(),
    state: z.enum(creditRequestStates),
    answer: z.string().nullable(),
    /** The contact's available credit. */
    available: Amount,
    closedBy: z.string().nullable(),
    closedAt: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'CreditRequest' })
export type CreditRequest = z.infer<typeof CreditRequest>

export const CreditRequestQuery = PageQuery.extend({
  state: z.enum(creditRequestStates).default('open'),
  contactId: id('contact').optional(),
  /** Finds requests by their advocate. */
  q: SearchText.optional(),
})
export type CreditRequestQuery = z.infer<typeof CreditRequestQuery>

/**
 * `note` goes on the ledger entry, `answer` to the contact: "Taken off invoice 1042", or the code itself. `payout` says how it was
 * paid out.
 */
export const CompleteRequest = z.strictObject({
  note: EntryNote,
  answer: EntryNote.optional(),
  payout: Payout.optional(),
})
export type CompleteRequest = z.infer<typeof CompleteRequest>
export const RefuseRequest = z.strictObject({ answer: EntryNote })
export type RefuseRequest = z.infer<typeof RefuseRequest>
