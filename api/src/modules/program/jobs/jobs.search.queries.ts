import { type SearchField, searchTerms } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Searchable } from '../../../shared/context.ts'

type Row = [id: string, organizationId: string, title: string | null, invoice: string | null, externalId: string | null]

const fieldsOf = preparedSql<Row>(
  sql`SELECT id, organization_id, title, invoice_number, external_id FROM jobs
    WHERE id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
)

/** Jobs by their customer, their title, their invoice's number and their id in the other system. */
export const jobSearch: Searchable = {
  kind: 'job',
  number: 6,
  source: 'jobs',
  through: { contact: 'contact_id' },
  async subjects(db, ids) {
    const rows = await fieldsOf(db).all({ ids: JSON.stringify(ids) })
    return rows.map(([id, organizationId, title, invoiceNumber, externalId]) => {
      const fields: SearchField[] = [
        { type: 'name', value: title },
        { type: 'text', value: invoiceNumber },
        { type: 'text', value: externalId },
      ]
      return { id, organizationId, terms: searchTerms(fields) }
    })
  },
}
