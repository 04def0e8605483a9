import type { InstallCheck } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { formatAgo } from '../core/relativeDates.ts'
import { type Check, installationChecks, latestSite } from './checks.ts'
import type { InstallModel } from './install.model.ts'

const icons: Record<Check['state'], IconName> = { done: 'converted', waiting: 'pending', wrong: 'alert' }
const statusLabels: Record<Check['state'], string> = { done: 'Done', waiting: 'Waiting', wrong: 'Fix this' }

/** "35 min ago", at the five-second precision of the checker. */
function useFormatAgo() {
  const { now, me } = useConsole()
  return (moment: string) => formatAgo(moment, Math.max(now.value, Date.now()), me.organization.timeZone)
}

function CheckRow({ check, model, writable }: { check: Check; model: InstallModel; writable: boolean }) {
  const since = useFormatAgo()
  const { allow } = check
  return (
    <li class={check.state}>
      <Icon name={icons[check.state]} />
      <div>
        <p class="what">
          <b>{check.title}</b>
          <small>{check.at ? since(check.at) : statusLabels[check.state]}</small>
        </p>
        {check.detail && <p class="detail">{check.detail}</p>}
        {check.fix && (
          <div class="fix">
            <code>{check.fix}</code>
            <CopyButton iconOnly text={check.fix} what={`the line ${check.fix}`} />
          </div>
        )}
        {allow && writable && (
          <Button size="sm" icon="plus" busy={model.adding.busy.value} onClick={() => void model.allow(allow)}>
            Allow it
          </Button>
        )}
      </div>
    </li>
  )
}

const hostName = (origin: string) => origin.replace(/^https?:\/\//, '')

function Ping({ known }: { known: InstallCheck }) {
  const since = useFormatAgo()
  const seen = latestSite(known)
  const how = seen?.lastVersion ? `, tag ${seen.lastVersion}` : ''
  return (
    <div class="ping">
      <span class={seen ? 'status-dot ok' : 'status-dot'}>
        <Icon name={seen ? 'activity' : 'radio'} />
      </span>
      <span>
        <b>{seen ? `Receiving from ${hostName(seen.origin)}` : 'Listening for your website'}</b>
        <small>
          {seen?.lastSeenAt
            ? `Last seen ${since(seen.lastSeenAt)}${how}`
            : 'Open a page that has the snippet. It shows up here within 5 seconds.'}
        </small>
      </span>
    </div>
  )
}

/** Checks every five seconds whether events arrive, and shows what is missing and how to fix it. */
export function Checker({ model, writable }: { model: InstallModel; writable: boolean }) {
  const { data, failure } = model.check
  return (
    <section class="card checker">
      <header>
        <h2>Install checker</h2>
        <span class="tag">
          <Icon name="radio" />
          Live
        </span>
      </header>
      {!data.value && failure.value && (
        <ErrorState title="The checker did not load" onRetry={model.poll}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={4} label="Loading the checker" />}
      {data.value && (
        <div aria-live="polite">
          <Ping known={data.value} />
          <ul class="checks">
            {installationChecks(data.value, location.origin).map((check) => (
              <CheckRow key={check.id} check={check} model={model} writable={writable} />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
