import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { anyDay, naiveMomentAt, naiveStartOfDay, zones } from '../test/clocks.ts'
import {
  addDays,
  addMonths,
  daysUntil,
  lastDayOfMonth,
  lastDayOfWeek,
  momentAt,
  periodsAround,
  startOfDay,
  startOfMonth,
} from './calendar.ts'
import { dayIn, dayMs } from './days.ts'
import { InvariantError } from './invariant.ts'

const pacific = 'America/Los_Angeles'
const iso = (at: number) => new Date(at).toISOString()
const anyZone = fc.constantFrom(...zones)
const anyTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16))

/** Nights when clocks change, each with its peculiarity. */
const oddNights: [day: string, zone: string, starts: string][] = [
  ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z'],
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
]

describe('calendar days', () => {
  it('begin at midnight, 7 or 8 hours behind UTC in California', () => {
    expect(iso(startOfDay('2026-06-12', pacific))).toBe('2026-06-12T07:00:00.000Z')
    expect(iso(startOfDay('2026-12-12', pacific))).toBe('2026-12-12T08:00:00.000Z')
  })

  it.each(oddNights)("begin at one o'clock where clocks skip midnight: %s in %s", (day, zone, starts) => {
    expect(iso(startOfDay(day, zone))).toBe(starts)
    expect(startOfDay(day, zone)).toBe(naiveStartOfDay(day, zone))
    expect(momentAt(day, '01:00', zone)).toBe(startOfDay(day, zone))
    expect(dayIn(zone, startOfDay(day, zone) - 1)).toBe(addDays(day, -1))
  })

  it('begin with the first of two midnights where clocks go back over it', () => {
    expect(iso(startOfDay('2026-11-01', 'America/Havana'))).toBe('2026-11-01T04:00:00.000Z')
    expect(iso(startOfDay('2006-10-29', 'America/St_Johns'))).toBe('2006-10-29T02:30:00.000Z')
  })

  it('last 23 hours when clocks go forward and 25 when they go back', () => {
    const hours = (day: string, zone: string) => (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / 3_600_000
    expect(hours('2026-03-08', pacific)).toBe(23)
    expect(hours('2026-11-01', pacific)).toBe(25)
    expect(hours('2026-11-02', pacific)).toBe(24)
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5)
  })

  it('can be skipped entirely: Samoa went from Dec 29 to Dec 31, 2011, across the date line', () => {
    const zone = 'Pacific/Apia'
    expect(iso(startOfDay('2011-12-30', zone))).toBe('2011-12-30T10:00:00.000Z')
    expect(startOfDay('2011-12-30', zone)).toBe(startOfDay('2011-12-31', zone))
    expect(iso(startOfDay('2011-12-29', zone))).toBe('2011-12-29T10:00:00.000Z')
    expect(iso(momentAt('2011-12-30', '09:00', zone))).toBe('2011-12-30T19:00:00.000Z')
    expect(addDays('2011-12-29', 1)).toBe('2011-12-30')
  })

  it('begin in every time zone that Intl knows', () => {
    for (const zone of [...Intl.supportedValuesOf('timeZone'), 'US/Pacific', 'EST5EDT', 'utc']) {
      const start = startOfDay('2026-06-12', zone)
      expect(dayIn(zone, start), zone).toBe('2026-06-12')
      expect(dayIn(zone, start - 1), zone).toBe('2026-06-11')
    }
  })

  it('begin when the local clock says so, in every zone and on every night', () => {
    checkProperty(
      fc.property(anyDay, anyZone, (day, zone) => {
        expect(iso(startOfDay(day, zone))).toBe(iso(naiveStartOfDay(day, zone)))
      }),
      100,
    )
  })

  it('add up across months and years', () => {
    expect(addDays('2026-05-29', 14)).toBe('2026-06-12')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(addMonths('2026-05', -5)).toBe('2025-12')
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-11', 26)).toBe('2029-01')
    expect(daysUntil('2026-05-29', '2026-06-12')).toBe(14)
    expect(daysUntil('2026-06-12', '2026-05-29')).toBe(-14)
    expect(daysUntil('2024-01-01', '2029-01-01')).toBe(5 * 365 + 2)
  })

  it('are counted the way they are added', () => {
    checkProperty(
      fc.property(anyDay, fc.integer({ min: -4_000, max: 4_000 }), (day, count) => {
        expect(daysUntil(day, addDays(day, count))).toBe(count)
      }),
    )
  })

  it('are added as Temporal adds them', () => {
    checkProperty(
      fc.property(anyDay, fc.integer({ min: -4_000, max: 4_000 }), (day, count) => {
        const date = Temporal.PlainDate.from(day)
        const month = date.toPlainYearMonth()
        expect(addDays(day, count)).toBe(date.add({ days: count }).toString())
        expect(addMonths(day.slice(0, 7), count % 100)).toBe(month.add({ months: count % 100 }).toString())
        expect(lastDayOfWeek(day)).toBe(date.add({ days: 7 - date.dayOfWeek }).toString())
        expect(lastDayOfMonth(day)).toBe(date.with({ day: date.daysInMonth }).toString())
      }),
    )
  })

  it('have a week that ends on a Sunday and a month that ends on its last day', () => {
    expect(lastDayOfWeek('2026-06-12')).toBe('2026-06-14')
    expect(lastDayOfWeek('2026-06-14')).toBe('2026-06-14')
    expect(lastDayOfWeek('2026-06-15')).toBe('2026-06-21')
    expect(lastDayOfMonth('2028-02-10')).toBe('2028-02-29')
    expect(lastDayOfMonth('2026-12-31')).toBe('2026-12-31')
    expect(lastDayOfMonth('9999-12-01')).toBe('9999-12-31')
  })

  it('are real days with a four-digit year', () => {
    for (const day of ['2026-02-30', '2026-13-01', '20260529', '2026-05-29T09:00', '', '+010000-01-01']) {
      expect(() => startOfDay(day, pacific), day).toThrow(InvariantError)
    }
    expect(() => addMonths('2026-13', 1)).toThrow(InvariantError)
    expect(() => addDays('9999-12-31', 1)).toThrow(InvariantError)
    expect(() => addMonths('0000-01', -1)).toThrow(InvariantError)
  })
})

