import type { Connection } from '@goodword/contracts'
import { mappedKinds } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { JobsFrame } from '../jobs/jobs.frame.tsx'
import { ActivityCard } from './activity.card.tsx'
import { ConnectionDialogs } from './connection.dialogs.tsx'
import { type ConnectionsModel, connectPath, createConnections, mappingPath } from './connections.model.ts'
import { KindChoice } from './kindChoice.tsx'
import { kindTexts } from './kinds.labels.ts'
import { SendHereCard } from './sendHere.card.tsx'
import { TryItCard } from './tryIt.card.tsx'
import './connections.css'

function EventsCard({ connection, busy, onRetry }: { connection: Connection; busy: boolean; onRetry: () => void }) {
  const { heading, events } = kindTexts[connection.kind]
  const isMapped = mappedKinds.includes(connection.kind)
  const { mappingVersion } = connection
  const needsMapping = connection.kind === 'token' && mappingVersion === null
  return (
    <section class="card">
      <header>
        <h2>2. {mappingVersion === null ? heading : 'Your own events'}</h2>
        {isMapped && (
          <ButtonLink size="sm" icon="pencil" href={mappingPath(connection.id)}>
            {mappingVersion === null ? (needsMapping ? 'Set up mapping' : 'Map another shape') : 'Edit mapping'}
          </ButtonLink>
        )}
      </header>
      {needsMapping && (
        <p class="body">
          Nothing is used before you map it: paste one body as your tool sends it, and choose where things are. Events
          that arrive until then are kept.
        </p>
      )}
      {mappingVersion === null && !needsMapping && (
        <Table caption="Events and what Goodword does" name="event-kinds">
          <TableHead columns={['Event', 'What Goodword does', 'Needs']} />
          <tbody>
            {events.map(({ event, does, needs }) => (
              <tr key={event}>
                <td class="mono">{event}</td>
                <td>{does}</td>
                <td class="muted">{needs}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {mappingVersion !== null && (
        <div class="body stack">
          <p>They are read by your mapping, version {mappingVersion}.</p>
          <Button icon="retry" busy={busy} onClick={onRetry}>
            Read earlier events again
          </Button>
        </div>
      )}
    </section>
  )
}

function Picker({ model, connection, retry }: { model: ConnectionsModel; connection: Connection; retry: () => void }) {
  const { route } = useLocation()
  const items = model.list.data.value?.items ?? []
  const isPaused = connection.state === 'paused'
  const actions: MenuItem[] = [
    { label: 'Rename…', icon: 'pencil', run: () => model.ask('rename') },
    { label: 'Read all events again', icon: 'retry', run: retry },
    {
      label: isPaused ? 'Resume' : 'Pause',
      icon: isPaused ? 'converted' : 'clock',
      run: () => void model.update({ isPaused: !isPaused }),
    },
    { label: 'Delete…', icon: 'trash', danger: true, run: () => model.ask('remove') },
  ]
  return (
    <div class="connection-picker">
      {items.length > 1 ? (
        <Menu
          label={`Connection: ${connection.name}`}
          buttonClass="btn"
          items={items.map(({ id, name }) => ({
            label: name,
            checked: id === connection.id,
            run: () => route(connectPath(id)),
          }))}
        >
          Connection: <b>{connection.name}</b>
          <Icon name="chevron-down" />
        </Menu>
      ) : (
        <h2>{connection.name}</h2>
      )}
      <span class="tag">{kindTexts[connection.kind].label}</span>
      <span class="grow" />
      <Menu label={`Actions for ${connection.name}`} buttonClass="btn square" items={actions}>
        <Icon name="ellipsis" />
      </Menu>
    </div>
  )
}

function ConnectionView({ model, connection }: { model: ConnectionsModel; connection: Connection }) {
  const { toasts } = useConsole()
  const [choosing, setChoosing] = useState(false)
  const retry = async () => {
    const count = await model.retryAll()
    if (count !== null)
      toasts.show({
        icon: 'retry',
        text: count === 0 ? 'There is no event to read again.' : `${pluralize(count, 'event')} being read again.`,
      })
  }
  return (
    <>
      <Picker model={model} connection={connection} retry={() => void retry()} />
      {connection.state === 'paused' && (
        <Notice
          tone="warn"
          action={
            <Button size="sm" onClick={() => void model.update({ isPaused: false })}>
              Resume
            </Button>
          }
        >
          Paused: events are saved and not used. Resume it, then read them again.
        </Notice>
      )}
      <div class="connect">
        <div class="col">
          <SendHereCard model={model} connection={connection} />
          <EventsCard connection={connection} busy={model.busy.value === 'retry'} onRetry={() => void retry()} />
          <TryItCard model={model} connection={connection} />
        </div>
        <div class="col">
          <ActivityCard model={model} connection={connection} />
          {choosing ? (
            <KindChoice model={model} title="Connect another system" />
          ) : (
            <section class="card">
              <header>
                <h2>More than one system?</h2>
              </header>
              <div class="body stack">
                <p>Each gets an address and a secret of its own.</p>
                <Button icon="plus" onClick={() => setChoosing(true)}>
                  Connect another system
                </Button>
              </div>
            </section>
          )}
          <NoSystemCard />
        </div>
      </div>
    </>
  )
}

function NoSystemCard() {
  return (
    <section class="card">
      <header>
        <h2>No system that can send?</h2>
      </header>
      <div class="body stack">
        <p>
          Use <b>Job finished</b> at the top, or a spreadsheet once a week. Both do the same as an event.
        </p>
        <ButtonLink icon="inbox" href="/console/jobs/import">
          Import finished jobs
        </ButtonLink>
      </div>
    </section>
  )
}

function Body({ model }: { model: ConnectionsModel }) {
  const { data, failure } = model.list
  if (failure.value && !data.value) {
    return (
      <ErrorState card level={2} title="Your connections did not load" onRetry={() => void model.load()}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={6} label="Loading your connections" />
  const connection = model.current.value
  if (!connection)
    return (
      <div class="connect first">
        <KindChoice model={model} title="Where do you finish jobs?" />
        <NoSystemCard />
      </div>
    )
  return <ConnectionView key={connection.id} model={model} connection={connection} />
}

function Connect() {
  const { client, jobs } = useConsole()
  const query = useRouteQuery()
  const model = useMemo(() => createConnections({ client, changed: () => void jobs.load() }), [client, jobs])
  useEffect(() => void model.load(), [model])
  useEffect(() => model.show(query.connection ?? null), [model, query])
  // It may be about something far down the page.
  const problem = model.problem.value
  useEffect(() => {
    if (problem) scrollTo(0, 0)
  }, [problem])
  return (
    <>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Body model={model} />
      <ConnectionDialogs model={model} />
    </>
  )
}

/** The systems that report jobs: their addresses, secrets and mappings, and how they are doing. */
export function ConnectPage() {
  const admin = isAdmin(useConsole().me)
  return (
    <JobsFrame>
      {admin ? (
        <Connect />
      ) : (
        <EmptyState card level={2} icon="lock" title="For owners and admins">
          Ask one of them to connect your job system. Your role is staff.
        </EmptyState>
      )}
    </JobsFrame>
  )
}
