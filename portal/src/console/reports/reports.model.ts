import type { Client } from '@goodword/client'
import { routes } from '@goodword/contracts/routes'
import { addDays, addMonths, lastDayOfMonth } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, pageParams } from '../core/turning.ts'

const reportNames = ['funnel', 'outstanding', 'advocates', 'cash'] as const
export type ReportName = (typeof reportNames)[number]

export const periodLabels = {
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  month: 'This month',
  'last-month': 'Last month',
  year: 'This year',
  '12m': 'Last 12 months',
  own: 'From … to …',
} as const
export type PeriodName = keyof typeof periodLabels
export const periodNames = Object.keys(periodLabels) as PeriodName[]

/** The state of the report in the URL, so that it can be shared. */
export type ReportQuery = {
  report: ReportName
  period: PeriodName
  /** Only with a custom period. */
  from: string | null
  to: string | null
  campaign: string | null
  asOf: string | null
  /** A calendar year; this one if absent. */
  year: string | null
  cursor: string | null
}

export const defaultQuery: ReportQuery = {
  report: 'funnel',
  period: '90d',
  from: null,
  to: null,
  campaign: null,
  asOf: null,
  year: null,
  cursor: null,
}

const day = (text: string | undefined) => (text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null)

export function readReportQuery(query: Readonly<Record<string, string>>): ReportQuery {
  return {
    report: reportNames.find((name) => name === query.report) ?? defaultQuery.report,
    period: periodNames.find((name) => name === query.period) ?? defaultQuery.period,
    from: day(query.from),
    to: day(query.to),
    campaign: query.campaign ?? null,
    asOf: day(query.asOf),
    year: query.year !== undefined && /^20\d\d$/.test(query.year) ? query.year : null,
    cursor: query.cursor ?? null,
  }
}

export function writeReportQuery(query: ReportQuery): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value && value !== defaultQuery[name as keyof ReportQuery] ? [[name, value]] : [],
  )
  const text = new URLSearchParams(given).toString()
  return text ? `/console/reports?${text}` : '/console/reports'
}

/** The days of a period, both included; `today` is in the organization's time zone. */
export function periodDays({ period, from, to }: ReportQuery, today: string): { from: string; to: string } {
  const month = today.slice(0, 7)
  switch (period) {
    case '30d':
      return { from: addDays(today, -29), to: today }
    case '90d':
      return { from: addDays(today, -89), to: today }
    case 'month':
      return { from: `${month}-01`, to: today }
    case 'last-month': {
      const first = `${addMonths(month, -1)}-01`
      return { from: first, to: lastDayOfMonth(first) }
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today }
    case '12m':
      return { from: `${addMonths(month, -11)}-01`, to: today }
    case 'own': {
      const last = to ?? today
      return { from: from ?? addDays(last, -89), to: last }
    }
  }
}

const apiPath = (route: string) => route.slice(route.indexOf(' ') + 1)

/** The reports, one of them on screen. `today` is in the organization's time zone. */
export function createReports({
  client,
  navigate,
  today,
}: {
  client: Client
  navigate: (url: string, replace?: boolean) => void
  today: () => string
}) {
  const query = signal<ReportQuery>(defaultQuery)

  const inPeriod = () => ({
    ...periodDays(query.value, today()),
    ...(query.value.campaign ? { campaignId: query.value.campaign } : {}),
  })
  const asOf = () => (query.value.asOf ? { asOf: query.value.asOf } : {})

  const funnel = createResource((abort) => client.reports.funnel({ query: inPeriod() }, { signal: abort }))
  const advocates = createResource((abort) => client.reports.topAdvocates({ query: inPeriod() }, { signal: abort }))
  const at = (cursor: string | null, replace = false) => navigate(writeReportQuery({ ...query.value, cursor }), replace)
  const outstanding = createResource((abort) =>
    fetchWithRows(
      query.value.cursor,
      (cursor) =>
        client.reports.outstanding({ query: { limit: 20, ...asOf(), ...pageParams(cursor) } }, { signal: abort }),
      (cursor) => at(cursor, true),
    ),
  )
  const inYear = () => (query.value.year ? { year: query.value.year } : {})
  const cash = createResource((abort) =>
    fetchWithRows(
      query.value.cursor,
      (cursor) =>
        client.reports.cashRewards({ query: { limit: 20, ...inYear(), ...pageParams(cursor) } }, { signal: abort }),
      (cursor) => at(cursor, true),
    ),
  )
  const shown = { funnel, advocates, outstanding, cash }
  const paged = computed(() => (query.value.report === 'cash' ? cash : outstanding).data.value)

  return {
    query,
    funnel,
    advocates,
    outstanding,
    cash,
    ...createTurning({ data: paged }, (cursor) => at(cursor)),
    show(next: ReportQuery) {
      query.value = next
      void shown[next.report].load()
    },
    change(some: Partial<ReportQuery>) {
      navigate(writeReportQuery({ ...query.value, cursor: null, ...some }))
    },
    /** The URL of the report as CSV. */
    tableAddress(): string {
      const { report } = query.value
      const asked = { funnel: inPeriod, advocates: inPeriod, outstanding: asOf, cash: inYear }[report]()
      const table = {
        funnel: routes.reports.funnelExport,
        outstanding: routes.reports.outstandingExport,
        advocates: routes.reports.topAdvocatesExport,
        cash: routes.reports.cashRewardsExport,
      }[report]
      const text = new URLSearchParams(asked).toString()
      return text ? `${apiPath(table)}?${text}` : apiPath(table)
    },
  }
}

export type ReportsModel = ReturnType<typeof createReports>

/** "12%", "3.4%" below ten; null when there is nothing to compare with. */
export function shareText(part: number, whole: number): string | null {
  if (whole === 0) return null
  const percent = (part / whole) * 100
  return `${percent < 10 && percent > 0 ? percent.toFixed(1).replace(/\.0$/, '') : Math.round(percent)}%`
}
