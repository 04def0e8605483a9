import type { Currency } from '@goodword/contracts'
import { assert } from './invariant.ts'

/**
 * organization_rewards: what the promises cost. contact_available: credit that can be used. contact_held: credit that
 * waits. owed_by_contact: what a contact has to give back, as a debt below zero. settlements: credit that was redeemed.
 */
export const accountKinds = [
  'organization_rewards',
  'contact_available',
  'contact_held',
  'owed_by_contact',
  'settlements',
] as const
export type AccountKind = (typeof accountKinds)[number]

export const transferCodes = [
  'reward_held',
  'reward_issued',
  'reward_released',
  'reward_voided',
  'redemption',
  'adjustment',
  'reversal',
  'set_off',
  'merge',
  'opening',
] as const
export type TransferCode = (typeof transferCodes)[number]

/** An account of a contact, or (contactId null) of the organization itself. */
export type AccountRef = { kind: AccountKind; contactId: string | null }

/** One row of the ledger: `amount` minor units leave `debit` and arrive at `credit`, so it is balanced by construction. */
export type Posting = {
  debit: AccountRef
  credit: AccountRef
  amount: number
  currency: Currency
  code: TransferCode
}

const isContactKind = (kind: AccountKind): boolean => kind.startsWith('contact_') || kind === 'owed_by_contact'

/** Credit of a contact never goes below zero; a debt and the organization's own accounts may. */
export const mayGoNegative = (kind: AccountKind): boolean => !kind.startsWith('contact_')

const rewards: AccountRef = { kind: 'organization_rewards', contactId: null }
const settlements: AccountRef = { kind: 'settlements', contactId: null }
const available = (contactId: string): AccountRef => ({ kind: 'contact_available', contactId })
const held = (contactId: string): AccountRef => ({ kind: 'contact_held', contactId })
const debt = (contactId: string): AccountRef => ({ kind: 'owed_by_contact', contactId })

/** Whose credit moves, and how much of it in minor units. */
export type CreditMove = { contactId: string; amount: number; currency: Currency }

function posted(debit: AccountRef, credit: AccountRef, move: CreditMove, code: TransferCode): Posting {
  const posting = { debit, credit, amount: move.amount, currency: move.currency, code }
  checkPosting(posting)
  return posting
}

/** A reward comes into being: usable at once, or held until it is released or voided. */
export const issueReward = (move: CreditMove & { held: boolean }): Posting =>
  move.held
    ? posted(rewards, held(move.contactId), move, 'reward_held')
    : posted(rewards, available(move.contactId), move, 'reward_issued')

/** The hold of a reward is over: it can be used. */
export const releaseReward = (move: CreditMove): Posting =>
  posted(held(move.contactId), available(move.contactId), move, 'reward_released')

/** A reward that was still held is not paid after all. */
export const voidHeldReward = (move: CreditMove): Posting =>
  posted(held(move.contactId), rewards, move, 'reward_voided')

/** A reward that could already be used is taken back because its conversion is reversed. */
export const takeBackReward = (move: CreditMove): Posting =>
  posted(available(move.contactId), rewards, move, 'reversal')

/** Credit is used, for example on an invoice. */
export const redeemCredit = (move: CreditMove): Posting =>
  posted(available(move.contactId), settlements, move, 'redemption')

/** Credit an admin gives or takes by hand; `amount` is signed and not zero. */
export const adjustCredit = (move: CreditMove): Posting =>
  move.amount > 0
    ? posted(rewards, available(move.contactId), move, 'adjustment')
    : posted(available(move.contactId), rewards, { ...move, amount: -move.amount }, 'adjustment')

/** Credit a contact brings along from another tool. */
export const openCredit = (move: CreditMove): Posting => posted(rewards, available(move.contactId), move, 'opening')

/** New credit pays back what is owed, before it can be used for anything else. */
export const setOffDebt = (move: CreditMove): Posting =>
  posted(available(move.contactId), debt(move.contactId), move, 'set_off')

/**
 * A reward is taken back after some of it was used: what is left of the `usable` credit goes, the rest is owed back. At
 * most two transfers, which sum to the reward.
 */
export function takeBackSpent(move: CreditMove, usable: number): Posting[] {
  const left = Math.min(usable, move.amount)
  const short = move.amount - left
  return [
    ...(left > 0 ? [takeBackReward({ ...move, amount: left })] : []),
    ...(short > 0 ? [posted(debt(move.contactId), rewards, { ...move, amount: short }, 'reversal')] : []),
  ]
}

/** The correction that undoes a posting: equal amount, sides swapped. */
export const reverseOf = (posting: Posting): Posting => ({
  ...posting,
  debit: posting.credit,
  credit: posting.debit,
  code: 'reversal',
})

/** One account per kind, contact and currency: "contact_available:con_…:USD". */
export const accountKey = (account: AccountRef, currency: Currency): string =>
  `${account.kind}:${account.contactId ?? 'organization'}:${currency}`

/** Credits minus debits of every account the postings touch. Per currency the balances sum to zero. */
export function balancesOf(postings: Iterable<Posting>): Map<string, number> {
  const balances = new Map<string, number>()
  const add = (account: AccountRef, currency: Currency, amount: number) => {
    const key = accountKey(account, currency)
    const balance = (balances.get(key) ?? 0) + amount
    assert(Number.isSafeInteger(balance), `the balance of ${key} is beyond what a number holds exactly`)
    balances.set(key, balance)
  }
  for (const posting of postings) {
    add(posting.debit, posting.currency, -posting.amount)
    add(posting.credit, posting.currency, posting.amount)
  }
  return balances
}

/** Throws InvariantError unless the amount is a positive safe integer between two different, well-formed accounts. */
export function checkPosting(posting: Posting): void {
  assert(
    Number.isSafeInteger(posting.amount) && posting.amount > 0,
    `a transfer needs a positive whole amount, not ${posting.amount}`,
  )
  for (const account of [posting.debit, posting.credit]) {
    assert(
      isContactKind(account.kind) === (account.contactId !== null),
      `${account.kind} ${account.contactId === null ? 'needs' : 'cannot have'} a contact`,
    )
  }
  assert(
    accountKey(posting.debit, posting.currency) !== accountKey(posting.credit, posting.currency),
    'a transfer cannot debit and credit the same account',
  )
}
