import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  actions: {
    'referral.converted': { label: 'Referral converted', onSubject: 'Marked as converted' },
    'referral.deleted': { label: 'Referral removed', onSubject: 'Referral removed' },
    'referral.rewarded_again': { label: 'Further job rewarded', onSubject: 'Further job rewarded' },
    'referral.reversed': { label: 'Conversion reversed', onSubject: 'Conversion reversed' },
  },
})
