import type { Campaign, Currency, JobRules, SideTerms, Terms } from '@goodword/contracts'
import { daysUntil } from './calendar.ts'
import { type Rival, suggestedRival } from './campaign.ts'
import { dayIn } from './days.ts'
import { honoredTerms, jobValueRequired } from './rewards.ts'

/** Older jobs are history when we hear of them, and convert only by hand. */
const freshDays = 7

/** A job of somebody who may be a friend. Amounts in minor units. */
export type ConvertingJob = {
  id: string
  /** The statuses it has reached, by the event's own time, and when we first heard of them; null before. */
  completed: { at: number; heardAt: number } | null
  invoiced: { at: number; heardAt: number } | null
  canceled: boolean
  /** Null if its value is not known. */
  value: number | null
  /** ISO 4217, also one that campaigns don't use. */
  currency: string | null
  /** All that was refunded so far. */
  refunded: number
  /** When its connection was made; null for a job that staff entered. */
  connectedAt: number | null
}

/** A live referral of the job's customer: pending or accepted, with an advocate. */
export type LiveReferral = Rival & {
  campaignId: string
  campaignOpen: boolean
  attribution: Campaign['attribution']
  currency: Currency
  convertAt: JobRules['convertAt']
  current: Terms
  promised: Terms | null
  /** The friend was a customer before they were referred, and the campaign doesn't take customers. */
  existingCustomer: boolean
}

/** Why a job converts nothing, with the facts that words make a sentence of. */
export type NoConversion =
  | { reason: 'no_referral' | 'job_canceled' | 'job_refunded' | 'value_zero' | 'converts_by_hand' }
  | { reason: 'trigger_not_reached'; convertAt: 'completed' | 'invoiced' }
  | { reason: 'before_connection'; finishedOn: string; connectedOn: string }
  | { reason: 'finished_long_ago'; days: number }
  | { reason: 'campaign_closed' | 'existing_customer'; referralId: string }
  | { reason: 'below_minimum'; referralId: string; value: number; minimum: number; currency: Currency }

/** What a person has to decide. */
export type ConversionQuestion =
  | { reason: 'several_campaigns' | 'several_advocates'; referralIds: string[] }
  | { reason: 'other_currency'; referralIds: string[]; currency: string; campaignCurrency: Currency }
  | { reason: 'value_missing'; referralIds: string[] }

export type JobConversion =
  /** `jobValue` is the job's value less what was refunded; null if nobody knows it and no reward depends on it. */
  | { do: 'convert'; referralId: string; jobValue: number | null }
  | ({ do: 'ask_staff' } & ConversionQuestion)
  | ({ do: 'nothing' } & NoConversion)

const nothing = (refusal: NoConversion): JobConversion => ({ do: 'nothing', ...refusal })

/**
 * Which referral a job converts, if that is beyond doubt. The referral must still be converted by the verb that staff use:
 * it rejects rivals and computes the rewards. `referrals` are all live ones of this customer, in every campaign.
 */
export function decideJobConversion(
  job: ConvertingJob,
  referrals: readonly LiveReferral[],
  timeZone: string,
): JobConversion {
  if (referrals.length === 0) return nothing({ reason: 'no_referral' })
  if (job.canceled) return nothing({ reason: 'job_canceled' })
  const byEvent = referrals.filter(({ convertAt }) => convertAt !== 'by_hand')
  if (byEvent.length === 0) return nothing({ reason: 'converts_by_hand' })
  const ready = byEvent.filter((referral) => reachedTrigger(job, referral) !== null)
  const [first] = ready
  if (!first) return nothing({ reason: 'trigger_not_reached', convertAt: laterTrigger(byEvent) })
  if (job.value === 0) return nothing({ reason: 'value_zero' })
  if (job.value !== null && job.refunded >= job.value) return nothing({ reason: 'job_refunded' })
  const old = whyHistory(job, first, timeZone)
  if (old) return nothing(old)
  const eligible = referrals.filter((referral) => whyNotEligible(job, referral) === null)
  const refusal = whyNotEligible(job, first)
  if (eligible.length === 0 && refusal) return nothing(refusal)
  return choose(job, eligible)
}

