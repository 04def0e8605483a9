import type { UnderstoodEvent } from '@goodword/contracts'
import { formatAnyMoney } from '@goodword/domain'
import { showPhone } from '../../shared/phone.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { dayAndTime, pluralize } from '../core/relativeDates.ts'
import { noteSentences, sentenceOf } from '../jobs/jobEvent.sentences.ts'
import type { MappingEditor } from './mapping.model.ts'
import { typeLabels } from './mappingType.tsx'
import '../jobs/jobs.css'

function Line({ name, value }: { name: string; value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null || value === '' ? <span class="missing">Not found</span> : value}</dd>
    </div>
  )
}

function Understood({ event }: { event: UnderstoodEvent }) {
  const { me, now } = useConsole()
  const { currency, timeZone } = me.organization
  const said = {
    outcome: event.outcome === 'rejected' ? ('rejected' as const) : ('ignored' as const),
    reason: event.reason,
    facts: event.facts,
    notes: event.notes,
    contact: null,
    needsPerson: false,
  }
  if (event.outcome !== 'event') {
    const isBad = event.outcome === 'rejected'
    const { lead, rest } = event.reason === null ? { lead: 'Understood.', rest: '' } : sentenceOf(said, currency)
    return (
      <p class={`did ${isBad ? 'bad' : ''}`}>
        <Icon name={isBad ? 'declined' : 'minus'} />
        <span>
          <b>{lead}</b> {rest}
        </span>
      </p>
    )
  }
  const { person, value, score, refundAmount, type } = event
  const money = (amount: number | null) => (amount === null ? null : formatAnyMoney(amount, event.currency ?? currency))
  return (
    <>
      <p class="did ok">
        <Icon name="converted" />
        <span>
          <b>{type === null ? 'Understood' : typeLabels[type]}.</b> {noteSentences(said, currency).join(' ')}
        </span>
      </p>
      <dl class="rows">
        <Line name="Job" value={[event.jobId, event.title].filter(Boolean).join(', ')} />
        <Line name="Customer" value={person?.name ?? null} />
        <Line name="Phone" value={showPhone(person?.phone ?? null)} />
        <Line name="Email" value={person?.email ?? null} />
        <Line name="Value" value={money(value)} />
        {type === 'review.received' && <Line name="Score" value={score === null ? null : `${score} of 5`} />}
        {type === 'job.refunded' && <Line name="Refunded" value={money(refundAmount)} />}
        {event.occurredAt && <Line name="Happened" value={dayAndTime(event.occurredAt, now.value, timeZone)} />}
      </dl>
    </>
  )
}

/** What would be understood of the sample. */
export function UnderstoodCard({ model }: { model: MappingEditor }) {
  const { data, failure } = model.preview
  const events = data.value?.events ?? []
  const total = data.value?.total ?? 0
  return (
    <section class="card understood" aria-live="polite">
      <header>
        <h2>What we understand</h2>
        {total > 1 && <span class="muted">{pluralize(total, 'event')} in the sample</span>}
      </header>
      <div class="body stack">
        {failure.value && <Notice tone="bad">{loadFailureText(failure.value)}</Notice>}
        {!failure.value && events.length === 0 && (
          <p class="muted">
            {model.sample.value.trim() === ''
              ? 'Paste a sample, and you’ll see here what Goodword makes of it.'
              : 'Fill in what is missing, and you’ll see here what Goodword makes of the sample.'}
          </p>
        )}
        {events.slice(0, 5).map((event, at) => (
          <Understood key={`${at}`} event={event} />
        ))}
        {events.length > 5 && <p class="muted">And {pluralize(total - 5, 'more event', 'more events')}.</p>}
      </div>
    </section>
  )
}
