import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDay, zones } from '../test/clocks.ts'
import { holds } from '../test/holds.ts'
import { addDays, startOfDay } from './calendar.ts'
import { dayIn, dayMs } from './days.ts'
import { availableAt } from './hold.ts'

const pacific = 'America/Los_Angeles'

describe('when a reward can be used', () => {
  const convertedAt = Date.parse('2026-06-01T18:30:00Z')

  it('is 14 days after the paid day: paid May 29, available as Jun 12 begins', () => {
    const at = availableAt({ convertedAt, paidOn: '2026-05-29', holdDays: 14, timeZone: pacific })
    expect(at).toBe(startOfDay('2026-06-12', pacific))
  })

  it('counts from the conversion when no paid day is given', () => {
    const at = availableAt({ convertedAt, paidOn: null, holdDays: 14, timeZone: pacific })
    expect(dayIn(pacific, at)).toBe('2026-06-15')
  })

  it('is at once without a hold, and never before the conversion', () => {
    expect(availableAt({ convertedAt, paidOn: null, holdDays: 0, timeZone: pacific })).toBe(convertedAt)
    expect(availableAt({ convertedAt, paidOn: '2026-01-02', holdDays: 14, timeZone: pacific })).toBe(convertedAt)
  })

  it('is the start of the named calendar day, also when clocks change during the hold', () => {
    const days = fc.integer({ min: 1, max: 365 })
    holds(
      fc.property(anyDay, days, fc.constantFrom(...zones), (paidOn, holdDays, timeZone) => {
        const at = availableAt({ convertedAt: startOfDay(paidOn, timeZone), paidOn, holdDays, timeZone })
        expect(dayIn(timeZone, at)).toBe(addDays(paidOn, holdDays))
        // Antarctica/Troll moves its clocks by two hours; nobody moves them further.
        expect(Math.abs(at - startOfDay(paidOn, timeZone) - holdDays * dayMs)).toBeLessThanOrEqual(7_200_000)
      }),
    )
  })
})
