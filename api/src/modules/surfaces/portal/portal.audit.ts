import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { portal: 'Portal' },
  actions: {
    'portal.opened': { label: 'Portal opened', onSubject: 'opened the portal' },
  },
})
