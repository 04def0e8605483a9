import type { Currency } from '@goodword/contracts'
import { assert } from './invariant.ts'

/**
 * The owner of an account. An organization's accounts have its id. A clearing account has no owner of its own; its
 * id is that of what is settled through it, such as the organization whose credit is used on invoices.
 */
export const ownerTypes = ['organization', 'contact', 'partner', 'company', 'network', 'clearing'] as const
export type OwnerType = (typeof ownerTypes)[number]
export type AccountOwner = { type: OwnerType; id: string }

/**
 * Every kind of account, who can own one, and the bounds of its balance: credits minus debits in minor units, null
 * for no bound. The database has the same rows in ledger_account_kinds and enforces them, so a new kind, or
 * another owner of a kind, is a line here and a migration that inserts the row.
 *
 * rewards: what was promised and given, negative by its cost. available: credit that can be used. held: credit on
 * hold. owed: debt, negative. settlements: credit that was used.
 */
export const accountKinds = [
  { kind: 'rewards', ownerType: 'organization', lowest: null, highest: null },
  { kind: 'available', ownerType: 'contact', lowest: 0, highest: null },
  { kind: 'held', ownerType: 'contact', lowest: 0, highest: null },
  { kind: 'owed', ownerType: 'contact', lowest: null, highest: 0 },
  { kind: 'settlements', ownerType: 'clearing', lowest: null, highest: null },
] as const satisfies readonly { kind: string; ownerType: OwnerType; lowest: number | null; highest: number | null }[]
export type AccountKind = (typeof accountKinds)[number]['kind']

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

export type AccountRef = { kind: AccountKind; owner: AccountOwner }

/** One row of the ledger: moves `amount` minor units from `debit` to `credit`, so it is balanced by construction. */
export type Posting = {
  debit: AccountRef
  credit: AccountRef
  amount: number
  currency: Currency
  code: TransferCode
}

/** The bounds of an account's balance in minor units; undefined if its owner cannot have an account of that kind. */
const boundsOf = ({ kind, owner }: AccountRef): { lowest: number | null; highest: number | null } | undefined =>
  accountKinds.find((one) => one.kind === kind && one.ownerType === owner.type)

/** Whether an account may have this balance, in minor units. */
export function mayHold(account: AccountRef, balance: number): boolean {
  const bounds = boundsOf(account)
  if (!bounds) return false
  return (
    balance >= (bounds.lowest ?? Number.NEGATIVE_INFINITY) && balance <= (bounds.highest ?? Number.POSITIVE_INFINITY)
  )
}

/** Whose credit in which organization changes, and by how much in minor units. */
export type CreditMove = { organizationId: string; contactId: string; amount: number; currency: Currency }

export const accountOfContact = (kind: AccountKind, id: string): AccountRef => ({
  kind,
  owner: { type: 'contact', id },
})

const available = ({ contactId }: CreditMove) => accountOfContact('available', contactId)
const held = ({ contactId }: CreditMove) => accountOfContact('held', contactId)
const debt = ({ contactId }: CreditMove) => accountOfContact('owed', contactId)
const rewards = (move: CreditMove): AccountRef => ({
  kind: 'rewards',
  owner: { type: 'organization', id: move.organizationId },
})
const settlements = (move: CreditMove): AccountRef => ({
  kind: 'settlements',
  owner: { type: 'clearing', id: move.organizationId },
})

function posted(debit: AccountRef, credit: AccountRef, move: CreditMove, code: TransferCode): Posting {
  const posting = { debit, credit, amount: move.amount, currency: move.currency, code }
  checkPosting(posting)
  return posting
}

/** Issues a reward: available at once, or held until it is released or voided. */
export const issueReward = (move: CreditMove & { held: boolean }): Posting =>
  move.held
    ? posted(rewards(move), held(move), move, 'reward_held')
    : posted(rewards(move), available(move), move, 'reward_issued')

/** The hold ended, so the reward can be used. */
export const releaseReward = (move: CreditMove): Posting => posted(held(move), available(move), move, 'reward_released')

/** Voids a reward that is still held. */
export const voidHeldReward = (move: CreditMove): Posting => posted(held(move), rewards(move), move, 'reward_voided')

/** Takes back an available reward because its conversion is reversed. */
export const reverseReward = (move: CreditMove): Posting => posted(available(move), rewards(move), move, 'reversal')

/** Credit is used, for example on an invoice. */
export const redeemCredit = (move: CreditMove): Posting =>
  posted(available(move), settlements(move), move, 'redemption')

/** An admin adds or removes credit; `amount` is signed and not zero. */
export const adjustCredit = (move: CreditMove): Posting =>
  move.amount > 0
    ? posted(rewards(move), available(move), move, 'adjustment')
    : posted(available(move), rewards(move), { ...move, amount: -move.amount }, 'adjustment')

/** A contact's credit imported from another tool. */
export const openCredit = (move: CreditMove): Posting => posted(rewards(move), available(move), move, 'opening')

/** New credit pays back debt before it can be used for anything else. */
export const repayDebt = (move: CreditMove): Posting => posted(available(move), debt(move), move, 'set_off')

/**
 * Takes back a reward after some of it was used: the rest of the `usable` credit is removed, and the difference
 * becomes a debt. At most two transfers, which sum to the reward.
 */
export function reverseSpentReward(move: CreditMove, usable: number): Posting[] {
  const left = Math.min(usable, move.amount)
  const short = move.amount - left
  return [
    ...(left > 0 ? [reverseReward({ ...move, amount: left })] : []),
    ...(short > 0 ? [posted(debt(move), rewards(move), { ...move, amount: short }, 'reversal')] : []),
  ]
}

/**
 * Changes what a reward is worth by `change`, signed and not zero, wherever it is: on hold, available, or used for the job
 * that earned it. `usable` is the credit that is available now; what was used already becomes a debt. The transfers are
 * posted together.
 */
export function adjustReward(
  move: CreditMove,
  change: number,
  { where, usable }: { where: 'held' | 'available' | 'off_this_job'; usable: number },
): Posting[] {
  const part = { ...move, amount: Math.abs(change) }
  if (where === 'held') return [change > 0 ? issueReward({ ...part, held: true }) : voidHeldReward(part)]
  const added = posted(rewards(part), available(part), part, 'reversal')
  if (where === 'off_this_job')
    return change > 0 ? [added, redeemCredit(part)] : [reverseOf(redeemCredit(part)), reverseReward(part)]
  return change > 0 ? [added] : reverseSpentReward(part, usable)
}

/** The correction that reverses a posting: the same amount with sides swapped. */
export const reverseOf = (posting: Posting): Posting => ({
  ...posting,
  debit: posting.credit,
  credit: posting.debit,
  code: 'reversal',
})

/** One account per kind, owner and currency: "available:contact:con_…:USD". */
export const accountKey = ({ kind, owner }: AccountRef, currency: Currency): string =>
  `${kind}:${owner.type}:${owner.id}:${currency}`

/** Credits minus debits of every account in the postings. The balances of each currency sum to zero. */
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
    const { type, id } = account.owner
    assert(boundsOf(account), `an owner of type ${type} cannot have an account of kind ${account.kind}`)
    assert(id !== '', `an account of kind ${account.kind} needs an owner`)
  }
  assert(
    accountKey(posting.debit, posting.currency) !== accountKey(posting.credit, posting.currency),
    'a transfer cannot debit and credit the same account',
  )
}
