import type { AuditAction } from '@goodword/contracts'
import { auditActionLabel } from '../core/auditLabels.ts'

/** On the referral's own page, most actions need no noun. */
const labels: Record<Extract<AuditAction, `referral.${string}`>, string> = {
  'referral.created': 'Added',
  'referral.accepted': 'Accepted',
  'referral.pending': 'Moved back to pending',
  'referral.declined': 'Declined',
  'referral.converted': 'Marked as converted',
  'referral.reversed': 'Conversion reversed',
  'referral.reopened': 'Reopened',
  'referral.attributed': 'Attributed by hand',
  'referral.deleted': 'Attribution deleted',
  'referral.erased_by_friend': 'Deleted by the friend',
  'referral.friend_named': 'Friend’s details added',
  'referral.flags_cleared': 'Flags cleared',
  'referral.assigned': 'Assigned',
  'referral.note_added': 'Note added',
  'referral.note_deleted': 'Note deleted',
}

const isReferralAction = (action: string): action is keyof typeof labels => Object.hasOwn(labels, action)

/** The label of an entry in the referral's own trail. */
export const referralActionLabel = (action: string): string =>
  isReferralAction(action) ? labels[action] : auditActionLabel(action)
