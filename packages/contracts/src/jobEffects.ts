import * as z from 'zod'
import { EventFacts } from './connections.ts'

/** What an event led to beside what it says about its job, or why it led to nothing. A sentence is made from its facts. */
export const jobEffectReasons = [
  // Its customer is asked to refer, or isn't; `why` is one of `askReasons`.
  'ask_scheduled',
  'ask_waits_for_score',
  'ask_waits_for_trigger',
  'ask_canceled',
  'not_asked',
  // The score is low: somebody calls them.
  'call_customer',
  // The customer was referred, and the job converted that or earned again.
  'converted',
  'rewarded_again',
  // A person decides.
  'several_advocates',
  'several_campaigns',
  'other_currency',
  'value_missing',
  'conversion_refused',
  'rewards_to_take_back',
  'rewards_to_adjust',
  'rewards_to_give_back',
  'dispute_of_rewarded_job',
  // The campaign's rules decided about the rewards of a refunded job.
  'rewards_taken_back',
  'rewards_adjusted',
  'rewards_stay',
  // Nothing happened to a referral, and this is why.
  'no_referral',
  'trigger_not_reached',
  'converts_by_hand',
  'staff_decided',
  'job_canceled',
  'job_refunded',
  'value_zero',
  'before_connection',
  'finished_long_ago',
  'campaign_closed',
  'existing_customer',
  'below_minimum',
  'earns_once',
  'times_used',
  'term_over',
  'repeat_other_currency',
  'nothing_earned',
  // Credit that the invoice used.
  'credit_used',
  'credit_not_enough',
  'credit_refused',
] as const
export type JobEffectReason = (typeof jobEffectReasons)[number]

export const JobEffect = z.strictObject({ reason: z.enum(jobEffectReasons), facts: EventFacts })
export type JobEffect = z.infer<typeof JobEffect>
