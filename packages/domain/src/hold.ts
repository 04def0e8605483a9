import { addDays, startOfDay } from './calendar.ts'
import { dayIn } from './days.ts'

/** The last end of a hold per time zone: conversions of one day mostly share it. */
const latestEnds = new Map<string, { from: string; holdDays: number; end: number }>()

function endOfHold(from: string, holdDays: number, timeZone: string): number {
  const known = latestEnds.get(timeZone)
  if (known?.from === from && known.holdDays === holdDays) return known.end
  const end = startOfDay(addDays(from, holdDays), timeZone)
  latestEnds.set(timeZone, { from, holdDays, end })
  return end
}

/**
 * When a reward is released: the start of the day `holdDays` calendar days after the job was paid, or after the
 * conversion without a paid day; never before the conversion. Milliseconds since 1970 (SPEC §3).
 */
export function availableAt(facts: {
  convertedAt: number
  /** A day in the organization's time zone. */
  paidOn: string | null
  holdDays: number
  timeZone: string
}): number {
  const from = facts.paidOn ?? dayIn(facts.timeZone, facts.convertedAt)
  return Math.max(facts.convertedAt, endOfHold(from, facts.holdDays, facts.timeZone))
}
