import { type FlagReason, type ProblemCode, problems, type Terms } from '@goodword/contracts'
import type { CampaignOpenness } from './campaign.ts'

/** What is known when a friend of a known code is about to be recorded. */
export type SubmissionFacts = {
  openness: CampaignOpenness
  friendIsAdvocatePerson: boolean
  friendReferredAdvocate: boolean
  friendEnrolledHere: boolean
  /** This advocate has a live or converted referral of this friend in the campaign. */
  alreadyReferred: boolean
  liveReferrals: number
  liveReferralsMax: number
  friendIsExistingCustomer: boolean
  existingCustomers: Terms['existingCustomers']
  flags: FlagReason[]
}

export type SubmissionDecision =
  | { ok: true; flags: FlagReason[]; withoutReward: boolean }
  | { ok: false; code: ProblemCode }

/** The checks of SPEC §4 in their order; the first that fails is the answer. Flags never refuse. */
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
  const withoutReward = facts.friendIsExistingCustomer && facts.existingCustomers === 'accept_without_reward'
  return { ok: true, flags: facts.flags, withoutReward }
}

const tellsAboutOthers: ReadonlySet<ProblemCode> = new Set([
  'friend_is_advocate',
  'existing_customer',
  'advocate_limit_reached',
  'referral_loop',
])

/** The code a stranger may see: what would tell them about someone else becomes `referral_not_possible` (SPEC §4). */
export const publicProblem = (code: ProblemCode): ProblemCode =>
  tellsAboutOthers.has(code) ? 'referral_not_possible' : code

/** `endedOn` is ready to read: "May 1". */
export type PublicFacts = { organizationPhone: string | null; endedOn?: string }

/** The sentence a friend reads. Safe with any code: one that would tell about someone else gives the neutral sentence. */
export function publicSentence(code: ProblemCode, facts: PublicFacts): string {
  const call = facts.organizationPhone === null ? 'call us' : `call us at ${facts.organizationPhone}`
  switch (publicProblem(code)) {
    case 'referral_not_possible':
      return `Thanks. We can't add this referral; ${call} and we'll sort it out.`
    case 'already_referred':
      return 'We already have your details from this link.'
    case 'self_referral':
      return 'This is your own link. Send it to a friend.'
    case 'code_unknown':
      return 'We do not know that code. Check it, or ask your friend to send the link again.'
    case 'campaign_ended':
      return `This offer ${facts.endedOn === undefined ? 'has ended' : `ended on ${facts.endedOn}`}. You can still book a visit.`
    case 'campaign_not_active':
      return 'This offer is not open now. You can still book a visit.'
    case 'campaign_not_started':
      return 'This offer has not started yet. You can still book a visit.'
    case 'submission_rejected':
      return `We could not take these details. Say who sent you when you ${call}.`
    default:
      return problems[code].cure
  }
}
