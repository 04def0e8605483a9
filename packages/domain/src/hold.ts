import { addDays, startOfDay } from './calendar.ts'
import { dayIn } from './days.ts'

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
  return Math.max(facts.convertedAt, startOfDay(addDays(from, facts.holdDays), facts.timeZone))
}
