import { describe, expect, it } from 'vitest'
import { decided, input } from '../test/decided.ts'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { ordinal } from './ordinal.ts'
import { decideRewards, jobValueRequired, rewardByFriend } from './rewards.ts'

const neighbor = termsOf({
  advocate: credit(percent(500, { minAmount: 1_000, maxAmount: 15_000 })),
  friend: credit(fixed(2_000), 10_000),
  milestones: [
    { at: 3, amount: 5_000 },
    { at: 5, amount: 10_000 },
  ],
})
const before = (ever: number) => ({ convertedBefore: { ever, thisYear: ever } })

describe('the rewards of a conversion', () => {
  it('are 5% of $1,250.00 and a 3rd-friend bonus for Anna, and $20.00 for Priya: $132.50 in total', () => {
    const { nth, advocate, friend, total } = decided(neighbor, before(2))
    expect(nth).toBe(3)
    expect(advocate.lines).toEqual([
      { kind: 'base', label: '5% of $1,250.00', amount: 6_250 },
      { kind: 'milestone', label: '3rd-friend bonus', amount: 5_000 },
    ])
    expect(advocate.amount).toBe(11_250)
    expect(friend).toMatchObject({ kind: 'credit', amount: 2_000, note: null })
    expect(friend.lines).toEqual([{ kind: 'base', label: 'Fixed reward', amount: 2_000 }])
    expect(total).toBe(13_250)
  })

  it('include the bonus for exactly the 3rd friend, not the 4th', () => {
    expect(decided(neighbor, before(3)).advocate.amount).toBe(6_250)
  })

  it('round a percentage half up: 5% of $1,250.30 is $62.52', () => {
    expect(decided(neighbor, { jobValue: 125_030 }).advocate.amount).toBe(6_252)
  })

  it('are at least $10.00 and at most $150.00 per job, and say so', () => {
    expect(decided(neighbor, { jobValue: 10_000 }).advocate.lines).toEqual([
      { kind: 'base', label: '5% of $100.00, at least $10.00', amount: 1_000 },
    ])
    expect(decided(neighbor, { jobValue: 1_240_000 }).advocate.lines).toEqual([
      { kind: 'base', label: '5% of $12,400.00', amount: 62_000 },
      { kind: 'cap', label: 'Capped at $150.00 per job', amount: -47_000 },
    ])
  })

  it("don't mention the bounds if the percentage equals them: 5% of $200.00 is $10.00, of $3,000.00 is $150.00", () => {
    const lines = [20_000, 300_000].flatMap((jobValue) => decided(neighbor, { jobValue }).advocate.lines)
    expect(lines).toEqual([
      { kind: 'base', label: '5% of $200.00', amount: 1_000 },
      { kind: 'base', label: '5% of $3,000.00', amount: 15_000 },
    ])
  })

  it('are zero for one side on a job below its minimum value, and unchanged for the other', () => {
    const { advocate, friend } = decided(neighbor, { jobValue: 9_999 })
    expect(friend).toEqual({ kind: 'none', text: null, amount: 0, lines: [], note: 'Only on jobs of $100.00 or more.' })
    expect(advocate.amount).toBe(1_000)
  })

  it("include no bonus if the job is too small for the advocate's side", () => {
    const terms = termsOf({ ...neighbor, advocate: credit(percent(500), 10_000) })
    expect(decided(terms, { jobValue: 9_999, ...before(2) }).advocate.amount).toBe(0)
    expect(decided(terms, { jobValue: 10_000, ...before(2) }).advocate.amount).toBe(500 + 5_000)
  })

  it('keep the text of a custom reward, with a cash bonus next to it', () => {
    const terms = termsOf({ advocate: { kind: 'custom', text: 'A gift basket' }, milestones: [{ at: 1, amount: 500 }] })
    expect(decided(terms, { jobValue: null }).advocate).toMatchObject({
      kind: 'custom',
      text: 'A gift basket',
      amount: 500,
    })
  })

  it('are zero for both sides if an existing customer was accepted without reward, and need no job value', () => {
    const { advocate, friend, total } = decided(neighbor, { friendWithoutReward: true, jobValue: null })
    expect(total).toBe(0)
    expect(advocate.kind).toBe('none')
    expect(friend.note).toBe('Already a customer, accepted without a reward.')
  })

  it("keep the promise to the friend if the advocate's data was erased, and credit the advocate nothing", () => {
    const { advocate, friend, total } = decided(neighbor, { advocateErased: true })
    expect(advocate).toMatchObject({
      kind: 'none',
      amount: 0,
      note: 'Nothing is credited, because their data was erased.',
    })
    expect(friend.amount).toBe(2_000)
    expect(total).toBe(2_000)
  })
})

