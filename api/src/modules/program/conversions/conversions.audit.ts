import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  actions: {
    'referral.converted': { label: 'Referral converted', onSubject: 'Marked as converted' },
    'referral.deleted': { label: 'Attribution deleted', onSubject: 'Attribution deleted' },
    'referral.reversed': { label: 'Conversion reversed', onSubject: 'Conversion reversed' },
  },
})
