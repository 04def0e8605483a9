import { currencies } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyAmount, anyCurrency } from '../test/terms.ts'
import { InvariantError } from './invariant.ts'
import {
  accountKey,
  accountKinds,
  adjustCredit,
  balancesOf,
  type CreditMove,
  checkPosting,
  issueReward,
  mayGoNegative,
  openCredit,
  type Posting,
  redeemCredit,
  releaseReward,
  reverseOf,
  setOffDebt,
  takeBackReward,
  takeBackSpent,
  voidHeldReward,
} from './ledger.ts'

const anna: CreditMove = { contactId: 'anna', amount: 11_250, currency: 'USD' }
const verbs: ((move: CreditMove) => Posting)[] = [
  (move) => issueReward({ ...move, held: true }),
  (move) => issueReward({ ...move, held: false }),
  releaseReward,
  voidHeldReward,
  takeBackReward,
  redeemCredit,
  openCredit,
  adjustCredit,
  (move) => adjustCredit({ ...move, amount: -move.amount }),
  setOffDebt,
]
const anyPosting = fc
  .tuple(fc.constantFrom(...verbs), fc.constantFrom('anna', 'priya', 'marcus'), anyAmount, anyCurrency)
  .map(([verb, contactId, amount, currency]) => verb({ contactId, amount, currency }))

const balance = (postings: Posting[], kind: Posting['debit']['kind'], contactId: string | null) =>
  balancesOf(postings).get(accountKey({ kind, contactId }, 'USD')) ?? 0

describe('the way of a reward', () => {
  it('held, released and partly used: $112.50 in, $25.00 used, $87.50 left', () => {
    const postings = [
      issueReward({ ...anna, held: true }),
      releaseReward(anna),
      redeemCredit({ ...anna, amount: 2_500 }),
    ]
    expect(balance(postings, 'contact_held', 'anna')).toBe(0)
    expect(balance(postings, 'contact_available', 'anna')).toBe(8_750)
    expect(balance(postings, 'settlements', null)).toBe(2_500)
    expect(balance(postings, 'organization_rewards', null)).toBe(-11_250)
    expect(postings.map((posting) => posting.code)).toEqual(['reward_held', 'reward_released', 'redemption'])
  })

  it('taken back, held or not, leaves every account at zero', () => {
    const whileHeld = [issueReward({ ...anna, held: true }), voidHeldReward(anna)]
    const whenUsable = [issueReward({ ...anna, held: false }), takeBackReward(anna)]
    expect([...balancesOf(whileHeld).values()]).toEqual([0, 0])
    expect([...balancesOf(whenUsable).values()]).toEqual([0, 0])
  })

  it('never lets a contact fall below zero; a debt and the organization may', () => {
    expect(accountKinds.filter(mayGoNegative)).toEqual(['organization_rewards', 'owed_by_contact', 'settlements'])
  })
})

describe('credit that was used before it is taken back', () => {
  it('leaves a debt, which later credit pays back: $112.50 earned, $90.00 used, $22.50 taken, $90.00 owed', () => {
    const used = [issueReward({ ...anna, held: false }), redeemCredit({ ...anna, amount: 9_000 })]
    const reversed = [...used, ...takeBackSpent(anna, 2_250)]
    expect(balance(reversed, 'contact_available', 'anna')).toBe(0)
    expect(balance(reversed, 'owed_by_contact', 'anna')).toBe(-9_000)
    const later = [...reversed, adjustCredit({ ...anna, amount: 9_100 }), setOffDebt({ ...anna, amount: 9_000 })]
    expect(balance(later, 'contact_available', 'anna')).toBe(100)
    expect(balance(later, 'owed_by_contact', 'anna')).toBe(0)
  })

  it('comes to the whole reward, whatever was left of it', () => {
    checkProperty(
      fc.property(anyAmount, fc.nat(), (amount, usable) => {
        const postings = takeBackSpent({ ...anna, amount }, usable)
        expect(postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(amount)
        expect(postings.every(({ credit }) => credit.kind === 'organization_rewards')).toBe(true)
      }),
    )
  })
})

describe('any sequence of transfers', () => {
  it('sums to zero in every currency', () => {
    checkProperty(
      fc.property(fc.array(anyPosting, { maxLength: 60 }), (postings) => {
        const balances = [...balancesOf(postings)]
        for (const currency of currencies) {
          const sum = balances
            .filter(([key]) => key.endsWith(`:${currency}`))
            .reduce((total, [, amount]) => total + amount, 0)
          expect(sum).toBe(0)
        }
      }),
    )
  })

  it('comes to the same balances in any order', () => {
    const shuffled = fc
      .array(anyPosting, { maxLength: 30 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
    checkProperty(
      fc.property(shuffled, ([postings, reordered]) => {
        expect(new Map([...balancesOf(reordered)].sort())).toEqual(new Map([...balancesOf(postings)].sort()))
      }),
    )
  })

  it('is undone by the reverse of each, and redone by reversing that', () => {
    checkProperty(
      fc.property(fc.array(anyPosting, { maxLength: 30 }), (postings) => {
        const undone = [...postings, ...postings.map(reverseOf)]
        expect([...balancesOf(undone).values()].every((amount) => amount === 0)).toBe(true)
        expect(balancesOf(postings.map(reverseOf).map(reverseOf))).toEqual(balancesOf(postings))
      }),
    )
  })

  it('holds only well-formed transfers, reversed ones too', () => {
    checkProperty(
      fc.property(anyPosting, (posting) => {
        expect(() => checkPosting(posting)).not.toThrow()
        expect(() => checkPosting(reverseOf(posting))).not.toThrow()
        expect(reverseOf(posting).code).toBe('reversal')
      }),
    )
  })
})

describe('a transfer that must not be', () => {
  it.each([0, -1, 0.5, Number.NaN, 2 ** 53])('moves %d', (amount) => {
    expect(() => redeemCredit({ ...anna, amount })).toThrow(InvariantError)
  })

  it('goes from an account to itself', () => {
    const posting = redeemCredit(anna)
    expect(() => checkPosting({ ...posting, credit: posting.debit })).toThrow('the same account')
  })

  it('names a contact’s account without the contact, or the organization’s with one', () => {
    const posting = redeemCredit(anna)
    expect(() => checkPosting({ ...posting, debit: { kind: 'contact_held', contactId: null } })).toThrow(
      'needs a contact',
    )
    expect(() => checkPosting({ ...posting, credit: { kind: 'settlements', contactId: 'anna' } })).toThrow(
      'cannot have',
    )
  })
})
