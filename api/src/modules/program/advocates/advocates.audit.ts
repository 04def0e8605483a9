import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { advocate: 'Advocates' },
  actions: {
    'advocate.archived': { label: 'Advocate’s link deactivated', onSubject: 'deactivated the link' },
    'advocate.code_changed': { label: 'Advocate’s code changed', onSubject: 'changed their code' },
    'advocate.enrolled_after_job': { label: 'Advocate enrolled after a job', onSubject: 'enrolled them after a job' },
    'advocate.exceptions_removed': { label: 'Custom terms removed', onSubject: 'removed their custom terms' },
    'advocate.exceptions_set': { label: 'Custom terms set', onSubject: 'set custom terms' },
    'advocate.invitation_resent': { label: 'Invitation resent', onSubject: 'resent the invitation' },
    'advocate.invited': { label: 'Advocate invited', onSubject: 'made them an advocate' },
    'advocate.invited_many': { label: 'Advocates invited from a list', onSubject: 'invited them from a list' },
    'advocate.joined': { label: 'Advocate joined on the website', onSubject: 'let them join on the website' },
    'advocate.restored': { label: 'Advocate’s link activated', onSubject: 'activated the link' },
  },
})
