const words: Record<string, string> = {
  'referral.created': 'Added',
  'referral.accepted': 'Accepted',
  'referral.pending': 'Moved back to pending',
  'referral.declined': 'Declined',
  'referral.converted': 'Marked as converted',
  'referral.reversed': 'Conversion reversed',
  'referral.reopened': 'Reopened',
  'referral.attributed': 'Attributed by hand',
  'referral.friend_named': 'Friend’s details added',
  'referral.flags_cleared': 'Flags cleared',
  'referral.assigned': 'Assigned',
  'referral.note_added': 'Note added',
  'referral.note_deleted': 'Note deleted',
}

/** An entry of the audit trail in words; one that is newer than these reads as it is called. */
export const auditWords = (action: string): string =>
  words[action] ?? action.replace(/^referral\./, '').replaceAll('_', ' ')
