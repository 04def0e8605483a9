import { dayIn, dayMs, formatDay } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'

const minuteMs = 60_000
const hourMs = 3_600_000

/** "35 min ago", "2 h ago", "1 day ago", then the date: "May 25", with the year when it is not this one. */
export function formatAgo(moment: string, now: number, timeZone: string): string {
  const at = Date.parse(moment)
  const age = now - at
  if (age < minuteMs) return 'just now'
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min ago`
  if (age < dayMs) return `${Math.floor(age / hourMs)} h ago`
  if (age < 2 * dayMs) return '1 day ago'
  return shortDay(at, now, timeZone)
}

/** "Jun 12"; with the year when it is not this one. */
export const shortDay = (at: number, now: number, timeZone: string): string =>
  formatDay(at, timeZone, { year: dayIn(timeZone, at).slice(0, 4) !== dayIn(timeZone, now).slice(0, 4) })

/** "Jun 12, 2:14 PM", in the organization's time zone. */
export function dayAndTime(moment: string, now: number, timeZone: string): string {
  const at = Date.parse(moment)
  const time = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' }).format(at)
  return `${shortDay(at, now, timeZone)}, ${time.replace('\u202f', ' ')}`
}

/** Whole days since, for "Waiting 4 days". */
export const daysSince = (moment: string, now: number): number => Math.floor((now - Date.parse(moment)) / dayMs)

/** "1 day", "4 days". */
export const pluralize = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

/** "Pacific Time", as people call the organization's zone. */
export function zoneName(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longGeneric' }).formatToParts(now)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
