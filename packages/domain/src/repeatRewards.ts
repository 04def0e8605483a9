import type { Currency, JobRules, RepeatRewards, Terms } from '@goodword/contracts'
import { addDays, addMonths, lastDayOfMonth } from './calendar.ts'
import { type ConvertingJob, reachedTrigger, whyHistory } from './converting.ts'
import { dayIn } from './days.ts'

/** A converted referral of the job's customer. */
export type RepeatSource = {
  referralId: string
  /** The job that converted it; null if staff did without one. */
  jobId: string | null
  convertedAt: number
  campaignOpen: boolean
  convertAt: JobRules['convertAt']
  currency: Currency
  repeat: RepeatRewards | null
  /** The further jobs that were rewarded; a job whose rewards were taken back doesn't count. */
  rewardedJobs: readonly string[]
}

export type NoRepeat =
  | { reason: 'same_job' | 'rewarded_before' | 'no_repeat' | 'campaign_closed' | 'converts_by_hand' }
  | { reason: 'job_canceled' | 'job_refunded' | 'value_zero' }
  | { reason: 'trigger_not_reached'; convertAt: 'completed' | 'invoiced' }
  | { reason: 'before_connection'; finishedOn: string; connectedOn: string }
  | { reason: 'finished_long_ago'; days: number }
  | { reason: 'times_used'; times: number }
  | { reason: 'term_over'; endedOn: string }
  | { reason: 'other_currency'; currency: string; campaignCurrency: Currency }

export type RepeatDecision =
  | { do: 'reward'; referralId: string; jobValue: number | null }
  | ({ do: 'nothing' } & NoRepeat)

/**
 * Whether a further job of a referred friend earns again. Its rewards are those of `repeatTerms`, once for each job, and are
 * taken back with its refund.
 */
export function decideRepeat(job: ConvertingJob, source: RepeatSource, timeZone: string): RepeatDecision {
  const refusal = whyNotAgain(job, source, timeZone)
  if (refusal) return { do: 'nothing', ...refusal }
  return { do: 'reward', referralId: source.referralId, jobValue: job.value === null ? null : job.value - job.refunded }
}

function whyNotAgain(job: ConvertingJob, source: RepeatSource, timeZone: string): NoRepeat | null {
  const { repeat, convertAt, rewardedJobs } = source
  if (job.id === source.jobId) return { reason: 'same_job' }
  if (rewardedJobs.includes(job.id)) return { reason: 'rewarded_before' }
  if (!repeat) return { reason: 'no_repeat' }
  if (!source.campaignOpen) return { reason: 'campaign_closed' }
  if (job.canceled) return { reason: 'job_canceled' }
  if (convertAt === 'by_hand') return { reason: 'converts_by_hand' }
  const trigger = reachedTrigger(job, source)
  if (!trigger) return { reason: 'trigger_not_reached', convertAt }
  if (job.value === 0) return { reason: 'value_zero' }
  if (job.value !== null && job.refunded >= job.value) return { reason: 'job_refunded' }
  const history = whyHistory(job, source, timeZone)
  if (history) return history
  if (job.currency !== null && job.currency !== source.currency)
    return { reason: 'other_currency', currency: job.currency, campaignCurrency: source.currency }
  return whyOver(repeat, source, dayIn(timeZone, trigger.at), timeZone)
}

function whyOver({ limit }: RepeatRewards, source: RepeatSource, day: string, timeZone: string): NoRepeat | null {
  if (limit.type === 'times')
    return source.rewardedJobs.length >= limit.times ? { reason: 'times_used', times: limit.times } : null
  const endedOn = lastDayOfTerm(dayIn(timeZone, source.convertedAt), limit.months)
  return day > endedOn ? { reason: 'term_over', endedOn } : null
}

/**
 * The terms of further jobs, for `decideRewards` without a promise: limits and approval stay, tiers and bonuses don't, because
 * these jobs count for neither.
 */
export const repeatTerms = (terms: Terms, { advocate, friend }: RepeatRewards): Terms => ({
  ...terms,
  advocate,
  friend,
  tiers: [],
  milestones: [],
})

/**
 * The last day of a term of calendar months that begins on `day`: one month from March 10 ends on April 9. Where the last
 * month is too short, its own last day is the last: from January 30 to February 28.
 */
export function lastDayOfTerm(day: string, months: number): string {
  const end = addMonths(day.slice(0, 7), months)
  const sameDay = `${end}${day.slice(7)}`
  const monthEnd = lastDayOfMonth(`${end}-01`)
  return sameDay <= monthEnd ? addDays(sameDay, -1) : monthEnd
}
