import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { member: 'Members' },
  actions: {
    'member.accepted': 'Invitation accepted',
    'member.declined': 'Invitation declined',
    'member.invitation_canceled': 'Invitation canceled',
    'member.invitation_resent': 'Member invitation resent',
    'member.invited': 'Member invited',
    'member.removed': 'Member removed',
    'member.restored': 'Member invited again',
    'member.role_changed': 'Member’s role changed',
  },
})
