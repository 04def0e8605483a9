import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { key: 'Keys' },
  actions: {
    'key.created': 'Key created',
    'key.revoked': 'Key revoked',
    'key.rotated': 'Key rotated',
  },
})
