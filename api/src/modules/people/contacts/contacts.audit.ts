import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { contact: 'Contacts' },
  actions: {
    'contact.address_added': { label: 'Contact’s address added', onSubject: 'added an address' },
    'contact.address_confirmed': { label: 'Contact’s address confirmed', onSubject: 'confirmed an address' },
    'contact.address_removed': { label: 'Contact’s address removed', onSubject: 'removed an address' },
    'contact.changed_by_owner': {
      label: 'Contact changed their own details',
      onSubject: 'changed the details themselves',
    },
    'contact.duplicate_dismissed': {
      label: 'Possible duplicate dismissed',
      onSubject: 'said that a duplicate is another person',
    },
    'contact.updated': { label: 'Contact’s details changed', onSubject: 'changed the details' },
  },
})
