import type { AuditAction } from '@goodword/contracts'
import { auditActionLabel } from '../core/auditLabels.ts'

/** Beside the referral they are about, most need no noun. */
const words: Record<Extract<AuditAction, `referral.${string}`>, string> = {
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

const isOurs = (action: string): action is keyof typeof words => Object.hasOwn(words, action)

/** An entry of the referral's own trail in words. */
export const referralAuditWords = (action: string): string =>
  isOurs(action) ? words[action] : auditActionLabel(action)
