import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { InvariantError } from './invariant.ts'
import { type RefundNote, refundsOf } from './refunds.ts'

const total = (amount: number, at: number): RefundNote => ({ type: 'total', amount, at })
const refund = (
  id: string,
  amount: number,
  at: number,
  status: Extract<RefundNote, { type: 'refund' }>['status'] = 'succeeded',
): RefundNote => ({ type: 'refund', id, amount, status, at })
const list = (at: number, ...refunds: [string, number][]): RefundNote => ({
  type: 'list',
  refunds: refunds.map(([id, amount]) => ({ id, amount })),
  at,
})

describe('running totals', () => {
  it('become differences, and a refund that is named is one of them', () => {
    const told = [total(20_000, 1), total(50_000, 2), refund('re_1', 20_000, 3)]
    expect(refundsOf(told.slice(0, 1))).toEqual({ refunds: [{ id: null, amount: 20_000 }], total: 20_000 })
    expect(refundsOf(told)).toEqual({
      refunds: [
        { id: 're_1', amount: 20_000 },
        { id: null, amount: 30_000 },
      ],
      total: 50_000,
    })
  })

  it('that are older change nothing', () => {
    expect(refundsOf([total(50_000, 2), total(20_000, 1)]).total).toBe(50_000)
  })

  it('count with every refund that is named, without counting any twice', () => {
    const named = [refund('re_1', 20_000, 1), refund('re_2', 30_000, 2)]
    expect(refundsOf([...named, total(50_000, 2)]).refunds).toEqual([
      { id: 're_1', amount: 20_000 },
      { id: 're_2', amount: 30_000 },
    ])
    expect(refundsOf([...named, total(20_000, 1)]).total).toBe(50_000)
  })

  it('fall again when a refund fails after them', () => {
    const told = [refund('re_1', 20_000, 1), total(20_000, 2)]
    expect(refundsOf([...told, refund('re_1', 20_000, 3, 'failed')]).total).toBe(0)
    // One that failed at once was never part of the total.
    expect(refundsOf([total(20_000, 2), refund('re_2', 5_000, 3, 'failed')]).total).toBe(20_000)
    // A total that is said after the failure knows of it.
    expect(refundsOf([...told, refund('re_1', 20_000, 3, 'failed'), total(0, 4)]).total).toBe(0)
  })
})

describe('named refunds', () => {
  it('stand once they succeeded, whatever is said twice or late', () => {
    expect(refundsOf([refund('re_1', 500, 1, 'pending')])).toEqual({ refunds: [], total: 0 })
    for (const told of [
      [refund('re_1', 500, 1, 'pending'), refund('re_1', 500, 2)],
      [refund('re_1', 500, 2), refund('re_1', 500, 1, 'pending'), refund('re_1', 500, 2)],
      [refund('re_1', 500, 1), refund('re_1', 500, 1, 'pending')],
    ])
      expect(refundsOf(told).total).toBe(500)
    expect(refundsOf([refund('re_1', 500, 1), refund('re_1', 500, 1, 'failed')]).total).toBe(0)
    expect(refundsOf([refund('re_1', 500, 1), refund('re_1', 500, 2, 'canceled')]).total).toBe(0)
  })
})

describe('lists of refunds', () => {
  it('count each id once, and one that is gone no more', () => {
    const one = list(1, ['726', 5_000])
    const two = list(2, ['726', 5_000], ['731', 25_000])
    const back = list(3, ['726', 5_000])
    expect(refundsOf([one, one]).refunds).toEqual([{ id: '726', amount: 5_000 }])
    expect(refundsOf([one, one, two]).total).toBe(30_000)
    expect(refundsOf([one, one, two, back]).refunds).toEqual([{ id: '726', amount: 5_000 }])
    // The same, told in another order.
    expect(refundsOf([back, two, one]).total).toBe(5_000)
    expect(refundsOf([two, list(3)]).total).toBe(0)
  })
})

it('come to the same in any order and with any repetition', () => {
  const amount = fc.integer({ min: 1, max: 50_000 })
  const at = fc.nat(6)
  const anyNote: fc.Arbitrary<RefundNote> = fc.oneof(
    fc.record({ type: fc.constant('total' as const), amount, at }),
    fc.record({
      type: fc.constant('refund' as const),
      id: fc.constantFrom('re_1', 're_2', 're_3'),
      amount: fc.constant(700),
      status: fc.constantFrom('pending' as const, 'succeeded' as const, 'failed' as const),
      at,
    }),
  )
  const said = fc.uniqueArray(anyNote, { maxLength: 8, selector: (note) => JSON.stringify(note) })
  const shuffled = said.chain((notes) =>
    fc.record({
      notes: fc.constant(notes),
      told: fc.shuffledSubarray([...notes, ...notes], { minLength: notes.length }),
    }),
  )
  checkProperty(
    fc.property(shuffled, ({ notes, told }) => {
      const all = [...told, ...notes]
      const { refunds, total } = refundsOf(all)
      const sum = (list: { amount: number }[]) => list.reduce((whole, one) => whole + one.amount, 0)
      expect(sum(refunds)).toBe(total)
      expect(total).toBe(refundsOf(notes).total)
      expect(refunds).toEqual(refundsOf(notes).refunds)
    }),
    500,
  )
})

it('are never negative or fractions', () => {
  for (const wrong of [total(-1, 1), total(1.5, 1), refund('re_1', -5, 1), list(1, ['1', -50])])
    expect(() => refundsOf([wrong])).toThrow(InvariantError)
})
