import { Currency, type Organization } from '@goodword/contracts'
import { eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { transactionCache } from '../../../database/transactionCache.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { newToken } from '../../../shared/signer.ts'
import { organizations } from './organizations.table.ts'

/** Creates an organization with its own key for hashes of suppressed addresses. */
export async function insertOrganization(
  tx: Ctx,
  row: Omit<typeof organizations.$inferInsert, 'suppressionKey' | 'createdAt'>,
): Promise<void> {
  await tx.db.insert(organizations).values({ ...row, suppressionKey: newToken(), createdAt: tx.clock() })
}

const organizationById = prepared((db) =>
  db
    .select()
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder('id')))
    .prepare(),
)

/** Asked for by most of what happens, and several times in one transaction. */
const organizationRow = transactionCache((db, id) => organizationById(db).get({ id }))

/** Updates the row of an organization. */
export async function changeOrganization(
  tx: Ctx,
  changes: {
    [Column in keyof typeof organizations.$inferInsert]?: (typeof organizations.$inferInsert)[Column] | undefined
  },
): Promise<void> {
  await tx.db.update(organizations).set(changes).where(eq(organizations.id, tx.organizationId))
  organizationRow.forget(tx.db, tx.organizationId)
}

/** Throws not_found. */
export async function getOrganization(from: Ctx | Services, id: string): Promise<Organization> {
  const queries = 'db' in from ? from.db : from.database.read
  const row = await organizationRow(queries, id)
  if (!row) {
    organizationRow.forget(queries, id)
    throw new AppError('not_found')
  }
  return organizationOf(row)
}

/** Names of organizations, by id. */
export async function namesOfOrganizations(queries: Queries, ids: string[]): Promise<Map<string, string>> {
  const rows = await queries
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(inArray(organizations.id, ids))
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Every organization of the installation, oldest first. For the operator, not for the API. */
export async function listOrganizations(services: Services): Promise<Organization[]> {
  const rows = await services.database.read.select().from(organizations).orderBy(organizations.createdAt)
  return rows.map(organizationOf)
}

const currencies: ReadonlySet<string> = new Set(Currency.options)
const isCurrency = (text: string): text is Currency => currencies.has(text)

/** The public view, without the secret that keys its hashes. */
export const organizationOf = (row: typeof organizations.$inferSelect): Organization => ({
  id: row.id,
  name: row.name,
  tagline: row.tagline,
  currency: isCurrency(row.currency) ? row.currency : Currency.parse(row.currency),
  timeZone: row.timeZone,
  country: row.country,
  brandColor: row.brandColor,
  phone: row.phone,
  address: row.address,
  website: row.website,
  replyTo: row.replyTo,
  logo: row.logoHash === null ? null : `/logos/${row.id}/${row.logoHash}`,
  staffMayConvert: row.staffMayConvert,
  creditUses: row.creditUses,
  features: row.features,
  cashReportThreshold: row.cashReportThreshold,
  textStatement: row.textStatement,
  isDemo: row.isDemo,
})
