import { describeAudit } from '../../platform/audit/audit.ts'

export const { auditWords, writeAudit } = describeAudit({
  groups: { job: 'Jobs', job_event: 'Job events', job_todo: 'Decisions about jobs' },
  actions: {
    'job.finished': 'Finished job entered',
    'job_event.done': 'Event marked as done',
    'job_event.retried': 'Event tried again',
    'job_event.all_retried': 'Events of a connection tried again',
    'job_todo.converted': 'Referral chosen for a job',
    'job_todo.dismissed': 'Job left as it is',
    'job_todo.settled': 'Refund of a job settled',
  },
})
