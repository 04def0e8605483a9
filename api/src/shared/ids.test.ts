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

it('are 24 characters long, unique, and sort by the order in which they were created', () => {
  let now = 1_780_329_600_000
  const newId = createIds(() => now)
  const ids = Array.from({ length: 20_000 }, (_, n) => {
    if (n % 7_000 === 0) now += 1
    return newId('message')
  })
  expect(new Set(ids.map(({ length }) => length))).toEqual(new Set([24]))
  expect(ids).toEqual([...new Set(ids)].sort())
})

it('of an organization is in all of its rows, and has 18 characters', () => {
  let now = 1_780_329_600_000
  const newId = createIds(() => now)
  const ids = Array.from({ length: 1_000 }, (_, n) => {
    if (n % 30 === 0) now += 1
    return newId('organization')
  })
  expect(new Set(ids.map(({ length }) => length))).toEqual(new Set([18]))
  expect(ids).toEqual([...new Set(ids)].sort())
  expect(id('organization').safeParse(ids[0]).success).toBe(true)
})

it('of an earlier version, with 26 characters after the prefix, stays valid', () => {
  expect(id('referral').safeParse('ref_01m8n6yca2002p82aa7jks33fy').success).toBe(true)
  expect(id('referral').safeParse('ref_01m8n6yca2002p82aa7jks33fy0').success).toBe(false)
  expect(id('referral').safeParse('ref_01m8n6yca20').success).toBe(false)
})