describe('tiers', () => {
  const tiered = termsOf({
    advocate: credit(fixed(2_500)),
    tiers: [
      { from: 5, value: fixed(10_000) },
      { from: 1, value: fixed(2_500) },
      { from: 3, value: fixed(5_000) },
    ],
  })

  it('of $25, $50 and $100 at 1, 3 and 5 pay 25, 25, 50, 50, 100, 100', () => {
    const paid = [0, 1, 2, 3, 4, 5].map((ever) => decided(tiered, before(ever)).advocate.amount)
    expect(paid).toEqual([2_500, 2_500, 5_000, 5_000, 10_000, 10_000])
  })

  it('say from which friend on they apply', () => {
    expect(decided(tiered, before(3)).advocate.lines[0]?.label).toBe('Reward from the 3rd friend on')
  })

  it('start over each January if the campaign counts by year', () => {
    const yearly = termsOf({ ...tiered, countEachYear: true })
    const counts = { convertedBefore: { ever: 7, thisYear: 0 } }
    expect(decided(yearly, counts)).toMatchObject({ nth: 1, advocate: { amount: 2_500 } })
    expect(decided(tiered, counts)).toMatchObject({ nth: 8, advocate: { amount: 10_000 } })
  })

  it("leave the side's own value in place until the first one starts", () => {
    const later = termsOf({ advocate: credit(fixed(1_000)), tiers: [{ from: 2, value: percent(1_000) }] })
    expect(rewardByFriend(later, 'USD', 50_000, 3).map((row) => row.base)).toEqual([1_000, 5_000, 5_000])
  })
})

describe('the promise made when the friend was referred', () => {
  const promised = termsOf({ advocate: credit(fixed(8_000)), friend: credit(fixed(1_000)) })
  const current = termsOf({ advocate: credit(percent(500)), friend: credit(fixed(2_000)) })

  it('is the least either side gets: 5% of $1,250.00 is $62.50, and $80.00 was promised', () => {
    const { advocate, friend } = decided(current, { promised })
    expect(advocate.lines).toEqual([
      { kind: 'base', label: '5% of $1,250.00', amount: 6_250 },
      { kind: 'promised', label: 'Promised when referred', amount: 1_750 },
    ])
    expect(advocate.amount).toBe(8_000)
    expect(friend.amount).toBe(2_000)
  })

  it("doesn't count in a campaign that pays by the terms at conversion", () => {
    const strict = termsOf({ ...current, honor: 'at_conversion' })
    expect(decided(strict, { promised }).advocate.amount).toBe(6_250)
  })

  it('is all that counts in a campaign that pays by the terms at submission', () => {
    const strict = termsOf({ ...current, honor: 'at_submission' })
    const { advocate, friend } = decided(strict, { promised, jobValue: null })
    expect([advocate.amount, friend.amount]).toEqual([8_000, 1_000])
  })

  it('is compared including bonuses: $62.50 + $20.00 today is more than $80.00', () => {
    const withBonus = termsOf({ ...current, milestones: [{ at: 1, amount: 2_000 }] })
    expect(decided(withBonus, { promised }).advocate.lines.map((line) => line.kind)).toEqual(['base', 'milestone'])
  })

  it('adds no line if today pays the same: 5% of $1,600.00 is the promised $80.00', () => {
    const { advocate } = decided(current, { promised, jobValue: 160_000 })
    expect(advocate.lines).toEqual([{ kind: 'base', label: '5% of $1,600.00', amount: 8_000 }])
  })

  it('still holds if that side was turned off since', () => {
    const off = termsOf({ friend: { kind: 'none' } })
    expect(decided(off, { promised, jobValue: null }).friend).toMatchObject({ kind: 'credit', amount: 1_000 })
  })

  it("is kept if it was a custom reward without a value, because amounts can't be compared with it", () => {
    const basket = termsOf({ friend: { kind: 'custom', text: 'A gift basket' } })
    expect(decided(current, { promised: basket }).friend).toMatchObject({
      kind: 'custom',
      text: 'A gift basket',
      amount: 0,
    })
  })
})

