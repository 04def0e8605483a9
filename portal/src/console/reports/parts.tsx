import type { Currency, FunnelReport } from '@goodword/contracts'
import { Notice } from '../core/notice.tsx'

const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const formatterFor = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const formatDayOfMonth = formatterFor({ month: 'short', day: 'numeric' })
const formatDayOfYear = formatterFor({ month: 'short', day: 'numeric', year: 'numeric' })
const formatMonth = formatterFor({ month: 'short' })
const formatMonthOfYear = formatterFor({ month: 'long', year: 'numeric' })

/** Formats calendar days; they have no time zone. */
export const createDayFormat = {
  full: (day: string) => formatDayOfYear.format(at(day)),
  tick: (unit: FunnelReport['unit']) => (day: string) =>
    (unit === 'month' ? formatMonth : formatDayOfMonth).format(at(day)),
  span(start: string, end: string, unit: FunnelReport['unit']): string {
    if (unit === 'day') return formatDayOfYear.format(at(start))
    return unit === 'month' && start.endsWith('-01')
      ? formatMonthOfYear.format(at(start))
      : formatDayOfYear.formatRange(at(start), at(end))
  },
}
export type DayFormat = typeof createDayFormat

/** Amounts in other currencies cannot be added up, so the report says that they are left out. */
export function OtherCurrencies({ report }: { report: { currency: Currency; otherCurrencies: Currency[] } }) {
  if (report.otherCurrencies.length === 0) return null
  return (
    <Notice tone="info">
      Amounts are in {report.currency}. Campaigns in {report.otherCurrencies.join(' and ')} are counted without their
      money.
    </Notice>
  )
}
