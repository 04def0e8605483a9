import type { JobEventReason, JobState } from '@goodword/contracts'
import type { Facts } from './jobEvent.ts'

/**
 * What is known of a job's refunds, each with when it was said. Providers tell them in three ways: one by one, as a list
 * of all, and as a running total. `total` is the newest running total. Amounts in minor units.
 */
export type Refunds = {
  total: number | null
  totalAt: number | null
  /** When the newest whole list was made. */
  listAt: number | null
  /** `failed` is what was paid back and came back. */
  byId: Readonly<Record<string, { amount: number; failed: number; at: number }>>
}

/**
 * What was paid back in all. A running total holds the refunds that came with an id, so they never add up twice, and
 * still holds those that failed after it was told.
 */
export function refundedAmount({ total, totalAt, byId }: Refunds): number {
  const refunds = Object.values(byId)
  const failedSince = refunds.reduce((sum, { failed, at }) => sum + (at >= (totalAt ?? 0) ? failed : 0), 0)
  const known = refunds.reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(Math.max(0, (total ?? 0) - failedSince), known)
}

/**
 * What is known of a job. It follows from the events alone, not from the order in which they arrived: first times are
 * the earliest, values and scores those of the latest event.
 */
export type JobFacts = {
  openedAt: number | null
  completedAt: number | null
  invoicedAt: number | null
  canceledAt: number | null
  title: string | null
  titleAt: number | null
  invoiceNumber: string | null
  value: number | null
  valueAt: number | null
  /** Null until an amount names one. */
  currency: string | null
  score: number | null
  scoreAt: number | null
  refunds: Refunds
}

export const newJob: JobFacts = {
  openedAt: null,
  completedAt: null,
  invoicedAt: null,
  canceledAt: null,
  title: null,
  titleAt: null,
  invoiceNumber: null,
  value: null,
  valueAt: null,
  currency: null,
  score: null,
  scoreAt: null,
  refunds: { total: null, totalAt: null, listAt: null, byId: {} },
}

/** How an event ended for the job. `needsPerson`: somebody has to look at it. */
export type JobOutcome = {
  outcome: 'applied' | 'ignored' | 'waiting' | 'rejected' | 'duplicate'
  reason: JobEventReason
  facts: Facts
  needsPerson: boolean
}
export type JobDecision = JobOutcome & { job: JobFacts }

/** The state only moves forward: refunded, invoiced, canceled, completed, open, the first of these that is true. */
export function stateOf(job: JobFacts): JobState {
  if (job.invoicedAt !== null) return isRefunded(job) ? 'refunded' : 'invoiced'
  if (job.canceledAt !== null) return 'canceled'
  return job.completedAt === null ? 'open' : 'completed'
}

/** Whether all of an invoiced job was paid back. */
export const isRefunded = (job: JobFacts): boolean =>
  job.invoicedAt !== null && job.value !== null && job.value > 0 && refundedAmount(job.refunds) >= job.value

export const decide = (
  job: JobFacts,
  outcome: JobOutcome['outcome'],
  reason: JobEventReason,
  facts: Facts = {},
  needsPerson = false,
): JobDecision => ({ job, outcome, reason, facts, needsPerson })
