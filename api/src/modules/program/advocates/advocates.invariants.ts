import type { Invariant } from '../../../shared/module.ts'

export const advocatesInvariants: Invariant[] = [
  {
    invariant: 'A contact counts their active enrollments.',
    broken: `SELECT c.id, c.enrollment_count FROM contacts c LEFT JOIN
      (SELECT contact_id, count(*) AS n FROM enrollments WHERE archived_at IS NULL GROUP BY 1) e ON e.contact_id = c.id
      WHERE c.enrollment_count <> coalesce(e.n, 0)`,
  },
  {
    invariant: 'Enrollments of merged contacts, and only those, are merged, and are archived.',
    broken: `SELECT e.id FROM enrollments e JOIN contacts c ON c.id = e.contact_id
      WHERE (e.merged_at IS NOT NULL) <> (c.merged_into IS NOT NULL) OR (e.merged_at IS NOT NULL AND e.archived_at IS NULL)`,
  },
]
