import { Currency, Email, type Member, Name, type Organization } from '@goodword/contracts'
import { eq, inArray, sql } from 'drizzle-orm'
import { isSupportedCountry } from 'libphonenumber-js'
import * as z from 'zod'
import type { Queries } from '../../database/database.ts'
import { prepared } from '../../database/prepared.ts'
import { type Ctx, contextFor, type Services, transaction } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { writeAudit } from '../audit/audit.ts'
import { createKey } from '../keys/keys.ts'
import { admitMember } from '../members/admission.ts'
import { organizations } from './organizations.table.ts'

const defaultBrandColor = '#8a2c5e'

const NewOrganization = z.strictObject({
  name: Name,
  tagline: z.string().trim().max(60, 'Use 60 characters or fewer.').default(''),
  currency: Currency,
  timeZone: z.string().refine(isTimeZone, 'Use a time zone such as America/Los_Angeles.'),
  country: z.string().refine(isSupportedCountry, 'Use the two letters of a country, such as US.'),
  brandColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'Use a color such as #8a2c5e.')
    .default(defaultBrandColor),
  phone: z.string().trim().max(40).nullable().default(null),
  address: z.string().trim().max(300).nullable().default(null),
  isDemo: z.boolean().default(false),
  owner: z.strictObject({ name: Name, email: Email }),
})
export type NewOrganization = z.input<typeof NewOrganization>

export type FoundedOrganization = {
  organization: Organization
  owner: Member & { personId: string }
  /** For the snippet; not a secret. */
  publishableKey: string
}

/** Makes an organization with its owner and its publishable key. Throws validation_failed. */
export async function createOrganization(services: Services, input: NewOrganization): Promise<FoundedOrganization> {
  const { owner, ...given } = read(input)
  const id = services.newId('organization')
  return transaction(contextFor(services, id, { type: 'system' }), async (tx) => {
    await tx.db.insert(organizations).values({ id, ...given, createdAt: tx.clock() })
    const organization = await getOrganization(tx, id)
    await writeAudit(tx, { action: 'organization.created', subjectId: organization.id })
    const member = await admitMember(tx, { ...owner, role: 'owner' })
    const { key } = await createKey(tx, { kind: 'publishable', name: 'Website', scopes: [] })
    return { organization, owner: member, publishableKey: key }
  })
}

const organizationById = prepared((db) =>
  db
    .select()
    .from(organizations)
    .where(eq(organizations.id, sql.placeholder('id')))
    .prepare(),
)

/** Throws not_found. */
export async function getOrganization(from: Ctx | Services, id: string): Promise<Organization> {
  const queries = 'db' in from ? from.db : from.database.read
  const row = await organizationById(queries).get({ id })
  if (!row) throw new AppError('not_found')
  return organizationOf(row)
}

/** The names of some organizations, by id. */
export async function namesOfOrganizations(queries: Queries, ids: string[]): Promise<Map<string, string>> {
  const rows = await queries
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(inArray(organizations.id, ids))
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Every organization of the installation, oldest first; for whoever runs it, not for the API. */
export async function listOrganizations(services: Services): Promise<Organization[]> {
  const rows = await services.database.read.select().from(organizations).orderBy(organizations.createdAt)
  return rows.map(organizationOf)
}

function read(input: NewOrganization) {
  const parsed = NewOrganization.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('validation_failed', { errors, detail: errors.map((error) => error.message).join(' ') })
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const organizationOf = ({ createdAt: _, logoHash, ...row }: typeof organizations.$inferSelect): Organization => ({
  ...row,
  logo: logoHash === null ? null : `/logos/${row.id}/${logoHash}`,
  currency: Currency.parse(row.currency),
})
