import type { JobEffect, JobEffectReason } from '@goodword/contracts'

/** Those a person decides about. */
const decisions: ReadonlySet<JobEffectReason> = new Set<JobEffectReason>([
  'several_advocates',
  'several_campaigns',
  'other_currency',
  'value_missing',
  'conversion_refused',
  'rewards_to_take_back',
  'rewards_to_adjust',
  'rewards_to_give_back',
  'dispute_of_rewarded_job',
])
export const isDecision = ({ reason }: JobEffect): boolean => decisions.has(reason)

/** A decision, or something that only has to be looked at. */
export const needsLook = (effect: JobEffect): boolean =>
  isDecision(effect) || effect.reason === 'credit_not_enough' || effect.reason === 'call_customer'
