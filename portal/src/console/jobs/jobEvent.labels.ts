import type { JobEvent, JobEventTab } from '@goodword/contracts'
import { dayIn } from '@goodword/domain'
import type { IconName } from '../../shared/ui/icon.tsx'
import { dayAndTime } from '../core/relativeDates.ts'
import { factsOf } from './eventFacts.ts'

export const tabLabels: Record<JobEventTab, { label: string; icon: IconName }> = {
  needs_you: { label: 'Needs you', icon: 'alert' },
  did_something: { label: 'Did something', icon: 'converted' },
  did_nothing: { label: 'Did nothing', icon: 'minus' },
  refused: { label: 'Refused', icon: 'declined' },
}

/** How an outcome is marked: done, will happen, needs you, nothing, refused. */
export function markOf({ tab, outcome }: Pick<JobEvent, 'tab' | 'outcome'>): { tone: string; icon: IconName } {
  if (tab === 'needs_you') return { tone: 'ask', icon: 'alert' }
  if (outcome === 'waiting' || outcome === 'received') return { tone: 'wait', icon: 'clock' }
  if (tab === 'did_something') return { tone: 'ok', icon: 'converted' }
  return tab === 'refused' ? { tone: 'bad', icon: 'declined' } : { tone: '', icon: 'minus' }
}

/** Who an event is about: a contact, else what is known instead. */
export function whomOf({ contact, connection, reason }: Pick<JobEvent, 'contact' | 'connection' | 'reason'>): string {
  if (contact) return contact.name || 'No name'
  if (reason === 'request_refused') return 'Unknown sender'
  return connection && reason !== null ? connection.name : 'Nobody named'
}

/** "Job 4471, drain cleaning", "Job 4452, $840.00", "Job 4468, score 5 of 5". */
export function jobLine(
  { job, facts, contact, connection, outcome }: Pick<JobEvent, 'job' | 'facts' | 'contact' | 'connection' | 'outcome'>,
  currency: string,
): string {
  const known = factsOf(facts, currency)
  const number = job?.externalId ?? known.text('job')
  const [change, score] = [known.number('change') ?? 0, known.number('score')]
  const refund = change === 0 ? null : `${known.money('change')} ${change < 0 ? 'given back' : 'back'}`
  const about = refund ?? (score === null ? null : `score ${score} of 5`) ?? job?.title ?? known.money('value')
  if (number !== null) return [`Job ${number}`, about].filter(Boolean).join(', ')
  if (job) return about ?? 'A job'
  if (about !== null) return about
  const from = known.text('from')
  if (from !== null) return `From ${from}`
  if (contact && connection) return `From ${connection.name}`
  return outcome === 'received' ? 'Not read yet' : 'Not used'
}

/** "9:42 AM" today, "Nov 29, 6:12 PM" before. */
export function eventTime(moment: string, now: number, timeZone: string): string {
  const text = dayAndTime(moment, now, timeZone)
  const isToday = dayIn(timeZone, Date.parse(moment)) === dayIn(timeZone, now)
  return isToday ? text.slice(text.lastIndexOf(', ') + 2) : text
}
