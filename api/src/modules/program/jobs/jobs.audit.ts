import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { job_event: 'Job events' },
  actions: { 'job_event.done': 'Event marked as done', 'job_event.retried': 'Event tried again' },
})
