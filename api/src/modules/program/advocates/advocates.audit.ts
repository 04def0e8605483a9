import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { advocate: 'Advocates' },
  actions: {
    'advocate.archived': { label: 'Advocate’s link put away', onSubject: 'put the link away' },
    'advocate.code_changed': { label: 'Advocate’s code changed', onSubject: 'changed their code' },
    'advocate.exceptions_removed': { label: 'Advocate’s own terms taken back', onSubject: 'took their own terms back' },
    'advocate.exceptions_set': { label: 'Advocate given terms of their own', onSubject: 'set terms of their own' },
    'advocate.invitation_resent': { label: 'Invitation sent again', onSubject: 'sent the invitation again' },
    'advocate.invited': { label: 'Advocate invited', onSubject: 'made them an advocate' },
    'advocate.invited_many': { label: 'Advocates invited from a list', onSubject: 'invited them from a list' },
    'advocate.joined': { label: 'Advocate joined on the website', onSubject: 'let them join on the website' },
    'advocate.restored': { label: 'Advocate’s link brought back', onSubject: 'brought the link back' },
  },
})
