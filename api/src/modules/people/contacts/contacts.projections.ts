import { sql } from 'drizzle-orm'
import type { Projection } from '../../../shared/module.ts'

/** How many contacts may be the same person as this one. */
export const duplicateCounts: Projection = {
  name: 'duplicates of contacts',
  source: 'contact_duplicates',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`UPDATE contacts SET duplicate_count = 0 WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    const open = sql`contact_duplicates WHERE dismissed_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
    await tx.run(sql`UPDATE contacts SET duplicate_count = duplicate_count + n
      FROM (SELECT owner, count(*) AS n
        FROM (SELECT contact_id AS owner FROM ${open} UNION ALL SELECT other_id FROM ${open}) GROUP BY 1)
      WHERE contacts.id = owner`)
  },
}
