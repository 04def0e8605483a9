import { sql } from 'drizzle-orm'
import type { Queries } from './queries.ts'

/** The email domain given to persons whose address isn't exported. Nothing sent there arrives. */
export const formerDomain = 'removed.invalid'
const formerName = 'Former member'

/** The persons who were removed from the organization or never accepted their invitation. */
export async function formerPersons(db: Queries, organizationId: string): Promise<Set<unknown>> {
  const rows = await db.all<[string]>(
    sql`SELECT person_id FROM members WHERE organization_id = ${organizationId}
      AND (removed_at IS NOT NULL OR accepted_at IS NULL)`,
  )
  return new Set(rows.flat())
}

/**
 * The person's row for an archive. Identifying details of a former person are replaced; their id stays, so that the
 * audit trail still refers to them.
 */
export function withoutFormer(
  table: string,
  row: Record<string, unknown>,
  former: ReadonlySet<unknown>,
): Record<string, unknown> {
  if (table === 'persons' && former.has(row.id))
    return { ...row, email: `${row.id}@${formerDomain}`, email_verified: 0, image: null }
  if (table === 'members' && former.has(row.person_id)) return { ...row, name: formerName }
  if (table === 'messages' && former.has(row.person_id))
    return { ...row, to_address: `${row.person_id}@${formerDomain}`, name: null, body: '' }
  return row
}
