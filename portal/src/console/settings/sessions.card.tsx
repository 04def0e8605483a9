import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import { createSessions, describeBrowser, type SessionsModel } from './members.model.ts'

function Rows({ model }: { model: SessionsModel }) {
  const { now, me } = useConsole()
  const { data, failure } = model.list
  if (!data.value && failure.value) {
    return (
      <ErrorState title="Your browsers did not load" onRetry={model.list.load}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={2} label="Loading your browsers" />
  const zone = me.organization.timeZone
  return (
    <ul class="rows">
      {data.value.items.map((session) => {
        const browser = describeBrowser(session.userAgent)
        return (
          <li key={session.id}>
            <span class="what">
              <b>{browser}</b>
              <small>
                Signed in {formatAgo(session.createdAt, now.value, zone)}
                {!session.current && ` · seen ${formatAgo(session.lastSeenAt, now.value, zone)}`}
              </small>
            </span>
            {session.current ? (
              <span class="tag">This browser</span>
            ) : (
              <Button size="sm" busy={model.ending.busy.value} onClick={() => void model.end(session)}>
                Sign out
                <span class="sr-only"> {browser}</span>
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Every browser the signed-in member uses. */
export function SessionsCard() {
  const { client } = useConsole()
  const model = useMemo(() => createSessions({ client }), [client])
  useEffect(() => void model.list.load(), [model])
  const several = (model.list.data.value?.items.length ?? 0) > 1
  return (
    <section class="card">
      <header>
        <h2>Where you are signed in</h2>
        {several && (
          <Button size="sm" busy={model.ending.busy.value} onClick={() => void model.endOthers()}>
            Sign out everywhere else
          </Button>
        )}
      </header>
      {model.ending.failure.value && <Notice tone="bad">{model.ending.failure.value.sentence}</Notice>}
      <Rows model={model} />
    </section>
  )
}
