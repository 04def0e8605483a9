import type { JobEventDetail } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { isDecision } from './decisions.ts'
import { EventSentence } from './eventSentence.tsx'
import { indentJson } from './indentJson.ts'
import { jobLine, whomOf } from './jobEvent.labels.ts'
import { type JobEventsModel, noFilter, writeJobEventsQuery } from './jobEvents.model.ts'

/** "4 seconds behind ours", "in step with ours". */
export function clockText(differenceMs: number): string {
  const seconds = Math.round(Math.abs(differenceMs) / 1_000)
  if (seconds === 0) return 'In step with ours'
  return `${seconds === 1 ? '1 second' : `${seconds} seconds`} ${differenceMs < 0 ? 'behind' : 'ahead of'} ours`
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Facts({ event, model }: { event: JobEventDetail; model: JobEventsModel }) {
  const { now, me } = useConsole()
  const at = (moment: string) => dayAndTime(moment, now.value, me.organization.timeZone)
  const { contact, job, connection, deliveryId, duplicateOf } = event
  const sent = event.sentType !== null && event.sentType !== event.type ? ` (sent as ${event.sentType})` : ''
  return (
    <dl class="rows">
      <Line name="Event">
        {event.type ?? 'Not read'}
        {sent}
      </Line>
      {event.occurredAt && <Line name="Happened">{at(event.occurredAt)}</Line>}
      <Line name="Arrived">{at(event.receivedAt)}</Line>
      <Line name="From">{connection?.name ?? 'Your team'}</Line>
      {contact && (
        <Line name="Customer">
          <a href={`/console/contacts/${contact.id}`}>{contact.name || 'No name'}</a>
        </Line>
      )}
      {job && (
        <Line name="Job">
          <a href={writeJobEventsQuery({ ...noFilter, jobId: job.id, cursor: null })} onClick={model.close}>
            All events of this job
          </a>
        </Line>
      )}
      {event.facts.twice === true && typeof event.facts.referralId === 'string' && (
        <Line name="To mend it">
          <a href={`/console/referrals/${event.facts.referralId}`}>Open the rewards</a>, choose the one to take back,
          and give a reason. Then mark this as done.
        </Line>
      )}
      {duplicateOf && (
        <Line name="Repeats">
          <button class="link" type="button" onClick={() => model.open(duplicateOf)}>
            Open the first one
          </button>
        </Line>
      )}
      {event.waitsUntil && <Line name="Waits until">{at(event.waitsUntil)}</Line>}
      {deliveryId && (
        <Line name="Delivery">
          <code>{deliveryId}</code>
        </Line>
      )}
      {connection && event.clockDifferenceMs !== null && <Line name="Clock">{clockText(event.clockDifferenceMs)}</Line>}
      {event.mappingVersion !== null && <Line name="Mapping">Version {event.mappingVersion}</Line>}
    </dl>
  )
}

function Payload({ payload }: { payload: string }) {
  return (
    <div class="code">
      <div class="bar">
        <span>What was sent</span>
        <CopyButton text={payload} what="what was sent" />
      </div>
      <pre>{indentJson(payload)}</pre>
    </div>
  )
}

function Content({ model }: { model: JobEventsModel }) {
  const event = model.detail.data.value
  const failure = model.detail.failure.value
  if (failure) {
    return (
      <ErrorState title="The event did not load" onRetry={model.detail.load}>
        {loadFailureText(failure)}
      </ErrorState>
    )
  }
  if (!event) return <Skeleton rows={3} label="Loading the event" />
  return (
    <div class="job-event">
      <EventSentence event={event} />
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      <Facts event={event} model={model} />
      {event.payload === null
        ? event.connection && (
            <p class="muted">
              {event.reason === 'request_refused'
                ? 'What was sent wasn’t kept, because it may have come from anybody.'
                : 'What was sent has been deleted.'}
            </p>
          )
        : event.payload !== '' && <Payload payload={event.payload} />}
    </div>
  )
}

/** One event: what it did, what was sent, and what can be done about it. */
export function EventDialog({ model }: { model: JobEventsModel }) {
  const { currency } = useConsole().me.organization
  const event = model.detail.data.value
  const busy = event !== null && model.busy.value === event.id
  return (
    <Dialog
      title={event ? whomOf(event) : 'Event'}
      description={event ? jobLine(event, currency) : undefined}
      onClose={model.close}
      actions={
        <>
          {event?.needsPerson && event.job && event.effects.some(isDecision) && (
            <Button look="primary" onClick={() => model.decide(event.job?.id ?? null)}>
              Review…
            </Button>
          )}
          {event?.needsPerson && !event.effects.some(isDecision) && (
            <Button busy={busy} onClick={() => void model.markDone(event.id)}>
              Mark as done
            </Button>
          )}
          {event?.canRetry && (
            <Button icon="retry" busy={busy} onClick={() => void model.retry(event.id)}>
              Try again
            </Button>
          )}
          <Button onClick={model.close}>Close</Button>
        </>
      }
    >
      <Content model={model} />
    </Dialog>
  )
}
