import type { JobEvent } from '@goodword/contracts'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import { isDecision, needsLook } from './decisions.ts'
import { EventSentence } from './eventSentence.tsx'
import { eventTime, jobLine, whomOf } from './jobEvent.labels.ts'
import type { JobEventsModel } from './jobEvents.model.ts'

/** What one can do about what followed from an event. */
function FollowUp({ event, model }: { event: JobEvent; model: JobEventsModel }) {
  const { now } = useConsole()
  const { job, effects } = event
  const referralId = effects.find(({ reason }) => reason === 'converted' || reason === 'rewarded_again')?.facts
    .referralId
  if (typeof referralId === 'string') {
    return (
      <ButtonLink size="sm" href={`/console/referrals/${referralId}`}>
        Referral<span class="sr-only"> of {whomOf(event)}</span>
      </ButtonLink>
    )
  }
  const ask = effects.find(({ reason }) => reason === 'ask_scheduled')
  const isOver = typeof ask?.facts.at === 'number' && ask.facts.at <= now.value
  if (!job || !ask || isOver) return null
  return (
    <Button
      size="sm"
      busy={model.busy.value === event.id}
      onClick={() => void model.holdBack(event.id, job.id, !job.dontAsk)}
    >
      {job.dontAsk ? 'Send after all' : 'Hold back'}
      <span class="sr-only"> the message to {whomOf(event)}</span>
    </Button>
  )
}

/** What one can do about an event without opening it. */
function RowAction({ event, model }: { event: JobEvent; model: JobEventsModel }) {
  if (event.reason === 'request_refused' && event.connection) {
    return (
      <ButtonLink size="sm" href={`/console/jobs/connect?connection=${event.connection.id}`}>
        Fix<span class="sr-only"> {event.connection.name}</span>
      </ButtonLink>
    )
  }
  if (event.tab !== 'needs_you') return <FollowUp event={event} model={model} />
  const { job } = event
  if (job && event.effects.some(isDecision)) {
    return (
      <Button size="sm" onClick={() => model.decide(job.id)}>
        Review…<span class="sr-only"> the job of {whomOf(event)}</span>
      </Button>
    )
  }
  const { twice, referralId } = event.facts
  if (twice === true && typeof referralId === 'string') {
    return (
      <ButtonLink size="sm" href={`/console/referrals/${referralId}`}>
        Rewards<span class="sr-only"> of {whomOf(event)}</span>
      </ButtonLink>
    )
  }
  const isDone = event.reason === 'job_completed' || event.reason === 'job_invoiced'
  if (isDone && event.contact && !event.effects.some(needsLook)) {
    return (
      <ButtonLink size="sm" href={`/console/contacts/${event.contact.id}`}>
        Add address<span class="sr-only"> of {event.contact.name}</span>
      </ButtonLink>
    )
  }
  return (
    <Button size="sm" busy={model.busy.value === event.id} onClick={() => void model.markDone(event.id)}>
      Done<span class="sr-only"> with the event of {whomOf(event)}</span>
    </Button>
  )
}

export function EventRow({ event, model }: { event: JobEvent; model: JobEventsModel }) {
  const { now, me } = useConsole()
  const whom = whomOf(event)
  return (
    <li>
      <time dateTime={event.receivedAt}>
        {eventTime(event.receivedAt, Math.max(now.value, Date.parse(event.receivedAt)), me.organization.timeZone)}
      </time>
      <span class="ev">{event.type ?? event.sentType ?? 'not read'}</span>
      <span class="whom">
        <button class="open strong" type="button" onClick={() => model.open(event.id)}>
          {whom}
          <span class="sr-only">, open the event</span>
        </button>
        <span class="sub num">{jobLine(event, me.organization.currency)}</span>
      </span>
      <EventSentence event={event} />
      <span class="act">
        <RowAction event={event} model={model} />
      </span>
    </li>
  )
}
