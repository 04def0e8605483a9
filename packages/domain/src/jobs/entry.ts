import type { FinishJob } from '@goodword/contracts'
import { eventOf, type JobEvent } from './jobEvent.ts'

/**
 * What a person entered about a job, as events: the score first, then that the job is done. `finishedAt`: when that was; now
 * if they don't say.
 */
export function eventsOfEntry(
  { title, value, score, state }: Pick<FinishJob, 'title' | 'value' | 'score' | 'state'>,
  currency: string,
  finishedAt: number | null = null,
): JobEvent[] {
  const occurredAt = finishedAt
  const said = {
    title: title || null,
    value: value === undefined ? null : { amount: value, currency },
  }
  const events = [
    ...(score === undefined ? [] : [eventOf('review.received', { score, occurredAt })]),
    eventOf(state === 'invoiced' ? 'job.invoiced' : 'job.completed', { ...said, occurredAt }),
  ]
  return events.flatMap((reading) => (reading.is === 'event' ? [reading.event] : []))
}
