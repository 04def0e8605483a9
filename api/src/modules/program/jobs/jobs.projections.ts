import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

export const countsOfEvents: Projection = {
  name: 'job events per tab',
  source: 'job_events',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM job_event_counts WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    await tx.run(sql`INSERT INTO job_event_counts (organization_id, tab, count)
      SELECT organization_id, tab, count(*) FROM job_events
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET count = count + excluded.count`)
  },
}

export const countsMatchEvents: Invariant = {
  invariant: 'The kept counts of job events are what counting them gives.',
  broken: `SELECT organization_id, tab, sum(count) FROM (
      SELECT organization_id, tab, count FROM job_event_counts
      UNION ALL SELECT organization_id, tab, -count(*) FROM job_events GROUP BY 1, 2)
    GROUP BY organization_id, tab HAVING sum(count) <> 0`,
}
