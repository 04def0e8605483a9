import { id } from '@goodword/contracts'
import { expect, it } from 'vitest'
import { createIds } from './ids.ts'

it('has the form the contracts require, at any time', () => {
  for (const now of [0, 1, 1_780_329_600_000, 2 ** 49]) {
    const newId = createIds(() => now)
    expect(id('referral').safeParse(newId('referral')).success).toBe(true)
  }
})

it("can't be created from a clock that returns fractions of a millisecond, goes back before 1970 or has stopped", () => {
  for (const now of [1_780_329_600_000.5, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => createIds(() => now)('referral')).toThrow('The clock must return whole milliseconds')
  }
})
