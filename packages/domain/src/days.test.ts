import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../test/holds.ts'
import { addDays, addMonths, dayIn, dayMs, formatDay, monthIn, startOfDay } from './days.ts'
import { availableAt } from './hold.ts'
import { InvariantError } from './invariant.ts'

const pacific = 'America/Los_Angeles'
const zones = [
  pacific,
  'UTC',
  'Europe/Berlin',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Etc/GMT+12',
  'Australia/Lord_Howe',
]
const iso = (at: number) => new Date(at).toISOString()
const anyDay = fc.integer({ min: 0, max: 365 * 12 }).map((days) => addDays('2020-01-01', days))

describe('calendar days', () => {
  it('belong to a time zone: 05:00 UTC on Jun 1 is still May 31 in California', () => {
    const at = Date.parse('2026-06-01T05:00:00Z')
    expect(dayIn(pacific, at)).toBe('2026-05-31')
    expect(monthIn(pacific, at)).toBe('2026-05')
    expect(formatDay(at, pacific)).toBe('May 31')
    expect(formatDay(at, 'UTC', { year: true })).toBe('Jun 1, 2026')
  })

  it('begin at midnight, 7 or 8 hours behind UTC in California', () => {
    expect(iso(startOfDay('2026-06-12', pacific))).toBe('2026-06-12T07:00:00.000Z')
    expect(iso(startOfDay('2026-12-12', pacific))).toBe('2026-12-12T08:00:00.000Z')
  })

  it('last 23 hours when clocks go forward and 25 when they go back', () => {
    const hours = (day: string, zone: string) => (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / 3_600_000
    expect(hours('2026-03-08', pacific)).toBe(23)
    expect(hours('2026-11-01', pacific)).toBe(25)
    expect(hours('2026-11-02', pacific)).toBe(24)
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5)
  })

  it('begin at one o’clock where clocks skip midnight', () => {
    expect(iso(startOfDay('2026-03-08', 'America/Havana'))).toBe('2026-03-08T05:00:00.000Z')
    expect(iso(startOfDay('2026-04-24', 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z')
  })

  it('begin at the very first moment that reads as that day, in every zone', () => {
    holds(
      fc.property(anyDay, fc.constantFrom(...zones), (day, zone) => {
        const start = startOfDay(day, zone)
        expect(dayIn(zone, start)).toBe(day)
        expect(dayIn(zone, start - 1) < day).toBe(true)
      }),
    )
  })

  it('add up across months and years', () => {
    expect(addDays('2026-05-29', 14)).toBe('2026-06-12')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(addMonths('2026-05', -5)).toBe('2025-12')
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-11', 26)).toBe('2029-01')
  })

  it('are real ones', () => {
    expect(() => startOfDay('2026-02-30', pacific)).toThrow(InvariantError)
    expect(() => addMonths('2026-13', 1)).toThrow(InvariantError)
  })
})

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
        expect(Math.abs(at - startOfDay(paidOn, timeZone) - holdDays * dayMs)).toBeLessThanOrEqual(3_600_000)
      }),
    )
  })
})
