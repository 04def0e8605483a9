import type { WebhookAttempt, WebhookDeliveryDetail } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, pluralize } from '../core/relativeDates.ts'
import { DeliveryBadge } from './log.tsx'
import type { WebhookModel } from './webhook.model.ts'

/** The body, indented. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}

function Attempt({ attempt, number }: { attempt: WebhookAttempt; number: number }) {
  const { now, me } = useConsole()
  const result = attempt.status === null ? 'No response' : `Responded ${attempt.status}`
  const headers = Object.entries(attempt.requestHeaders)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
  return (
    <details class="attempt" open={number === 0}>
      <summary>
        <b>{result}</b>
        <small>
          {dayAndTime(attempt.at, now.value, me.organization.timeZone)}, {countText(attempt.tookMs)} ms
        </small>
      </summary>
      {attempt.error && <Notice tone="warn">{attempt.error}</Notice>}
      <h4>Request headers</h4>
      <pre>{headers}</pre>
      <h4>Answer</h4>
      <pre>{attempt.answer || '(empty)'}</pre>
    </details>
  )
}

function Facts({ delivery }: { delivery: WebhookDeliveryDetail }) {
  const { now, me } = useConsole()
  const zone = me.organization.timeZone
  return (
    <div class="delivery">
      <dl class="rows">
        <div>
          <dt>Status</dt>
          <dd>
            <DeliveryBadge state={delivery.state} />
          </dd>
        </div>
        <div>
          <dt>Sent to</dt>
          <dd class="mono">{delivery.url}</dd>
        </div>
        <div>
          <dt>webhook-id</dt>
          <dd class="mono">{delivery.eventId}</dd>
        </div>
        <div>
          <dt>Happened</dt>
          <dd>{dayAndTime(delivery.createdAt, now.value, zone)}</dd>
        </div>
        {delivery.nextAttemptAt && (
          <div>
            <dt>Next try</dt>
            <dd>{dayAndTime(delivery.nextAttemptAt, now.value, zone)}</dd>
          </div>
        )}
      </dl>
      <section>
        <header>
          <h3>Body</h3>
          <CopyButton text={delivery.payload} what="the body" />
        </header>
        <pre>{pretty(delivery.payload)}</pre>
      </section>
      <section>
        <header>
          <h3>
            {delivery.tries.length === 0 ? 'Not attempted yet' : pluralize(delivery.tries.length, 'try', 'tries')}
          </h3>
        </header>
        {delivery.tries.map((attempt, index) => (
          <Attempt key={attempt.id} attempt={attempt} number={index} />
        ))}
      </section>
    </div>
  )
}

/** One event's delivery to one endpoint: the request and response of each attempt. */
export function DeliveryDialog({ model, writable }: { model: WebhookModel; writable: boolean }) {
  const delivery = model.detail.data.value
  const failure = model.detail.failure.value
  const off = model.endpoint.data.value?.state === 'disabled'
  return (
    <Dialog
      title={delivery?.type ?? 'Delivery'}
      size="wide"
      onClose={model.close}
      actions={
        <>
          {delivery && writable && !off && (
            <Button
              icon="retry"
              busy={model.busy.value === `replay ${delivery.id}`}
              onClick={() => void model.replay(delivery.id)}
            >
              Send again
            </Button>
          )}
          <Button look="primary" onClick={model.close}>
            Close
          </Button>
        </>
      }
    >
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      {failure && !delivery && (
        <ErrorState title="The delivery did not load" onRetry={model.detail.load}>
          {loadFailureText(failure)}
        </ErrorState>
      )}
      {!failure && !delivery && <Skeleton rows={4} label="Loading the delivery" />}
      {delivery && <Facts delivery={delivery} />}
    </Dialog>
  )
}
