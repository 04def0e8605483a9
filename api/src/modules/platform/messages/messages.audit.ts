import { describeAudit } from '../audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { message: 'Messages', wording: 'Words of messages' },
  actions: {
    'message.retried': 'Message sent again',
    'wording.reset': 'Message back to our words',
    'wording.saved': 'Message given words of its own',
  },
})
