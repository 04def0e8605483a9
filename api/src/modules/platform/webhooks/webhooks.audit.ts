import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { webhook: 'Webhooks' },
  actions: {
    'webhook.added': 'Webhook added',
    'webhook.disabled': 'Webhook switched off',
    'webhook.enabled': 'Webhook switched on',
    'webhook.removed': 'Webhook removed',
    'webhook.replayed': 'Webhook events resent',
    'webhook.secret_rotated': 'Webhook’s secret rotated',
    'webhook.tested': 'Webhook tested',
    'webhook.updated': 'Webhook changed',
  },
})
