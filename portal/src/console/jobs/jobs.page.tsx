import { jobEventTabs, jobEventTypes } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { pluralize, zoneName } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { EventDialogs } from './eventDialogs.tsx'
import { EventRow } from './eventRow.tsx'
import { tabLabels } from './jobEvent.labels.ts'
import {
  createJobEvents,
  isFiltered,
  type JobEventsModel,
  noFilter,
  type Period,
  periods,
  readJobEventsQuery,
} from './jobEvents.model.ts'
import { JobsFrame } from './jobs.frame.tsx'
import { useJobsFrame } from './jobsFrame.context.ts'

const tabsId = 'job-events'
/** After so long, an event that was just received is looked at again. */
const readInMs = 1_000

function Filters({ model }: { model: JobEventsModel }) {
  const { me, now } = useConsole()
  const { type, period, connectionId, jobId } = model.query.value
  const from = period ? periods[period] : 'Any time'
  return (
    <div class="tools">
      <SearchBox
        label="Search events"
        placeholder="Customer, job"
        value={model.search.value}
        onInput={model.typeSearch}
        onDone={model.searchNow}
      />
      <Menu
        label={`Event: ${type ?? 'All'}`}
        buttonClass="btn"
        items={[
          { label: 'All', checked: type === null, run: () => model.change({ type: null }) },
          ...jobEventTypes.map((one) => ({
            label: one,
            checked: one === type,
            run: () => model.change({ type: one }),
          })),
        ]}
      >
        Event: <b>{type ?? 'All'}</b>
        <Icon name="chevron-down" />
      </Menu>
      <Menu
        label={`From: ${from}`}
        buttonClass="btn"
        items={[
          { label: 'Any time', checked: period === null, run: () => model.change({ period: null }) },
          ...(Object.keys(periods) as Period[]).map((one) => ({
            label: periods[one],
            checked: one === period,
            run: () => model.change({ period: one }),
          })),
        ]}
      >
        From: <b>{from}</b>
        <Icon name="chevron-down" />
      </Menu>
      {(connectionId || jobId) && (
        <Button size="sm" look="tint" onClick={() => model.change({ connectionId: null, jobId: null })}>
          <span class="sr-only">Remove filter: </span>
          {jobId ? 'One job' : 'One connection'}
          <Icon name="x" />
        </Button>
      )}
      <span class="grow" />
      <span class="muted num">Times are in {zoneName(me.organization.timeZone, now.value)}. Kept for 90 days</span>
    </div>
  )
}

function NoEvents({ model }: { model: JobEventsModel }) {
  const { finishJob } = useJobsFrame()
  const admin = isAdmin(useConsole().me)
  if (isFiltered(model.query.value)) {
    return (
      <EmptyState
        level={2}
        icon="search"
        title="No event matches"
        actions={<Button onClick={() => model.change(noFilter)}>Show all</Button>}
      />
    )
  }
  return (
    <EmptyState
      level={2}
      icon="wrench"
      title="No job has arrived yet"
      actions={
        <>
          {admin && <ButtonLink href="/console/jobs/connect">Connect a system</ButtonLink>}
          <Button onClick={finishJob}>Job finished…</Button>
        </>
      }
    >
      Everything your systems report shows up here, with what it did or why it did nothing.
    </EmptyState>
  )
}

/** Says for a week after a system was connected that its old jobs ask nobody. */
function OldJobs() {
  const { now } = useConsole()
  const { connections } = useJobsFrame()
  const fresh = connections.filter(
    ({ historyJobs, createdAt }) => historyJobs > 0 && now.value - Date.parse(createdAt) < 7 * dayMs,
  )
  return (
    <>
      {fresh.map(({ id, name, historyJobs }) => (
        <Notice key={id} tone="info">
          {pluralize(historyJobs, 'old job')} came from {name}. Nobody is asked about old jobs, and they convert only by
          hand.
        </Notice>
      ))}
    </>
  )
}

function Feed() {
  const { client, jobs, now } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createJobEvents({ client, navigate: route, counts: jobs }), [client, jobs])
  const query = useRouteQuery(model.cancelSearch)
  useEffect(() => model.show(readJobEventsQuery(query)), [model, query])
  // What arrives while the page is open shows up by itself.
  const minute = now.value
  useEffect(() => {
    if (document.visibilityState === 'visible') void jobs.load()
  }, [jobs, minute])
  const counts = jobs.data.value
  const state = counts && JSON.stringify(counts)
  const known = useRef(state)
  useEffect(() => {
    if (known.current && known.current !== state) void model.page.load()
    known.current = state
  }, [model, state])
  // What has just arrived is read in a moment.
  const items = model.page.data.value?.items
  useEffect(() => {
    if (!items?.some(({ outcome }) => outcome === 'received')) return
    const timer = setTimeout(() => void Promise.all([model.page.load(), jobs.load()]), readInMs)
    return () => clearTimeout(timer)
  }, [model, jobs, items])
  const { tab } = model.query.value
  return (
    <section class="card list first" aria-label="What happened" aria-busy={model.page.loading.value}>
      <Tabs
        id={tabsId}
        label="Outcome"
        value={tab ?? 'all'}
        tabs={[
          { value: 'all' as const, label: 'All', count: counts?.total },
          ...jobEventTabs.map((value) => ({ value, ...tabLabels[value], count: counts?.tabs[value] })),
        ]}
        onChange={(value) => model.change({ tab: value === 'all' ? null : value })}
      />
      <TabPanel id={tabsId} value={tab ?? 'all'}>
        <Filters model={model} />
        <OldJobs />
        {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
        <PagedBody list={model} title="Events" empty={<NoEvents model={model} />}>
          {(items) => (
            <ol class="job-events">
              {items.map((event) => (
                <EventRow key={event.id} event={event} model={model} />
              ))}
            </ol>
          )}
        </PagedBody>
      </TabPanel>
      <EventDialogs model={model} />
    </section>
  )
}

/** What connected systems reported, what it did, and why it did nothing. */
export function JobsPage() {
  return (
    <JobsFrame>
      <Feed />
    </JobsFrame>
  )
}
