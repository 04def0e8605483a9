import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  actions: {
    'contact.erased': { label: 'Contact erased', onSubject: 'erased this contact' },
    'contact.merged': { label: 'Contacts merged', onSubject: 'merged another contact into this one' },
  },
})
