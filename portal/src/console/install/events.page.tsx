import { embedEventKinds } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { createEvents, type EventsModel, outcomeLabels, outcomes, readEventsQuery } from './events.model.ts'
import { EventRow, kindLabels } from './latestEvents.tsx'
import './install.css'

const tabsId = 'arrivals-outcome'

function Filters({ model }: { model: EventsModel }) {
  const { kind, site } = model.query.value
  const known = model.sites.data.value?.items.map(({ origin }) => origin) ?? []
  const origins = site && !known.includes(site) ? [...known, site] : known
  return (
    <div class="event-filters">
      <Select
        label="Kind"
        value={kind ?? 'all'}
        options={[
          { value: 'all' as const, label: 'Everything' },
          ...embedEventKinds.map((value) => ({ value, label: kindLabels[value] })),
        ]}
        onChange={(value) => model.change({ kind: value === 'all' ? null : value })}
      />
      <Select
        label="Website"
        value={site ?? ''}
        options={[
          { value: '', label: 'Every website' },
          ...origins.map((origin) => ({ value: origin, label: origin.replace(/^https?:\/\//, '') })),
        ]}
        onChange={(value) => model.change({ site: value || null })}
      />
    </div>
  )
}

function NothingArrived({ model }: { model: EventsModel }) {
  const { outcome, kind, site } = model.query.value
  if (outcome !== 'all' || kind || site) {
    return (
      <EmptyState
        level={2}
        icon="search"
        title="No activity matches"
        actions={<Button onClick={() => model.change({ outcome: 'all', kind: null, site: null })}>Show all</Button>}
      />
    )
  }
  return (
    <EmptyState level={2} icon="radio" title="No activity yet">
      Every form, visit and referral from your website shows up here for 30 days, with why it was or wasn’t attributed.
    </EmptyState>
  )
}

function List({ model }: { model: EventsModel }) {
  return (
    <PagedBody list={model} title="Website activity" empty={<NothingArrived model={model} />}>
      {(items) => (
        <ul class="website-events">
          {items.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      )}
    </PagedBody>
  )
}

/** Events from websites, and why each was or was not attributed. */
export function EventsPage() {
  const { client } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createEvents({ client, navigate: route }), [client])
  useEffect(() => void model.sites.load(), [model])
  useEffect(() => model.show(readEventsQuery(query)), [model, query])
  const { outcome } = model.query.value
  return (
    <Page title="Website activity" crumb={{ href: '/console/install', label: 'Install' }}>
      <section class="card list" aria-label="Website activity" aria-busy={model.page.loading.value}>
        <Tabs
          id={tabsId}
          label="Outcome"
          value={outcome}
          tabs={outcomes.map((value) => ({ value, label: outcomeLabels[value] }))}
          onChange={(value) => model.change({ outcome: value })}
        />
        <TabPanel id={tabsId} value={outcome}>
          <Filters model={model} />
          <List model={model} />
        </TabPanel>
      </section>
    </Page>
  )
}
