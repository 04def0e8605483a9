import type { JobEventReason, JobState } from '@goodword/contracts'
import type { Facts, JobEvent } from './jobEvent.ts'
import { decide, type JobDecision, type JobFacts, stateOf } from './jobFacts.ts'
import { applyRefund } from './refunds.ts'

/**
 * What an event changes about a job; `occurredAt` has been settled. Refunds of a job that isn't invoiced yet wait for
 * the invoice. The same events end in the same job, in any order and however often they come.
 */
export function applyToJob(job: JobFacts, event: JobEvent, occurredAt: number): JobDecision {
  const currency = event.value?.currency ?? null
  if (currency !== null && job.currency !== null && currency !== job.currency)
    return decide(job, 'rejected', 'currency_changed', { currency, known: job.currency }, true)
  const after = withValues(withMarks(job, event), event, occurredAt)
  if (event.refund) {
    if (after.invoicedAt === null) return decide(job, 'waiting', 'waits_for_invoice', refundFacts(event))
    return applyRefund(after, event.refund, occurredAt, job)
  }
  return outcomeOf(job, after, event)
}

const refundFacts = ({ refund }: JobEvent): Facts => (refund && 'amount' in refund ? { amount: refund.amount } : {})

const earliest = (known: number | null, said: number | undefined): number | null =>
  said === undefined ? known : known === null ? said : Math.min(known, said)

function withMarks(job: JobFacts, { marks }: JobEvent): JobFacts {
  return {
    ...job,
    openedAt: earliest(job.openedAt, marks.opened),
    completedAt: earliest(job.completedAt, marks.completed),
    invoicedAt: earliest(job.invoicedAt, marks.invoiced),
    canceledAt: earliest(job.canceledAt, marks.canceled),
  }
}

function withValues(job: JobFacts, event: JobEvent, at: number): JobFacts {
  const after = { ...job, invoiceNumber: event.invoiceNumber ?? job.invoiceNumber }
  if (event.title !== null && isNewer(at, job.titleAt, () => (event.title ?? '') > (job.title ?? '')))
    Object.assign(after, { title: event.title, titleAt: at })
  const { value, score } = event
  // Of two amounts at the same moment the higher one counts, and of two scores the lower one: in any order the same.
  if (value && isNewer(at, job.valueAt, () => value.amount > (job.value ?? 0)))
    Object.assign(after, { value: value.amount, valueAt: at })
  if (value) after.currency = job.currency ?? value.currency
  if (score !== null && isNewer(at, job.scoreAt, () => score < (job.score ?? 6)))
    Object.assign(after, { score, scoreAt: at })
  return after
}

const isNewer = (at: number, known: number | null, wins: () => boolean): boolean =>
  known === null || at > known || (at === known && wins())

const rank: Record<JobState, number> = { open: 0, completed: 1, canceled: 2, invoiced: 3, refunded: 4 }
const reasonOf: Record<JobState, JobEventReason> = {
  open: 'job_opened',
  completed: 'job_completed',
  canceled: 'job_canceled',
  invoiced: 'job_invoiced',
  refunded: 'job_refunded',
}
const isKnown = (job: JobFacts): boolean =>
  [job.openedAt, job.completedAt, job.invoicedAt, job.canceledAt, job.scoreAt].some((moment) => moment !== null)

function outcomeOf(job: JobFacts, after: JobFacts, event: JobEvent): JobDecision {
  const [before, now] = [stateOf(job), stateOf(after)]
  const facts: Facts = { ...(after.value === null ? {} : { value: after.value, currency: after.currency }) }
  if (event.score !== null) {
    if (after.score === job.score && after.scoreAt === job.scoreAt)
      return job.scoreAt !== null && job.score === event.score
        ? decide(after, 'duplicate', 'happened_already', { score: event.score })
        : decide(after, 'ignored', 'older_than_known', { score: event.score, known: job.score })
    return decide(after, 'applied', 'score_recorded', { score: event.score })
  }
  if (rank[now] > rank[before] || !isKnown(job)) return decide(after, 'applied', reasonOf[now], facts)
  if (event.marks.canceled !== undefined && now !== 'canceled')
    return decide(after, 'ignored', 'canceled_after_invoice', facts, job.canceledAt === null)
  if (after.value !== job.value) return decide(after, 'applied', 'job_updated', { ...facts, before: job.value })
  if (event.value && event.value.amount !== after.value)
    return decide(after, 'ignored', 'older_than_known', { ...facts, sent: event.value.amount })
  const isDateOnly = after.completedAt !== job.completedAt || after.invoicedAt !== job.invoicedAt
  if (isDateOnly) return decide(after, 'applied', 'job_updated', facts)
  const again = Object.keys(event.marks).some((mark) => mark !== 'opened')
  return again ? decide(after, 'duplicate', 'happened_already', facts) : decide(after, 'ignored', 'nothing_new', facts)
}
