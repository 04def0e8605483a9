import {
  BrandColor,
  type CreateOrganization,
  Currency,
  Email,
  type Member,
  Name,
  type Organization,
  Tagline,
  TimeZone,
} from '@goodword/contracts'
import { eq, inArray, sql } from 'drizzle-orm'
import { isSupportedCountry } from 'libphonenumber-js'
import * as z from 'zod'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { newToken } from '../../../shared/signer.ts'
import { writeAudit } from '../audit/audit.ts'
import { createKey } from '../keys/keys.ts'
import { addMember } from '../members/admission.ts'
import { membershipsOf, personOf } from '../members/members.ts'
import { moveSession } from '../members/session.ts'
import { organizations } from './organizations.table.ts'

const defaultBrandColor = '#8a2c5e'

const NewOrganization = z.strictObject({
  name: Name,
  tagline: Tagline.default(''),
  currency: Currency,
  timeZone: TimeZone,
  country: z.string().refine(isSupportedCountry, 'Use the two letters of a country, such as US.'),
  brandColor: BrandColor.default(defaultBrandColor),
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
    await tx.db.insert(organizations).values({ id, ...given, suppressionKey: newToken(), createdAt: tx.clock() })
    await writeAudit(tx, { action: 'organization.created', subjectId: id })
    const member = await addMember(tx, { ...owner, role: 'owner' })
    const { key } = await createKey(tx, { kind: 'publishable', name: 'Website', scopes: [] })
    return { organization: await getOrganization(tx, id), owner: member, publishableKey: key }
  })
}

/**
 * A member founds another organization, owns it, and their session works in it from now on. Throws forbidden for a key,
 * and organization_exists when they own one of that name already.
 */
export function createOrganizationAs(ctx: Ctx, input: CreateOrganization): Promise<Organization> {
  const { actor } = ctx
  if (actor.type !== 'member') throw new AppError('forbidden', { detail: 'A key belongs to one organization.' })
  return transaction(ctx, async (tx) => {
    const person = await personOf(tx, actor.personId)
    const { owner, ...given } = read({ ...input, owner: person })
    await assertNameFree(tx, actor.personId, given.name)
    const id = tx.newId('organization')
    await tx.db.insert(organizations).values({ id, ...given, suppressionKey: newToken(), createdAt: tx.clock() })
    const founding: Ctx = { ...tx, organizationId: id, actor: { type: 'system' } }
    const member = await addMember(founding, { ...owner, role: 'owner' })
    const own: Ctx = { ...founding, actor: { ...actor, id: member.id, role: 'owner' } }
    await writeAudit(own, { action: 'organization.created', subjectId: id })
    await createKey(own, { kind: 'publishable', name: 'Website', scopes: [] })
    await moveSession(own, id)
    return getOrganization(own, id)
  })
}

/** An answer that was lost, or a button pressed twice, must not leave two. */
async function assertNameFree(tx: Ctx, personId: string, name: string): Promise<void> {
  const owned = (await membershipsOf(tx.db, personId)).filter(({ role }) => role === 'owner')
  const ids = owned.map(({ organizationId }) => organizationId)
  for (const [id, known] of await namesOfOrganizations(tx.db, ids))
    if (known.toLowerCase() === name.toLowerCase()) throw new AppError('organization_exists', { existingId: id })
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

/** As everybody may see it: without what keys its secrets. */
export const organizationOf = ({
  createdAt: _,
  suppressionKey: __,
  logoHash,
  ...row
}: typeof organizations.$inferSelect): Organization => ({
  ...row,
  logo: logoHash === null ? null : `/logos/${row.id}/${logoHash}`,
  currency: Currency.parse(row.currency),
})
