import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { import: 'Imports' },
  actions: {
    'import.made': 'File imported',
    'import.undone': 'Import undone',
  },
})
