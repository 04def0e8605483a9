import type { Invariant } from '../../../shared/module.ts'

export const webhooksInvariants: Invariant[] = [
  {
    invariant: 'Exactly the waiting messages and deliveries are in the queue.',
    broken: `WITH waiting(kind, id) AS (SELECT 'message', id FROM messages WHERE state = 'queued'
        UNION ALL SELECT 'webhook', id FROM webhook_deliveries WHERE state = 'queued')
      SELECT kind, id FROM waiting w WHERE NOT EXISTS (SELECT 1 FROM queue q WHERE q.kind = w.kind AND q.subject_id = w.id)
      UNION ALL SELECT kind, subject_id FROM queue q WHERE kind IN ('message', 'webhook')
        AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.kind = q.kind AND w.id = q.subject_id)`,
  },
]
