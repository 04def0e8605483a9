import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { referral: 'Referrals' },
  actions: {
    'referral.accepted': { label: 'Referral accepted', onSubject: 'Accepted' },
    'referral.assigned': { label: 'Referral assigned', onSubject: 'Assigned' },
    'referral.attributed': { label: 'Advocate of a referral chosen', onSubject: 'Advocate chosen' },
    'referral.created': { label: 'Referral added', onSubject: 'Added' },
    'referral.declined': { label: 'Referral declined', onSubject: 'Declined' },
    'referral.erased_by_friend': { label: 'Friend deleted their details', onSubject: 'Deleted by the friend' },
    'referral.flags_cleared': { label: 'Referral’s flags cleared', onSubject: 'Flags cleared' },
    'referral.friend_named': { label: 'Friend’s details added', onSubject: 'Friend’s details added' },
    'referral.friend_separated': {
      label: 'Referral moved to another contact',
      onSubject: 'Moved to another contact, because the first one is a different person',
    },
    'referral.note_added': { label: 'Note on a referral added', onSubject: 'Note added' },
    'referral.note_deleted': { label: 'Note on a referral deleted', onSubject: 'Note deleted' },
    'referral.pending': { label: 'Referral moved back to pending', onSubject: 'Moved back to pending' },
    'referral.reopened': { label: 'Referral reopened', onSubject: 'Reopened' },
  },
})
