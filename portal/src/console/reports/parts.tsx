import type { Currency, FunnelReport } from '@goodword/contracts'
import { Notice } from '../core/notice.tsx'

const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const wordsOf = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const dayWords = wordsOf({ month: 'short', day: 'numeric' })
const yearWords = wordsOf({ month: 'short', day: 'numeric', year: 'numeric' })
const monthWords = wordsOf({ month: 'short' })
const monthYearWords = wordsOf({ month: 'long', year: 'numeric' })

/** Calendar days in words; they have no time zone of their own. */
export const dayWordsOf = {
  full: (day: string) => yearWords.format(at(day)),
  tick: (unit: FunnelReport['unit']) => (day: string) => (unit === 'month' ? monthWords : dayWords).format(at(day)),
  span(start: string, end: string, unit: FunnelReport['unit']): string {
    if (unit === 'day') return yearWords.format(at(start))
    return unit === 'month' && start.endsWith('-01')
      ? monthYearWords.format(at(start))
      : yearWords.formatRange(at(start), at(end))
  },
}
export type DayWords = typeof dayWordsOf

/** Money of one currency cannot be added to that of another; it is said what is left out. */
export function OtherCurrencies({ report }: { report: { currency: Currency; otherCurrencies: Currency[] } }) {
  if (report.otherCurrencies.length === 0) return null
  return (
    <Notice tone="info">
      Amounts are in {report.currency}. Campaigns in {report.otherCurrencies.join(' and ')} are counted without their
      money.
    </Notice>
  )
}