describe('a time of day', () => {
  it('moves forward when clocks skip it', () => {
    // 2:30 becomes 3:30; in Lord Howe, whose clocks move by half an hour, 2:15 becomes 2:45.
    expect(iso(momentAt('2026-03-08', '02:30', pacific))).toBe('2026-03-08T10:30:00.000Z')
    expect(momentAt('2026-03-08', '02:30', pacific)).toBe(momentAt('2026-03-08', '03:30', pacific))
    expect(momentAt('2026-10-04', '02:15', 'Australia/Lord_Howe')).toBe(
      momentAt('2026-10-04', '02:45', 'Australia/Lord_Howe'),
    )
  })

  it('is the first of two when clocks show it twice', () => {
    expect(iso(momentAt('2026-11-01', '01:30', pacific))).toBe('2026-11-01T08:30:00.000Z')
    expect(iso(momentAt('2026-10-25', '02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z')
  })

  it('is 9 AM whatever the clocks did overnight', () => {
    expect(iso(momentAt('2026-03-08', '09:00', pacific))).toBe('2026-03-08T16:00:00.000Z')
    expect(iso(momentAt('2026-11-01', '09:00', pacific))).toBe('2026-11-01T17:00:00.000Z')
  })

  it('matches the local clock in every zone, even on nights when clocks change', () => {
    const night = fc.constantFrom(...oddNights.map(([day, zone]) => ({ day, zone })))
    const anywhere = fc.record({ day: anyDay, zone: anyZone })
    checkProperty(
      fc.property(fc.oneof(night, anywhere), anyTime, ({ day, zone }, time) => {
        expect(iso(momentAt(day, time, zone))).toBe(iso(naiveMomentAt(day, time, zone)))
      }),
      100,
    )
  })
})

describe('the month and the year around a moment', () => {
  it("are the business's own: the New Year reaches Sydney 19 hours before Los Angeles", () => {
    const at = Date.parse('2026-12-31T20:00:00Z')
    expect(Object.values(periodsAround(at, 'Australia/Sydney')).map(iso)).toEqual([
      '2026-12-31T13:00:00.000Z',
      '2027-12-31T13:00:00.000Z',
      '2026-12-31T13:00:00.000Z',
      '2027-01-31T13:00:00.000Z',
    ])
    expect(Object.values(periodsAround(at, pacific)).map(iso)).toEqual([
      '2026-01-01T08:00:00.000Z',
      '2027-01-01T08:00:00.000Z',
      '2026-12-01T08:00:00.000Z',
      '2027-01-01T08:00:00.000Z',
    ])
    expect(startOfMonth('2026-12', pacific)).toBe(periodsAround(at, pacific).monthStart)
  })

  it('change at the first moment of a month, no matter in which order they are calculated', () => {
    const august = startOfMonth('2026-08', pacific)
    const monthOf = (at: number) => iso(periodsAround(at, pacific).monthStart)
    expect([august, august - 1, august, august + 40 * dayMs].map(monthOf)).toEqual([
      '2026-08-01T07:00:00.000Z',
      '2026-07-01T07:00:00.000Z',
      '2026-08-01T07:00:00.000Z',
      '2026-09-01T07:00:00.000Z',
    ])
  })
})
