import type { FinishJob } from '@goodword/contracts'
import { eventOf, type JobEvent } from './jobEvent.ts'

/** What a person entered about a job, as events: the score first, then that the job is done. */
export function eventsOfEntry(
  { title, value, score, state }: Pick<FinishJob, 'title' | 'value' | 'score' | 'state'>,
  currency: string,
): JobEvent[] {
  const said = {
    title: title || null,
    value: value === undefined ? null : { amount: value, currency },
  }
  const events = [
    ...(score === undefined ? [] : [eventOf('review.received', { score })]),
    eventOf(state === 'invoiced' ? 'job.invoiced' : 'job.completed', said),
  ]
  return events.flatMap((reading) => (reading.is === 'event' ? [reading.event] : []))
}
