import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/**
 * Referrals that nobody gets a message of their own about, because too many come at once: one email tells about all of them.
 * A row for each link, and one for everything else of an organization.
 */
export const referralDigests = sqliteTable(
  'referral_digests',
  {
    organizationId: text().notNull(),
    /** The link's enrollment, or the organization again for referrals of many links. */
    subjectId: text().notNull(),
    /** How many have come since the last digest. */
    count: integer().notNull(),
    /** When the next digest is sent; null while there is nothing to tell. */
    dueAt: integer(),
    /** When the last one was. */
    sentAt: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.subjectId] }),
    index('referral_digests_due').on(table.dueAt).where(sql`due_at IS NOT NULL`),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }),
  ],
)
