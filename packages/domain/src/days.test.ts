import { describe, expect, it } from 'vitest'
import { dayIn, formatDay, monthIn } from './days.ts'

const pacific = 'America/Los_Angeles'

describe('the calendar day of a moment', () => {
  it('depends on the time zone: 05:00 UTC on Jun 1 is still May 31 in California', () => {
    const at = Date.parse('2026-06-01T05:00:00Z')
    expect(dayIn(pacific, at)).toBe('2026-05-31')
    expect(monthIn(pacific, at)).toBe('2026-05')
    expect(formatDay(at, pacific)).toBe('May 31')
    expect(formatDay(at, 'UTC', { year: true })).toBe('Jun 1, 2026')
  })

  it('is never Dec 30, 2011 in Samoa, which crossed the date line that night', () => {
    const midnight = Date.parse('2011-12-30T10:00:00Z')
    expect(dayIn('Pacific/Apia', midnight - 1)).toBe('2011-12-29')
    expect(dayIn('Pacific/Apia', midnight)).toBe('2011-12-31')
  })
})
