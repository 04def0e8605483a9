import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { members, persons } from '../members/members.table.ts'
import { organizations } from '../organizations/organizations.table.ts'

/** Where a member reads mail. */
export const mailboxOf = (db: Queries, memberId: string): Promise<{ name: string; email: string } | undefined> =>
  db
    .select({ name: members.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(eq(members.id, memberId))
    .get()

const keyOfOrganization = prepared((db) =>
  db
    .select({ key: organizations.suppressionKey })
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder('organizationId')))
    .prepare(),
)

/** What keys the hashes of an organization's suppressed addresses. */
export async function suppressionKeyOf(db: Queries, organizationId: string): Promise<string> {
  return (await keyOfOrganization(db).get({ organizationId }))?.key ?? ''
}
