import { dayIn } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { CampaignFilter } from '../core/campaignFilter.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Page } from '../core/page.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { CashRewards } from './cashRewards.tsx'
import { Funnel } from './funnel.tsx'
import { Outstanding } from './outstanding.tsx'
import { createDayFormat } from './parts.tsx'
import {
  createReports,
  periodDays,
  periodLabels,
  periodNames,
  type ReportsModel,
  readReportQuery,
} from './reports.model.ts'
import { TopAdvocates } from './topAdvocates.tsx'
import './reports.css'

const tabsId = 'report'
const tabs = [
  { value: 'funnel', label: 'Funnel' },
  { value: 'outstanding', label: 'Outstanding credit' },
  { value: 'advocates', label: 'Top advocates' },
  { value: 'cash', label: 'Gift cards and payouts' },
] as const

function PeriodChoice({ model, today }: { model: ReportsModel; today: string }) {
  const { period, campaign } = model.query.value
  const days = periodDays(model.query.value, today)
  return (
    <div class="choices">
      <Select
        label="Period"
        hiddenLabel
        value={period}
        options={periodNames.map((value) => ({ value, label: periodLabels[value] }))}
        onChange={(value) =>
          model.change(value === 'own' ? { period: value, ...days } : { period: value, from: null, to: null })
        }
      />
      {period === 'own' && (
        <>
          <TextField
            type="date"
            label="From"
            hiddenLabel
            max={days.to}
            value={days.from}
            onInput={(from) => from && model.change({ from })}
          />
          <TextField
            type="date"
            label="To"
            hiddenLabel
            max={today}
            value={days.to}
            onInput={(to) => to && model.change({ to })}
          />
        </>
      )}
      <CampaignFilter value={campaign} onChange={(id) => model.change({ campaign: id })} />
    </div>
  )
}

function DayChoice({ model, today }: { model: ReportsModel; today: string }) {
  return (
    <div class="choices">
      <TextField
        type="date"
        label="At the end of"
        max={today}
        value={model.query.value.asOf ?? today}
        onInput={(asOf) => asOf && model.change({ asOf: asOf === today ? null : asOf })}
      />
    </div>
  )
}

const yearsBack = 6

function YearChoice({ model, today }: { model: ReportsModel; today: string }) {
  const thisYear = today.slice(0, 4)
  const year = model.query.value.year ?? thisYear
  const recent = Array.from({ length: yearsBack }, (_, back) => String(Number(thisYear) - back))
  const years = [...new Set([year, ...recent])].sort().reverse()
  return (
    <div class="choices">
      <Select
        label="Year"
        value={year}
        options={years.map((value) => ({ value, label: value }))}
        onChange={(value) => model.change({ year: value === thisYear ? null : value })}
      />
    </div>
  )
}

function Choice(props: { model: ReportsModel; today: string }) {
  const { report } = props.model.query.value
  if (report === 'outstanding') return <DayChoice {...props} />
  return report === 'cash' ? <YearChoice {...props} /> : <PeriodChoice {...props} />
}

function Body({ model }: { model: ReportsModel }) {
  const { report } = model.query.value
  const resource = model[report]
  if (resource.failure.value) {
    return (
      <ErrorState level={2} title="The report did not load" onRetry={resource.load}>
        {loadFailureText(resource.failure.value)}
      </ErrorState>
    )
  }
  const { funnel, outstanding, advocates, cash } = model
  if (report === 'funnel' && funnel.data.value) return <Funnel report={funnel.data.value} words={createDayFormat} />
  if (report === 'outstanding' && outstanding.data.value)
    return <Outstanding report={outstanding.data.value} words={createDayFormat} model={model} />
  if (report === 'cash' && cash.data.value) return <CashRewards report={cash.data.value} model={model} />
  if (report === 'advocates' && advocates.data.value) return <TopAdvocates report={advocates.data.value} />
  return <Skeleton rows={8} label="Loading the report" />
}

/** What the program earns, costs and owes. */
export function ReportsPage() {
  const { client, me, now } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const { timeZone } = me.organization
  const model = useMemo(
    () => createReports({ client, navigate: route, today: () => dayIn(timeZone, Date.now()) }),
    [client, timeZone],
  )
  useEffect(() => model.show(readReportQuery(query)), [model, query])
  const today = dayIn(timeZone, now.value)
  const { report } = model.query.value
  return (
    <Page
      title="Reports"
      actions={
        <a class="btn" href={model.tableAddress()} download>
          <Icon name="download" />
          Export CSV
        </a>
      }
    >
      <div class="reports" aria-busy={model[report].loading.value}>
        <Tabs
          id={tabsId}
          label="Report"
          value={report}
          tabs={tabs}
          onChange={(value) => model.change({ report: value })}
        />
        <TabPanel id={tabsId} value={report}>
          <Choice model={model} today={today} />
          <Body model={model} />
        </TabPanel>
      </div>
    </Page>
  )
}
