import type { Invariant } from '../../../shared/module.ts'

const out = `EXISTS (SELECT 1 FROM json_each(i.handed_over) h JOIN messages m ON m.id = h.value)`

export const invitationsInvariants: Invariant[] = [
  {
    invariant: 'Every ask that is scheduled, and every reminder of one, is in the queue or with its message.',
    broken: `SELECT id FROM invitations i WHERE (state = 'scheduled' OR follow_up_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.kind = 'ask' AND q.subject_id = i.id) AND NOT ${out}`,
  },
  {
    invariant: 'An ask that was sent says when and by what, and one that is scheduled has a link to send.',
    broken: `SELECT id FROM invitations WHERE (state IN ('sent', 'opened', 'joined')) <> (sent_at IS NOT NULL)
      OR (sent_at IS NOT NULL AND channels = '[]') OR (state = 'scheduled' AND enrollment_id IS NULL)
      OR (state IN ('skipped', 'canceled')) <> (reason IS NOT NULL)`,
  },
  {
    invariant: 'Nobody was asked twice for one job.',
    broken: `SELECT job_id FROM invitations WHERE job_id IS NOT NULL AND sent_at IS NOT NULL
      GROUP BY job_id HAVING count(*) > 1`,
  },
]
