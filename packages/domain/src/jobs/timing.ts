import type { JobEventNote, JobEventType } from '@goodword/contracts'
import { dayMs } from '../days.ts'
import type { JobEvent, JobMarks } from './jobEvent.ts'

/** A sender's clock may be ahead by so much. */
const aheadMs = 5 * 60_000
/** Jobs that finished longer ago are history: nobody is asked about them, and they convert only by hand. */
export const historyMs = 7 * dayMs

/**
 * When an event happened. One that says nothing happened when it came, and so did one from the future: otherwise a wrong
 * year would be the newest for ever.
 */
export function settleTime(occurredAt: number | null, receivedAt: number): { at: number; isAhead: boolean } {
  const isAhead = occurredAt !== null && occurredAt > receivedAt + aheadMs
  return { at: occurredAt === null || isAhead ? receivedAt : occurredAt, isAhead }
}

/**
 * Whether a job is history, and how many days ago it finished: before the connection was made, or more than 7 days
 * before we heard of it. The day a system is connected, it may send years of jobs.
 */
export function historyOf(given: { finishedAt: number; connectedAt: number | null; receivedAt: number }) {
  const days = Math.max(0, Math.floor((given.receivedAt - given.finishedAt) / dayMs))
  const isBefore = given.connectedAt !== null && given.finishedAt < given.connectedAt
  return { isHistory: isBefore || given.receivedAt - given.finishedAt > historyMs, days }
}

/** The event with its times settled: what it says of the future, or of no time at all, happened when it came. */
export function settleEvent(event: JobEvent, receivedAt: number): { event: JobEvent; at: number } {
  const { at, isAhead } = settleTime(event.occurredAt, receivedAt)
  const mark = markOf(event.type)
  const said = Object.entries(event.marks).map(([name, moment]) => [name, settleTime(moment, receivedAt).at])
  const marks: JobMarks = said.length === 0 && mark !== null ? { [mark]: at } : Object.fromEntries(said)
  const notes: JobEventNote[] = isAhead ? [...event.notes, 'clock_ahead'] : event.notes
  return { event: { ...event, occurredAt: at, marks, notes }, at }
}

const markOf = (type: JobEventType): keyof JobMarks | null => {
  if (type === 'job.opened') return 'opened'
  if (type === 'job.completed') return 'completed'
  if (type === 'job.invoiced') return 'invoiced'
  return type === 'job.canceled' ? 'canceled' : null
}
