import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { organizations } from '../organizations/organizations.table.ts'

const keyOfOrganization = prepared((db) =>
  db
    .select({ key: organizations.suppressionKey })
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder('organizationId')))
    .prepare(),
)

/** The secret that keys the hashes of an organization's suppressed addresses. */
export async function suppressionKeyOf(db: Queries, organizationId: string): Promise<string> {
  return (await keyOfOrganization(db).get({ organizationId }))?.key ?? ''
}
