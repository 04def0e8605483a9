import { currencies } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyAmount, anyCurrency } from '../test/terms.ts'
import { InvariantError } from './invariant.ts'
import {
  type AccountRef,
  accountKey,
  accountKinds,
  adjustCredit,
  balancesOf,
  type CreditMove,
  checkPosting,
  issueReward,
  mayHold,
  type OwnerType,
  openCredit,
  type Posting,
  redeemCredit,
  releaseReward,
  repayDebt,
  reverseOf,
  reverseReward,
  reverseSpentReward,
  voidHeldReward,
} from './ledger.ts'

const anna: CreditMove = { organizationId: 'harbor', contactId: 'anna', amount: 11_250, currency: 'USD' }
const verbs: ((move: CreditMove) => Posting)[] = [
  (move) => issueReward({ ...move, held: true }),
  (move) => issueReward({ ...move, held: false }),
  releaseReward,
  voidHeldReward,
  reverseReward,
  redeemCredit,
  openCredit,
  adjustCredit,
  (move) => adjustCredit({ ...move, amount: -move.amount }),
  repayDebt,
]
const anyPosting = fc
  .tuple(fc.constantFrom(...verbs), fc.constantFrom('anna', 'priya', 'marcus'), anyAmount, anyCurrency)
  .map(([verb, contactId, amount, currency]) => verb({ organizationId: 'harbor', contactId, amount, currency }))

const account = (kind: AccountRef['kind'], type: OwnerType, id: string): AccountRef => ({ kind, owner: { type, id } })
const annas = (kind: AccountRef['kind']) => account(kind, 'contact', 'anna')
const harbors = {
  rewards: account('rewards', 'organization', 'harbor'),
  settlements: account('settlements', 'clearing', 'harbor'),
}
const balance = (postings: Posting[], one: AccountRef) => balancesOf(postings).get(accountKey(one, 'USD')) ?? 0

describe('the life of a reward', () => {
  it('can be held, released and partly used: $112.50 in, $25.00 used, $87.50 left', () => {
    const postings = [
      issueReward({ ...anna, held: true }),
      releaseReward(anna),
      redeemCredit({ ...anna, amount: 2_500 }),
    ]
    expect(balance(postings, annas('held'))).toBe(0)
    expect(balance(postings, annas('available'))).toBe(8_750)
    expect(balance(postings, harbors.settlements)).toBe(2_500)
    expect(balance(postings, harbors.rewards)).toBe(-11_250)
    expect(postings.map((posting) => posting.code)).toEqual(['reward_held', 'reward_released', 'redemption'])
  })

  it('leaves every account at zero when it is reversed, held or not', () => {
    const whileHeld = [issueReward({ ...anna, held: true }), voidHeldReward(anna)]
    const whenUsable = [issueReward({ ...anna, held: false }), reverseReward(anna)]
    expect([...balancesOf(whileHeld).values()]).toEqual([0, 0])
    expect([...balancesOf(whenUsable).values()]).toEqual([0, 0])
  })

  it("never takes a contact's credit below zero or a debt above it; the organization may do both", () => {
    const bounds = [annas('available'), annas('held'), annas('owed'), harbors.rewards, harbors.settlements]
    expect(bounds.map((one) => [-1, 0, 1].map((amount) => mayHold(one, amount)))).toEqual([
      [false, true, true],
      [false, true, true],
      [true, true, false],
      [true, true, true],
      [true, true, true],
    ])
  })
})

describe('credit that is reversed after it was used', () => {
  it('leaves a debt, which later credit pays back: $112.50 earned, $90.00 used, $22.50 taken, $90.00 owed', () => {
    const used = [issueReward({ ...anna, held: false }), redeemCredit({ ...anna, amount: 9_000 })]
    const reversed = [...used, ...reverseSpentReward(anna, 2_250)]
    expect(balance(reversed, annas('available'))).toBe(0)
    expect(balance(reversed, annas('owed'))).toBe(-9_000)
    const later = [...reversed, adjustCredit({ ...anna, amount: 9_100 }), repayDebt({ ...anna, amount: 9_000 })]
    expect(balance(later, annas('available'))).toBe(100)
    expect(balance(later, annas('owed'))).toBe(0)
  })

  it('covers the whole reward, no matter how much of it was left', () => {
    checkProperty(
      fc.property(anyAmount, fc.nat(), (amount, usable) => {
        const postings = reverseSpentReward({ ...anna, amount }, usable)
        expect(postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(amount)
        expect(postings.every(({ credit }) => credit.kind === 'rewards')).toBe(true)
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

  it('gives the same balances in any order', () => {
    const shuffled = fc
      .array(anyPosting, { maxLength: 30 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
    checkProperty(
      fc.property(shuffled, ([postings, reordered]) => {
        expect(new Map([...balancesOf(reordered)].sort())).toEqual(new Map([...balancesOf(postings)].sort()))
      }),
    )
  })

  it('is undone by reversing each transfer, and redone by reversing those', () => {
    checkProperty(
      fc.property(fc.array(anyPosting, { maxLength: 30 }), (postings) => {
        const undone = [...postings, ...postings.map(reverseOf)]
        expect([...balancesOf(undone).values()].every((amount) => amount === 0)).toBe(true)
        expect(balancesOf(postings.map(reverseOf).map(reverseOf))).toEqual(balancesOf(postings))
      }),
    )
  })

  it('contains only valid transfers, including reversed ones', () => {
    checkProperty(
      fc.property(anyPosting, (posting) => {
        expect(() => checkPosting(posting)).not.toThrow()
        expect(() => checkPosting(reverseOf(posting))).not.toThrow()
        expect(reverseOf(posting).code).toBe('reversal')
      }),
    )
  })
})

describe('an invalid transfer', () => {
  it.each([0, -1, 0.5, Number.NaN, 2 ** 53])('moves %d', (amount) => {
    expect(() => redeemCredit({ ...anna, amount })).toThrow(InvariantError)
  })

  it('goes from an account to itself', () => {
    const posting = redeemCredit(anna)
    expect(() => checkPosting({ ...posting, credit: posting.debit })).toThrow('the same account')
  })

  it('has an account that its owner cannot have, or that has no owner', () => {
    const posting = redeemCredit(anna)
    for (const debit of [account('held', 'organization', 'harbor'), account('available', 'partner', 'anna')])
      expect(() => checkPosting({ ...posting, debit })).toThrow('cannot have')
    expect(() => checkPosting({ ...posting, credit: annas('settlements') })).toThrow('cannot have')
    expect(() => checkPosting({ ...posting, debit: account('available', 'contact', '') })).toThrow('needs an owner')
    expect(mayHold(account('held', 'organization', 'harbor'), 0)).toBe(false)
  })
})

describe('the kinds of accounts', () => {
  it('are listed once per type of owner, and allow every account to start at zero', () => {
    const names = accountKinds.map(({ kind, ownerType }) => `${kind} of ${ownerType}`)
    expect(names).toEqual([...new Set(names)])
    expect(accountKinds.every(({ kind, ownerType }) => mayHold(account(kind, ownerType, 'x'), 0))).toBe(true)
  })
})
