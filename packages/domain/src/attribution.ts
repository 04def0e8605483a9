import type { FlagReason, ProblemCode, Terms } from '@goodword/contracts'
import type { CampaignOpenness } from './campaign.ts'

/** The facts needed to check a submission with a known code. */
export type SubmissionFacts = {
  openness: CampaignOpenness
  friendIsAdvocatePerson: boolean
  friendReferredAdvocate: boolean
  friendEnrolledHere: boolean
  /** This advocate has an open or converted referral of this friend in the campaign. */
  alreadyReferred: boolean
  liveReferrals: number
  liveReferralsMax: number
  friendIsExistingCustomer: boolean
  existingCustomers: Terms['existingCustomers']
  flags: FlagReason[]
  /** More submissions came than people send, and nothing shows yet that this one took work. */
  needsProof: boolean
}

export type SubmissionDecision =
  | { ok: true; flags: FlagReason[]; withoutReward: boolean }
  | { ok: false; code: ProblemCode }

/** Runs the checks of SPEC §4 in order and returns the first failure. Flags never reject a submission. */
export function decideSubmission(facts: SubmissionFacts): SubmissionDecision {
  if (!facts.openness.open) return { ok: false, code: facts.openness.code }
  if (facts.friendIsAdvocatePerson) return { ok: false, code: 'self_referral' }
  if (facts.friendReferredAdvocate) return { ok: false, code: 'referral_loop' }
  if (facts.friendEnrolledHere) return { ok: false, code: 'friend_is_advocate' }
  if (facts.alreadyReferred) return { ok: false, code: 'already_referred' }
  if (facts.liveReferrals >= facts.liveReferralsMax) return { ok: false, code: 'advocate_limit_reached' }
  if (facts.friendIsExistingCustomer && facts.existingCustomers === 'reject') {
    return { ok: false, code: 'existing_customer' }
  }
  if (facts.needsProof) return { ok: false, code: 'proof_needed' }
  const withoutReward = facts.friendIsExistingCustomer && facts.existingCustomers === 'accept_without_reward'
  return { ok: true, flags: facts.flags, withoutReward }
}

const revealsOthers: ReadonlySet<ProblemCode> = new Set([
  'friend_is_advocate',
  'existing_customer',
  'advocate_limit_reached',
  'referral_loop',
])

/**
 * The error code for the public: any code that would reveal something about someone else becomes
 * `referral_not_possible` (SPEC §4).
 */
export const publicProblem = (code: ProblemCode): ProblemCode =>
  revealsOthers.has(code) ? 'referral_not_possible' : code
