import { searchTerms } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Searchable } from '../../../shared/context.ts'

/** Campaigns by name, without archived ones. */
export const campaignSearch: Searchable = {
  kind: 'campaign',
  number: 4,
  source: 'campaigns',
  async subjects(db, ids) {
    const rows = await db.all<[string, string, string]>(
      sql`SELECT id, organization_id, name FROM campaigns
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND archived_at IS NULL`,
    )
    return rows.map(([id, organizationId, value]) => ({
      id,
      organizationId,
      terms: searchTerms([{ type: 'text', value }]),
    }))
  },
}
