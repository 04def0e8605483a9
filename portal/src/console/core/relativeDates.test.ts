import { describe, expect, it } from 'vitest'
import { dayAndTime, daysSince, formatAgo, pluralize } from './relativeDates.ts'

const zone = 'America/Los_Angeles'
const now = Date.parse('2026-05-29T17:00:00Z')
const before = (ms: number) => new Date(now - ms).toISOString()
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('a relative date', () => {
  it('is in minutes, hours or one day, then a date', () => {
    expect(formatAgo(before(20_000), now, zone)).toBe('just now')
    expect(formatAgo(before(35 * minute), now, zone)).toBe('35 min ago')
    expect(formatAgo(before(2 * hour), now, zone)).toBe('2 h ago')
    expect(formatAgo(before(25 * hour), now, zone)).toBe('1 day ago')
    expect(formatAgo(before(4 * day), now, zone)).toBe('May 25')
  })

  it('includes the year when it is another one', () => {
    expect(formatAgo(before(200 * day), now, zone)).toBe('Nov 10, 2025')
  })

  it('uses the time zone of the business, not of the reader', () => {
    expect(dayAndTime('2026-04-10T21:14:00Z', now, zone)).toBe('Apr 10, 2:14 PM')
    expect(dayAndTime('2026-05-01T03:00:00Z', now, zone)).toBe('Apr 30, 8:00 PM')
  })

  it('counts whole days only', () => {
    expect(daysSince(before(4 * day - minute), now)).toBe(3)
    expect(daysSince(before(4 * day), now)).toBe(4)
  })

  it('pluralizes days', () => {
    expect(pluralize(1, 'day')).toBe('1 day')
    expect(pluralize(4, 'day')).toBe('4 days')
    expect(pluralize(1_200, 'reward clears', 'rewards clear')).toBe('1,200 rewards clear')
  })
})
