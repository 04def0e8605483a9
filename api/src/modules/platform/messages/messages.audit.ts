import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { message: 'Messages', wording: 'Message templates' },
  actions: {
    'message.retried': 'Message resent',
    'wording.reset': 'Message template reset',
    'wording.saved': 'Message template customized',
  },
})
