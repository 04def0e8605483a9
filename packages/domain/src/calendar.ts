import { Temporal } from 'temporal-polyfill'
import { dayIn, dayMs } from './days.ts'
import { assert, InvariantError } from './invariant.ts'

/** Days are "2026-05-29", months "2026-05"; moments are milliseconds since 1970; time zones are IANA names. */

const isoDay = /^\d{4}-\d{2}-\d{2}$/

function dateOf(day: string): Temporal.PlainDate {
  assert(isoDay.test(day), `"${day}" is not a calendar day`)
  try {
    return Temporal.PlainDate.from(day)
  } catch {
    throw new InvariantError(`"${day}" is not a calendar day`)
  }
}

/** Days since 1970. Days have no time zone, so Date counts them right, and many times faster than Temporal. */
function dayNumber(day: string): number {
  const at = isoDay.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  // Date makes February 30 March 2.
  assert(!Number.isNaN(at) && dayOfNumber(at / dayMs) === day, `"${day}" is not a calendar day`)
  return at / dayMs
}

/** Days and months are compared as text, so a year has four digits. */
function dayOfNumber(number: number): string {
  const at = new Date(number * dayMs)
  const day = Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, -'T00:00:00.000Z'.length)
  assert(isoDay.test(day), `day ${number} is off the calendar`)
  return day
}

const startsKept = 5_000
const starts = new Map<string, number>()

/** The first moment of a calendar day: midnight, or later if clocks skip midnight or the whole day. */
export function startOfDay(day: string, timeZone: string): number {
  // Cached because Temporal is slow, and a report asks for the same days again and again.
  const key = `${day} ${timeZone}`
  const known = starts.get(key)
  if (known !== undefined) return known
  const start = dateOf(day).toZonedDateTime(timeZone).epochMilliseconds
  if (starts.size >= startsKept) starts.clear()
  starts.set(key, start)
  return start
}

/** The first moment of a month: "2026-05". */
export const startOfMonth = (month: string, timeZone: string): number => startOfDay(`${month}-01`, timeZone)

/**
 * The moment when the local clock shows a time ("09:00") on a day. If clocks skip that time, it moves forward by
 * the gap; if they show it twice, it is the first one.
 */
export const momentAt = (day: string, time: string, timeZone: string): number =>
  dateOf(day).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds

/** "2026-05-29" and 14 is "2026-06-12". */
export const addDays = (day: string, count: number): string => dayOfNumber(dayNumber(day) + count)

/** "2026-05" and −5 is "2025-12". */
export function addMonths(month: string, count: number): string {
  assert(/^\d{4}-(0[1-9]|1[0-2])$/.test(month), `"${month}" is not a month`)
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  const year = Math.floor(months / 12)
  assert(year >= 0 && year <= 9999, `the year ${year} is off the calendar`)
  return `${String(year).padStart(4, '0')}-${String(months - year * 12 + 1).padStart(2, '0')}`
}

/** Days from one day to another: 14 from "2026-05-29" to "2026-06-12", and −14 the other way. */
export const daysUntil = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** The Sunday that ends the week of a day. */
export function lastDayOfWeek(day: string): string {
  const number = dayNumber(day)
  // Day 0, 1970-01-01, was a Thursday.
  const sinceMonday = (((number + 3) % 7) + 7) % 7
  return dayOfNumber(number + 6 - sinceMonday)
}

/** The last day of the month of a day. */
export function lastDayOfMonth(day: string): string {
  dayNumber(day)
  const month = day.slice(0, 7)
  return month.endsWith('-12') ? `${month}-31` : addDays(`${addMonths(month, 1)}-01`, -1)
}

type Periods = Record<'yearStart' | 'yearEnd' | 'monthStart' | 'monthEnd', number>
/** The last result per time zone, valid for its whole month. Cached because Temporal is slow. */
const latestPeriods = new Map<string, Periods>()

/** The calendar year and month around a moment. Each start is included, each end is the start of the next. */
export function periodsAround(at: number, timeZone: string): Readonly<Periods> {
  const known = latestPeriods.get(timeZone)
  if (known && at >= known.monthStart && at < known.monthEnd) return known
  const month = dayIn(timeZone, at).slice(0, 7)
  const january = `${month.slice(0, 4)}-01`
  const periods = {
    yearStart: startOfMonth(january, timeZone),
    yearEnd: startOfMonth(addMonths(january, 12), timeZone),
    monthStart: startOfMonth(month, timeZone),
    monthEnd: startOfMonth(addMonths(month, 1), timeZone),
  }
  latestPeriods.set(timeZone, periods)
  return periods
}
