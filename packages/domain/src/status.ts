import type { ReferralStatus } from '@goodword/contracts'

/** `rival`: another referral of the same friend was converted. `clock`: a date passed. */
export type StatusActor = 'friend' | 'advocate' | 'staff' | 'api' | 'import' | 'job' | 'clock' | 'rival'

export type Transition = {
  /** null for a new referral. */
  from: ReferralStatus | null
  to: ReferralStatus
  by: readonly StatusActor[]
  needsReason: boolean
}

/** The transitions of a referral's status (SPEC §2); no others are allowed. */
export const transitions: readonly Transition[] = [
  { from: null, to: 'pending', by: ['friend', 'advocate', 'staff', 'api', 'import', 'job'], needsReason: false },
  { from: 'pending', to: 'accepted', by: ['staff', 'api'], needsReason: false },
  { from: 'pending', to: 'converted', by: ['staff', 'api', 'job'], needsReason: false },
  { from: 'accepted', to: 'converted', by: ['staff', 'api', 'job'], needsReason: false },
  { from: 'pending', to: 'declined', by: ['staff', 'api'], needsReason: true },
  { from: 'accepted', to: 'declined', by: ['staff', 'api'], needsReason: true },
  { from: 'pending', to: 'expired', by: ['clock', 'rival'], needsReason: false },
  { from: 'accepted', to: 'expired', by: ['clock', 'rival'], needsReason: false },
  { from: 'declined', to: 'pending', by: ['staff', 'api'], needsReason: true },
  { from: 'expired', to: 'pending', by: ['staff', 'api'], needsReason: true },
  { from: 'accepted', to: 'pending', by: ['staff', 'api'], needsReason: false },
  { from: 'converted', to: 'reversed', by: ['staff', 'api'], needsReason: true },
]

export const canMove = (from: ReferralStatus, to: ReferralStatus): boolean =>
  transitions.some((transition) => transition.from === from && transition.to === to)

/** Open statuses; these count toward the advocate's limit. */
export const liveStatuses = ['pending', 'accepted'] as const satisfies readonly ReferralStatus[]

/** While an advocate's referral has one of these, they cannot refer the same friend again (SPEC §4). */
export const blockingStatuses = ['pending', 'accepted', 'converted'] as const satisfies readonly ReferralStatus[]
