import { dayIn, dayMs, momentAt } from '@goodword/domain'
import type { Random } from './random.ts'

/**
 * A time of day between 8:00 and 17:30 in the business's time zone, so many days back; the latest hours stay as they
 * are.
 */
export function workingHour(
  { now, timeZone, random }: { now: number; timeZone: string; random: Random },
  daysAgo: number,
): number {
  const at = now - Math.max(0, daysAgo) * dayMs
  if (daysAgo < 1.5) return at
  const sinceMidnight = Math.round(random.between(8, 17.5) * 3_600_000)
  return momentAt(dayIn(timeZone, at), new Date(sinceMidnight).toISOString().slice(11, 23), timeZone)
}
