import type { Invariant } from '../../../shared/module.ts'

export const contactsInvariants: Invariant[] = [
  {
    invariant: 'A contact counts the open flags that name it as a possible duplicate.',
    broken: `SELECT c.id, c.duplicate_count FROM contacts c LEFT JOIN (SELECT owner, count(*) AS n FROM (
        SELECT contact_id AS owner FROM contact_duplicates WHERE dismissed_at IS NULL
        UNION ALL SELECT other_id FROM contact_duplicates WHERE dismissed_at IS NULL) GROUP BY 1) d ON d.owner = c.id
      WHERE c.duplicate_count <> coalesce(d.n, 0)`,
  },
]