const laterTrigger = (referrals: readonly LiveReferral[]) =>
  referrals.some(({ convertAt }) => convertAt === 'completed') ? 'completed' : 'invoiced'

/** When a job reached what converts in a campaign. An invoiced job is a completed one, even if nobody said so. */
export const reachedTrigger = (
  { completed, invoiced }: ConvertingJob,
  { convertAt }: Pick<LiveReferral, 'convertAt'>,
) => (convertAt === 'by_hand' ? null : convertAt === 'invoiced' ? invoiced : (completed ?? invoiced))

/** Jobs that were done before anybody told us of jobs, and those we heard of late. */
export function whyHistory(
  job: ConvertingJob,
  referral: Pick<LiveReferral, 'convertAt'>,
  timeZone: string,
): Extract<NoConversion, { reason: 'before_connection' | 'finished_long_ago' }> | null {
  const trigger = reachedTrigger(job, referral)
  if (!trigger) return null
  const finishedOn = dayIn(timeZone, trigger.at)
  if (job.connectedAt !== null && trigger.at < job.connectedAt)
    return { reason: 'before_connection', finishedOn, connectedOn: dayIn(timeZone, job.connectedAt) }
  const days = daysUntil(finishedOn, dayIn(timeZone, trigger.heardAt))
  return days > freshDays ? { reason: 'finished_long_ago', days } : null
}

function whyNotEligible(job: ConvertingJob, referral: LiveReferral): NoConversion | null {
  if (!referral.campaignOpen) return { reason: 'campaign_closed', referralId: referral.id }
  if (referral.existingCustomer) return { reason: 'existing_customer', referralId: referral.id }
  const value = netValue(job)
  // A minimum in another currency says nothing about this job.
  if (value === null || (job.currency !== null && job.currency !== referral.currency)) return null
  const minimum = smallestJob(honoredTerms(referral.current, referral.promised))
  if (minimum === null || value >= minimum) return null
  return { reason: 'below_minimum', referralId: referral.id, value, minimum, currency: referral.currency }
}

const netValue = ({ value, refunded }: ConvertingJob): number | null => (value === null ? null : value - refunded)

/** The smallest job that earns somebody something; null if any job does, or none. */
function smallestJob(terms: readonly Pick<Terms, 'advocate' | 'friend'>[]): number | null {
  const sides: SideTerms[] = terms.flatMap(({ advocate, friend }) => [advocate, friend])
  const least = sides.flatMap((side) => (side.kind === 'none' ? [] : [side.minJobValue ?? 0]))
  return least.length === 0 ? null : Math.min(...least) || null
}

function choose(job: ConvertingJob, referrals: readonly LiveReferral[]): JobConversion {
  const referralIds = referrals.map(({ id }) => id)
  const campaigns = new Set(referrals.map(({ campaignId }) => campaignId))
  if (campaigns.size > 1) return { do: 'ask_staff', reason: 'several_campaigns', referralIds }
  const [one] = referrals
  const attribution = one?.attribution ?? 'manual'
  if (referrals.length > 1 && attribution === 'manual')
    return { do: 'ask_staff', reason: 'several_advocates', referralIds }
  const winner = referrals.find(({ id }) => id === suggestedRival(referrals, attribution))
  if (!winner) return nothing({ reason: 'no_referral' })
  const only = [winner.id]
  if (job.currency !== null && job.currency !== winner.currency) {
    const { currency } = job
    return { do: 'ask_staff', reason: 'other_currency', referralIds: only, currency, campaignCurrency: winner.currency }
  }
  const jobValue = netValue(job)
  if (jobValue === null && jobValueRequired(winner.current, winner.promised))
    return { do: 'ask_staff', reason: 'value_missing', referralIds: only }
  return { do: 'convert', referralId: winner.id, jobValue }
}
