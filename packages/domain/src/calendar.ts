import { Temporal } from 'temporal-polyfill'
import { dayIn } from './days.ts'
import { assert, InvariantError } from './invariant.ts'

/** Days are "2026-05-29", months "2026-05"; moments are milliseconds since 1970; time zones are IANA names. */

function dateOf(day: string): Temporal.PlainDate {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(day), `"${day}" is not a calendar day`)
  try {
    return Temporal.PlainDate.from(day)
  } catch {
    throw new InvariantError(`"${day}" is not a calendar day`)
  }
}

function monthOf(month: string): Temporal.PlainYearMonth {
  assert(/^\d{4}-\d{2}$/.test(month), `"${month}" is not a month`)
  try {
    return Temporal.PlainYearMonth.from(month)
  } catch {
    throw new InvariantError(`"${month}" is not a month`)
  }
}

/** Days and months are compared as text, so a year has four digits. */
function written(date: Temporal.PlainDate | Temporal.PlainYearMonth): string {
  assert(date.year >= 0 && date.year <= 9999, `the year ${date.year} is off the calendar`)
  return date.toString()
}

/** The first moment of a calendar day: midnight, or later if clocks skip midnight or the whole day. */
export const startOfDay = (day: string, timeZone: string): number =>
  dateOf(day).toZonedDateTime(timeZone).epochMilliseconds

/** The first moment of a month: "2026-05". */
export const startOfMonth = (month: string, timeZone: string): number => startOfDay(`${month}-01`, timeZone)

/**
 * The moment when the local clock shows a time ("09:00") on a day. If clocks skip that time, it moves forward by
 * the gap; if they show it twice, it is the first one.
 */
export const momentAt = (day: string, time: string, timeZone: string): number =>
  dateOf(day).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds

/** "2026-05-29" and 14 is "2026-06-12". */
export const addDays = (day: string, count: number): string => written(dateOf(day).add({ days: count }))

/** "2026-05" and −5 is "2025-12". */
export const addMonths = (month: string, count: number): string => written(monthOf(month).add({ months: count }))

/** Days from one day to another: 14 from "2026-05-29" to "2026-06-12", and −14 the other way. */
export const daysUntil = (from: string, to: string): number =>
  dateOf(from).until(dateOf(to), { largestUnit: 'day' }).days

/** The Sunday that ends the week of a day. */
export function lastDayOfWeek(day: string): string {
  const date = dateOf(day)
  return written(date.add({ days: date.daysInWeek - date.dayOfWeek }))
}

/** The last day of the month of a day. */
export function lastDayOfMonth(day: string): string {
  const date = dateOf(day)
  return written(date.with({ day: date.daysInMonth }))
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
