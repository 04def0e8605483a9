import { searchTerms } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Searchable } from '../../../shared/context.ts'
import { addressList, contactFields } from '../../people/contacts/contacts.search.queries.ts'

const advocatesFound = preparedSql<
  [id: string, organizationId: string, name: string, addresses: string, codes: string, mergedCodes: string]
>(
  sql`SELECT e.id, e.organization_id, c.name, ${addressList('c')},
    (SELECT json_group_array(k.code) FROM enrollment_codes k WHERE k.enrollment_id = e.id),
    (SELECT json_group_array(k.code) FROM contacts m CROSS JOIN enrollments g CROSS JOIN enrollment_codes k
      WHERE m.merged_into = c.id AND g.contact_id = m.id AND g.campaign_id = e.campaign_id AND k.enrollment_id = g.id)
    FROM enrollments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.id IN (SELECT value FROM json_each(${sql.placeholder('ids')})) AND c.merged_into IS NULL AND c.erased_at IS NULL`,
)

/** Advocates by every code they have had, those of contacts merged into theirs included, and by what their contact has. */
export const advocateSearch: Searchable = {
  kind: 'advocate',
  number: 2,
  source: 'enrollments',
  contact: 'contact_id',
  async subjects(db, ids) {
    const rows = await advocatesFound(db).all({ ids: JSON.stringify(ids) })
    return rows.map(([id, organizationId, name, addresses, codes, mergedCodes]) => ({
      id,
      organizationId,
      terms: searchTerms([
        ...[codes, mergedCodes]
          .flatMap((list) => (JSON.parse(list) as string[]).sort())
          .map((value) => ({ type: 'text' as const, value })),
        ...contactFields(name, addresses),
      ]),
    }))
  },
  dependents: {
    async contact(db, ids) {
      const rows = await db.all<[string]>(
        sql`SELECT id FROM enrollments WHERE contact_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      )
      return rows.map(([id]) => id)
    },
    /** A code of a merged contact's enrollment leads to the one that stayed. */
    async advocate(db, ids) {
      const rows = await db.all<[string]>(
        sql`SELECT e.id FROM enrollments g JOIN contacts m ON m.id = g.contact_id
          JOIN enrollments e ON e.contact_id = m.merged_into AND e.campaign_id = g.campaign_id
          WHERE g.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      )
      return rows.map(([id]) => id)
    },
  },
}
