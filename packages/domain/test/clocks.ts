import fc from 'fast-check'

/** Time zones with unusual clocks: half and quarter hours, clocks that skip midnight, extreme offsets. */
export const zones = [
  'UTC',
  'America/Los_Angeles',
  'Europe/Berlin',
  'America/Havana',
  'America/Santiago',
  'America/St_Johns',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Etc/GMT+12',
]

/** A day between 2020 and 2034. */
export const anyDay = fc
  .integer({ min: 0, max: 365 * 14 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10))

const minuteMs = 60_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The local time at a moment: "2026-05-29 09:30". */
export function wallClock(timeZone: string, at: number): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
  clocks.set(timeZone, clock)
  return clock.format(at)
}

/** The local clock, minute by minute, over the two days around `day`: too simple to be wrong. */
function* minutesAround(day: string, timeZone: string): Generator<{ at: number; shows: string }> {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  for (let at = midnight - 16 * 60 * minuteMs; at < midnight + 38 * 60 * minuteMs; at += minuteMs) {
    yield { at, shows: wallClock(timeZone, at) }
  }
}

/** The first minute that belongs to the day or a later one. */
export function naiveStartOfDay(day: string, timeZone: string): number {
  for (const { at, shows } of minutesAround(day, timeZone)) if (shows.slice(0, 10) >= day) return at
  throw new Error(`${day} never begins in ${timeZone}`)
}

/**
 * The first minute when the clock shows a time. If the clock jumps over it, as far after the jump as the time was
 * into the gap.
 */
export function naiveMomentAt(day: string, time: string, timeZone: string): number {
  const wanted = `${day} ${time}`
  const minutes = [...minutesAround(day, timeZone)]
  const shown = minutes.find(({ shows }) => shows === wanted)
  if (shown) return shown.at
  const jump = minutes.findIndex(({ shows }, index) => shows > wanted && (minutes[index - 1]?.shows ?? '') < wanted)
  const before = minutes[jump - 1]
  if (!before) throw new Error(`${wanted} is nowhere in ${timeZone}`)
  const intoTheJump = Date.parse(`${day}T${time}Z`) - Date.parse(`${before.shows.replace(' ', 'T')}Z`)
  return before.at + intoTheJump
}
