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
import { isSupportedCountry } from 'libphonenumber-js'
import * as z from 'zod'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { createKey } from '../../platform/keys/keys.ts'
import { addMember } from '../../platform/members/admission.ts'
import { memberIdentity, membershipsOf } from '../../platform/members/members.ts'
import { moveSession } from '../../platform/members/session.ts'
import {
  getOrganization,
  insertOrganization,
  namesOfOrganizations,
} from '../../platform/organizations/organizations.ts'
import { writeAudit } from './setup.audit.ts'

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

/** Creates an organization with its owner and its publishable key. Throws validation_failed. */
export async function createOrganization(services: Services, input: NewOrganization): Promise<FoundedOrganization> {
  const { owner, ...given } = read(input)
  const id = services.newId('organization')
  return transaction(contextFor(services, id, { type: 'system' }), async (tx) => {
    await insertOrganization(tx, { id, ...given })
    await writeAudit(tx, { action: 'organization.created', subjectId: id })
    const member = await addMember(tx, { ...owner, role: 'owner' })
    const { key } = await createKey(tx, { kind: 'publishable', name: 'Website', scopes: [] })
    return { organization: await getOrganization(tx, id), owner: member, publishableKey: key }
  })
}

/**
 * Creates another organization for a member, who becomes its owner and whose session switches to it. Throws forbidden
 * for a key, and organization_exists if they already own one with that name.
 */
export function createOrganizationAs(ctx: Ctx, input: CreateOrganization): Promise<Organization> {
  const { actor } = ctx
  if (actor.type !== 'member') throw new AppError('forbidden', { detail: 'A key belongs to one organization.' })
  return transaction(ctx, async (tx) => {
    const person = await memberIdentity(tx, actor.id)
    const { owner, ...given } = read({ ...input, owner: person })
    await assertNameFree(tx, actor.personId, given.name)
    const id = tx.newId('organization')
    await insertOrganization(tx, { id, ...given })
    const founding: Ctx = { ...tx, organizationId: id, actor: { type: 'system' } }
    const member = await addMember(founding, { ...owner, role: 'owner' })
    const own: Ctx = { ...founding, actor: { ...actor, id: member.id, role: 'owner' } }
    await writeAudit(own, { action: 'organization.created', subjectId: id })
    await createKey(own, { kind: 'publishable', name: 'Website', scopes: [] })
    await moveSession(own, id)
    return getOrganization(own, id)
  })
}

/** A lost response or a double click must not create two. */
async function assertNameFree(tx: Ctx, personId: string, name: string): Promise<void> {
  const owned = (await membershipsOf(tx.db, personId)).filter(({ role }) => role === 'owner')
  const ids = owned.map(({ organizationId }) => organizationId)
  for (const [id, known] of await namesOfOrganizations(tx.db, ids))
    if (known.toLowerCase() === name.toLowerCase()) throw new AppError('organization_exists', { existingId: id })
}

function read(input: NewOrganization) {
  const parsed = NewOrganization.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('validation_failed', { errors, detail: errors.map((error) => error.message).join(' ') })
}
