import { searchTerms } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Searchable } from '../../../shared/context.ts'

/** Discount codes, assigned or not; dashes and case don't matter. */
export const discountCodeSearch: Searchable = {
  kind: 'discount_code',
  number: 5,
  source: 'discount_codes',
  async subjects(db, ids) {
    const rows = await db.all<[string, string, string]>(
      sql`SELECT id, organization_id, code FROM discount_codes WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
    )
    return rows.map(([id, organizationId, value]) => ({
      id,
      organizationId,
      terms: searchTerms([{ type: 'text', value }]),
    }))
  },
}
