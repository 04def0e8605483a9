import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyDay, zones } from '../test/clocks.ts'
import { addDays, startOfDay } from './calendar.ts'
import { dayIn, dayMs } from './days.ts'
import { availableAt } from './hold.ts'

const pacific = 'America/Los_Angeles'

describe('the release date of a reward', () => {
  const convertedAt = Date.parse('2026-06-01T18:30:00Z')

  it('is 14 days after the paid day: paid May 29, available when June 12 begins', () => {
    const at = availableAt({ convertedAt, paidOn: '2026-05-29', holdDays: 14, timeZone: pacific })
    expect(at).toBe(startOfDay('2026-06-12', pacific))
  })

  it('counts from the conversion if there is no paid day', () => {
    const at = availableAt({ convertedAt, paidOn: null, holdDays: 14, timeZone: pacific })
    expect(dayIn(pacific, at)).toBe('2026-06-15')
  })

  it('is immediate without a hold, and never before the conversion', () => {
    expect(availableAt({ convertedAt, paidOn: null, holdDays: 0, timeZone: pacific })).toBe(convertedAt)
    expect(availableAt({ convertedAt, paidOn: '2026-01-02', holdDays: 14, timeZone: pacific })).toBe(convertedAt)
  })

  it('is the start of the calendar day, even if clocks change during the hold', () => {
    const days = fc.integer({ min: 1, max: 365 })
    checkProperty(
      fc.property(anyDay, days, fc.constantFrom(...zones), (paidOn, holdDays, timeZone) => {
        const at = availableAt({ convertedAt: startOfDay(paidOn, timeZone), paidOn, holdDays, timeZone })
        expect(dayIn(timeZone, at)).toBe(addDays(paidOn, holdDays))
        // Antarctica/Troll moves its clocks by two hours, more than any other zone.
        expect(Math.abs(at - startOfDay(paidOn, timeZone) - holdDays * dayMs)).toBeLessThanOrEqual(7_200_000)
      }),
    )
  })
})
