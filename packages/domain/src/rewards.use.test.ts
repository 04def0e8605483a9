import { describe, expect, it } from 'vitest'
import { decided } from '../test/decided.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'

const later = termsOf({ advocate: credit(percent(500)), friend: credit(fixed(2_000)) })
const offThisJob = termsOf({ ...later, friendRewardUse: 'off_this_job' })
const worth = (amount: number, use: 'after_job' | 'off_this_job') =>
  termsOf({ friend: credit(fixed(amount)), friendRewardUse: use })

describe('a friend’s credit', () => {
  it("is for a later job, or off the job that earned it; the advocate's is neither", () => {
    expect(decided(later).friend).toMatchObject({ kind: 'credit', amount: 2_000, use: 'after_job' })
    expect(decided(offThisJob).friend).toMatchObject({ kind: 'credit', amount: 2_000, use: 'off_this_job' })
    expect(decided(offThisJob).advocate.use).toBeUndefined()
  })

  it('takes no more off a job than its value: $20.00 off $15.00 is $15.00, and the rest is not owed', () => {
    const { friend, total } = decided(offThisJob, { jobValue: 1_500 })
    expect(friend.lines).toEqual([
      { kind: 'base', label: 'Fixed reward', amount: 2_000 },
      { kind: 'cap', label: 'At most the job: $15.00', amount: -500 },
    ])
    expect(friend.amount).toBe(1_500)
    // 5% of $15.00 is $0.75.
    expect(total).toBe(1_500 + 75)
    expect(decided(later, { jobValue: 1_500 }).friend.amount).toBe(2_000)
  })

  it('is taken off in full if the job value is unknown', () => {
    expect(decided(worth(2_000, 'off_this_job'), { jobValue: null }).friend.amount).toBe(2_000)
  })
})

describe('a promise to a friend after the campaign changed', () => {
  it.each([
    [
      'the promised $20 off now, which $20 of credit later are not',
      'after_job',
      2_000,
      'off_this_job',
      2_000,
      'off_this_job',
      2_000,
    ],
    ['$20 off now for the promised $20 of credit', 'off_this_job', 2_000, 'after_job', 2_000, 'off_this_job', 2_000],
    [
      '$50 of credit for the promised $20 off: it is more',
      'after_job',
      5_000,
      'off_this_job',
      2_000,
      'after_job',
      5_000,
    ],
    ['the promised $30 of credit: $20 off now is less', 'off_this_job', 2_000, 'after_job', 3_000, 'after_job', 3_000],
    ['the promised $30 off, topped up', 'off_this_job', 2_000, 'off_this_job', 3_000, 'off_this_job', 3_000],
  ] as const)('is kept in full: %s', (_, use, amount, promisedUse, promisedAmount, expectedUse, expected) => {
    const promised = worth(promisedAmount, promisedUse)
    const { friend } = decided(worth(amount, use), { promised })
    expect(friend).toMatchObject({ use: expectedUse, amount: expected })
    expect(friend.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(expected)
  })

  it("doesn't count if the current terms apply", () => {
    const promised = worth(2_000, 'off_this_job')
    const strict = termsOf({ ...worth(2_000, 'after_job'), honor: 'at_conversion' })
    expect(decided(strict, { promised }).friend.use).toBe('after_job')
  })
})
