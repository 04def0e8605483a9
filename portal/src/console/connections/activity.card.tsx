import type { Connection } from '@goodword/contracts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, pluralize } from '../core/relativeDates.ts'
import { noFilter, writeJobEventsQuery } from '../jobs/jobEvents.model.ts'
import type { ConnectionsModel } from './connections.model.ts'
import { cureOf, refusalOf } from './refusal.sentences.ts'

const hoursMs = 24 * 3_600_000

/** The last request that was refused within these hours, and what may be wrong. */
function LastFailure({ connection }: { connection: Connection }) {
  const { now, me } = useConsole()
  const { lastFailure, lastSeenAt } = connection
  if (!lastFailure || now.value - Date.parse(lastFailure.at) > hoursMs) return null
  const refused = { ...connection, failure: lastFailure.reason }
  const isOver = lastSeenAt !== null && lastSeenAt > lastFailure.at
  return (
    <Notice tone={isOver ? 'info' : 'bad'}>
      <b>Refused: {refusalOf(refused)}</b> {dayAndTime(lastFailure.at, now.value, me.organization.timeZone)}, from{' '}
      {lastFailure.from}. {isOver && 'Others have been accepted since. '}
      {cureOf(refused)}
    </Notice>
  )
}

function StateMark({ connection }: { connection: Connection }) {
  const { state, lastSeenAt } = connection
  if (state === 'paused') return <span class="connection-state">Paused</span>
  if (state === 'no_secret' || state === 'secret_unreadable') {
    return (
      <span class="connection-state warn">
        <Icon name="alert" />
        {state === 'no_secret' ? 'No secret yet' : 'Secret can’t be read'}
      </span>
    )
  }
  return lastSeenAt === null ? (
    <span class="connection-state">
      <Icon name="clock" />
      No event yet
    </span>
  ) : (
    <span class="connection-state good">
      <Icon name="converted" />
      Working
    </span>
  )
}

/** What came of a connection's events in the last 24 hours. */
export function ActivityCard({ model, connection }: { model: ConnectionsModel; connection: Connection }) {
  const { data, failure } = model.activity
  const counts = data.value
  const lines: [string, number][] = counts
    ? [
        ['Events', counts.events],
        ['Sent twice, used once', counts.duplicates],
        ['Late, put in the right place', counts.late],
        ['Refused', counts.rejected],
      ]
    : []
  return (
    <section class="card">
      <header>
        <h2>Last 24 hours</h2>
        <StateMark connection={connection} />
      </header>
      <div class="body stack">
        {failure.value && <Notice tone="bad">{loadFailureText(failure.value)}</Notice>}
        {!counts && !failure.value && <Skeleton rows={2} label="Loading the last 24 hours" />}
        {counts && (
          <dl class="rows">
            {lines.map(([name, count]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{count >= 1_000 ? '1,000+' : count}</dd>
              </div>
            ))}
          </dl>
        )}
        <LastFailure connection={connection} />
        {connection.historyJobs > 0 && (
          <Notice tone="info">
            {pluralize(connection.historyJobs, 'old job')} came, too. Nobody is asked about old jobs, and they convert
            only by hand.
          </Notice>
        )}
        <a href={writeJobEventsQuery({ ...noFilter, connectionId: connection.id, cursor: null })}>
          All events of {connection.name}
        </a>
      </div>
    </section>
  )
}
