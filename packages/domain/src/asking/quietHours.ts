import type { QuietHours } from '@goodword/contracts'
import { addDays, momentAt } from '../calendar.ts'
import { dayIn, dayMs } from '../days.ts'

/** Two days hold every hour that a set of time zones has in common, across a change of clocks. */
const searchMs = 2 * dayMs

/** The end of the quiet hours that a moment is in, on the clock of one time zone; the moment itself if it is in none. */
function endOfQuiet(at: number, { from, until }: QuietHours, timeZone: string): number {
  const today = dayIn(timeZone, at)
  for (const day of [addDays(today, -1), today]) {
    const start = momentAt(day, from, timeZone)
    const end = momentAt(from < until ? day : addDays(day, 1), until, timeZone)
    if (at >= start && at < end) return end
  }
  return at
}

/** The first moment from `at` on that is quiet in none of the time zones; null if they have no such hour in common. */
function firstAllowed(at: number, quiet: QuietHours, timeZones: readonly string[]): number | null {
  for (let moment = at; moment <= at + searchMs; ) {
    const later = timeZones.reduce((latest, timeZone) => Math.max(latest, endOfQuiet(moment, quiet, timeZone)), moment)
    if (later === moment) return moment
    moment = later
  }
  return null
}

/**
 * The first moment from `at` on (milliseconds since 1970) when a message may leave: outside the quiet hours of the
 * organization and of everywhere the recipient may be. If no hour suits both, the recipient's clock decides; if the
 * recipient's own time zones have no hour in common, their number tells too little, and the organization's clock decides. A
 * time that clocks skip moves forward, and one that they show twice is the first.
 */
export function outsideQuietHours(
  at: number,
  quiet: QuietHours,
  zones: { organization: string; recipient: readonly string[] },
): number {
  const { organization, recipient } = zones
  const everywhere = firstAllowed(at, quiet, [organization, ...recipient])
  if (everywhere !== null) return everywhere
  return firstAllowed(at, quiet, recipient) ?? firstAllowed(at, quiet, [organization]) ?? at
}
