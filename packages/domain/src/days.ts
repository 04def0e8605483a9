import { assert } from './invariant.ts'

export const dayMs = 86_400_000
const minuteMs = 60_000
const hourMs = 3_600_000

type Clock = { day: Intl.DateTimeFormat; short: Intl.DateTimeFormat; long: Intl.DateTimeFormat }
const clocks = new Map<string, Clock>()

function clockOf(timeZone: string): Clock {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = {
    day: new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    short: new Intl.DateTimeFormat('en-US', { timeZone, month: 'short', day: 'numeric' }),
    long: new Intl.DateTimeFormat('en-US', { timeZone, month: 'short', day: 'numeric', year: 'numeric' }),
  }
  clocks.set(timeZone, clock)
  return clock
}

/** The calendar day at a moment (milliseconds since 1970) in an IANA time zone: "2026-05-29". */
export function dayIn(timeZone: string, at: number): string {
  // "05/29/2026": taking it apart is several times quicker than asking for its parts.
  const [month = '', day = '', year = ''] = clockOf(timeZone).day.format(at).split('/')
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/** The calendar month at a moment in an IANA time zone: "2026-05". */
export const monthIn = (timeZone: string, at: number): string => dayIn(timeZone, at).slice(0, 7)

function utcMidnight(day: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  assert(!Number.isNaN(at) && new Date(at).toISOString().startsWith(day), `"${day}" is not a calendar day`)
  return at
}

const starts = new Map<string, number>()
const startsKept = 1_000

/** The first moment of a calendar day in an IANA time zone, in milliseconds since 1970. */
export function startOfDay(day: string, timeZone: string): number {
  const key = `${day} ${timeZone}`
  const known = starts.get(key)
  if (known !== undefined) return known
  const start = searchedStart(day, timeZone)
  if (starts.size >= startsKept) starts.clear()
  starts.set(key, start)
  return start
}

/** Where clocks skip midnight a day starts at 01:00, so the moment is searched for rather than computed from an offset. */
function searchedStart(day: string, timeZone: string): number {
  const midnight = utcMidnight(day)
  let before = midnight - 15 * hourMs
  let within = midnight + 13 * hourMs
  while (within - before > minuteMs) {
    const middle = before + Math.floor((within - before) / 2 / minuteMs) * minuteMs
    if (dayIn(timeZone, middle) < day) before = middle
    else within = middle
  }
  return within
}

/** "2026-05-29" and 14 is "2026-06-12". */
export const addDays = (day: string, count: number): string =>
  new Date(utcMidnight(day) + count * dayMs).toISOString().slice(0, 10)

/** "2026-05" and −5 is "2025-12". */
export function addMonths(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number)
  assert(year !== undefined && number !== undefined && number >= 1 && number <= 12, `"${month}" is not a month`)
  const months = year * 12 + number - 1 + count
  const inYear = ((months % 12) + 12) % 12
  return `${String((months - inYear) / 12).padStart(4, '0')}-${String(inYear + 1).padStart(2, '0')}`
}

/** "Jun 12", or "Jun 12, 2026" with the year, in an IANA time zone. */
export function formatDay(at: number, timeZone: string, options: { year?: boolean } = {}): string {
  const clock = clockOf(timeZone)
  return (options.year ? clock.long : clock.short).format(at)
}
