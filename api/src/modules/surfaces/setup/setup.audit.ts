import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  actions: {
    'organization.created': 'Organization created',
  },
})