describe('limits', () => {
  it('pay what is left: of $600.00 a year, $580.00 was paid, so $20.00 of $62.50', () => {
    const capped = termsOf({ ...neighbor, advocateCaps: { year: 60_000 } })
    const { advocate } = decided(capped, { paidToAdvocate: { ever: 90_000, year: 58_000, month: 0 } })
    expect(advocate.amount).toBe(2_000)
    expect(advocate.lines.at(-1)).toEqual({ kind: 'cap', label: 'Capped at $600.00 a year', amount: -4_250 })
    expect(advocate.note).toBe('Capped at $600.00 a year; $20.00 is left.')
  })

  it('are explained by the tightest of several', () => {
    const capped = termsOf({ ...neighbor, advocateCaps: { total: 100_000, year: 60_000, month: 5_000 } })
    const { advocate } = decided(capped, { paidToAdvocate: { ever: 97_000, year: 10_000, month: 3_500 } })
    expect(advocate.note).toBe('Capped at $50.00 a month; $15.00 is left.')
  })

  it('on the budget serve the friend first: $25.00 left is $20.00 for Priya and $5.00 for Anna', () => {
    const capped = termsOf({ ...neighbor, budget: 500_000 })
    const { advocate, friend, total } = decided(capped, { paidInCampaign: 497_500 })
    expect([friend.amount, advocate.amount, total]).toEqual([2_000, 500, 2_500])
    expect(advocate.note).toBe('Capped by the campaign budget of $5,000.00; $5.00 is left.')
  })

  it("don't prevent the conversion if nothing is left", () => {
    const capped = termsOf({ ...neighbor, budget: 500_000 })
    const { friend, total } = decided(capped, { paidInCampaign: 512_000 })
    expect(total).toBe(0)
    expect(friend.note).toBe('Capped by the campaign budget of $5,000.00; nothing is left.')
  })

  it("on the advocate don't affect the friend", () => {
    const capped = termsOf({ ...neighbor, advocateCaps: { total: 1 } })
    expect(decided(capped).friend.amount).toBe(2_000)
    expect(decided(capped).advocate.amount).toBe(1)
  })
})

describe('the job value', () => {
  const flat = termsOf({ advocate: credit(fixed(5_000)), friend: credit(fixed(2_000)) })

  it('is needed for a percentage of the job, even in a tier, and for a minimum job value', () => {
    expect(jobValueRequired(flat)).toBe(false)
    expect(jobValueRequired(neighbor)).toBe(true)
    expect(jobValueRequired(termsOf({ ...flat, tiers: [{ from: 4, value: percent(100) }] }))).toBe(true)
    expect(jobValueRequired(termsOf({ ...flat, friend: credit(fixed(2_000), 10_000) }))).toBe(true)
  })

  it('is needed if a percentage was promised, unless the campaign no longer honors promises', () => {
    expect(jobValueRequired(flat, neighbor)).toBe(true)
    expect(jobValueRequired(termsOf({ ...flat, honor: 'at_conversion' }), neighbor)).toBe(false)
    expect(jobValueRequired(termsOf({ ...neighbor, honor: 'at_submission' }), flat)).toBe(false)
  })

  it('is requested if it is missing', () => {
    expect(decideRewards(input(neighbor, { jobValue: null }))).toEqual({ ok: false, code: 'job_value_required' })
    expect(decided(flat, { jobValue: null }).total).toBe(7_000)
  })
})

describe('the chart of the campaign editor', () => {
  it('shows a job of $1,200.00: $60.00 each time, $50.00 more for the 3rd friend, $100.00 for the 5th', () => {
    expect(rewardByFriend(neighbor, 'USD', 120_000)).toEqual([
      { nth: 1, base: 6_000, bonus: 0 },
      { nth: 2, base: 6_000, bonus: 0 },
      { nth: 3, base: 6_000, bonus: 5_000 },
      { nth: 4, base: 6_000, bonus: 0 },
      { nth: 5, base: 6_000, bonus: 10_000 },
    ])
  })

  it('counts friends in words', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '102nd',
      '111th',
    ])
  })
})
