import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { invitation: 'Asks' },
  actions: {
    'invitation.asked': { label: 'Advocate asked to refer', onSubject: 'asked them to refer' },
    'invitation.held_back': { label: 'Ask held back', onSubject: 'held back the ask' },
    'invitation.let_go': { label: 'Ask no longer held back', onSubject: 'let the ask go again' },
  },
})
