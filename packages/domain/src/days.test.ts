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

it('a day begins and ends at the millisecond, also right after another moment of the same quarter of an hour', () => {
  // Kathmandu is 5:45 ahead; Liberia was 44 minutes and 30 seconds behind until 1972.
  const midnights: [string, string, string, string][] = [
    ['Asia/Kathmandu', '2026-05-28T18:15:00Z', '2026-05-28', '2026-05-29'],
    ['America/Los_Angeles', '2026-03-08T08:00:00Z', '2026-03-07', '2026-03-08'],
    ['Africa/Monrovia', '1970-06-02T00:44:30Z', '1970-06-01', '1970-06-02'],
  ]
  for (const [timeZone, midnight, before, after] of midnights) {
    const at = Date.parse(midnight)
    const days = [at + 1_000, at, at - 1, at, at - 1_000].map((moment) => dayIn(timeZone, moment))
    expect([timeZone, ...days]).toEqual([timeZone, after, after, before, after, before])
  }
})
