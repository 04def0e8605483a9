import { eq, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
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

const known = new WeakMap<Queries, LRUCache<string, string>>()

/** The secret that keys the hashes of an organization's suppressed addresses. It never changes, so it is read once. */
export async function suppressionKeyOf(db: Queries, organizationId: string): Promise<string> {
  const keys = known.get(db) ?? new LRUCache<string, string>({ max: 1_000 })
  known.set(db, keys)
  const key = keys.get(organizationId) ?? (await keyOfOrganization(db).get({ organizationId }))?.key ?? ''
  if (key !== '') keys.set(organizationId, key)
  return key
}
