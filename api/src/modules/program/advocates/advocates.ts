import type { InviteAdvocate } from '@goodword/contracts'
import { codeFrom, firstName, normalizeCode, withExceptions } from '@goodword/domain'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { isUniqueViolation } from '../../../database/constraint.ts'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import { type Ctx, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { freshBytes } from '../../../shared/freshBytes.ts'
import {
  addressFor,
  describePerson,
  findOrCreateContact,
  getContact,
  type PersonDescription,
} from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { searchAdded } from '../../platform/search/changes.ts'
import { getCampaign, loadCampaignContext } from '../campaigns/campaigns.ts'
import { writeAudit } from './advocates.audit.ts'
import { enrollmentCodes, enrollments } from './advocates.table.ts'
import { linkOf } from './links.ts'
import { enrollmentOfMergedCode } from './mergedCodes.queries.ts'

export type Enrollment = Omit<typeof enrollments.$inferSelect, 'listState'>

/**
 * Enrolls a person as an advocate of a campaign and sends the invitation unless told not to. Throws advocate_exists
 * with the existing one.
 */
export async function inviteAdvocate(ctx: Ctx, input: InviteAdvocate): Promise<Enrollment> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const person = describePerson(organization.country, input)
  return transaction(ctx, async (tx) => {
    const campaign = await getCampaign(tx, input.campaignId)
    const { enrollment, contact, existed } = await enrollPerson(tx, campaign.id, person, input.notify)
    if (existed) {
      throw new AppError('advocate_exists', {
        existingId: enrollment.id,
        detail: `${contact.name} is already an advocate of ${campaign.name}.`,
      })
    }
    return enrollment
  })
}

/**
 * Finds, reactivates or creates the enrollment of a person named by staff. An active one is neither changed nor
 * notified.
 */
export async function enrollPerson(tx: Ctx, campaignId: string, person: PersonDescription, notify: boolean) {
  const { contact } = await findOrCreateContact(tx, person, 'staff')
  const existing = await findEnrollment(tx, campaignId, contact.id)
  if (existing && existing.archivedAt === null) return { enrollment: existing, contact, existed: true }
  const source = tx.actor.type === 'key' ? 'api' : 'invited'
  const enrollment = existing ?? (await enroll(tx, { campaignId, contactId: contact.id, source }))
  if (existing) await restoreEnrollment(tx, existing.id)
  await writeAudit(tx, { action: 'advocate.invited', subjectId: enrollment.id, data: { notified: notify } })
  if (notify) await sendInvitation(tx, enrollment)
  return { enrollment, contact, existed: false }
}

/** Resends the invitation with a new portal link. */
export async function resendInvitation(ctx: Ctx, enrollmentId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const enrollment = await getEnrollment(tx, enrollmentId)
    await sendInvitation(tx, enrollment)
    await writeAudit(tx, { action: 'advocate.invitation_resent', subjectId: enrollment.id })
  })
}

const addRow = preparedInsert(enrollments)
const addCode = preparedInsert(enrollmentCodes)

/** The enrollment of a contact in a campaign, created if there is none. Codes are unique in the whole installation. */
export async function enroll(
  tx: Ctx,
  facts: { campaignId: string; contactId: string; source: Enrollment['source'] },
): Promise<Enrollment> {
  const values = {
    id: tx.newId('enrollment'),
    organizationId: tx.organizationId,
    campaignId: facts.campaignId,
    contactId: facts.contactId,
    source: facts.source,
    exceptions: null,
    createdAt: tx.clock(),
    archivedAt: null,
    mergedAt: null,
    referralCount: 0,
    convertedCount: 0,
    earned: 0,
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const enrollment = { code: codeFrom(freshBytes(32)), ...values }
    try {
      await addRow(tx.db, enrollment)
      await addCode(tx.db, {
        code: enrollment.code,
        organizationId: tx.organizationId,
        enrollmentId: enrollment.id,
        createdAt: tx.clock(),
      })
      searchAdded(tx, 'advocate', enrollment.id)
      await recordEvent(tx, 'advocate.enrolled', enrolled(enrollment))
      return enrollment
    } catch (error) {
      if (!isUniqueViolation(error, 'code')) throw error
    }
  }
  throw new Error('Five generated codes in a row were taken.')
}

const enrolled = ({ id, contactId, campaignId }: Enrollment) => ({ advocateId: id, contactId, campaignId })

const enrollmentOfContact = prepared((db) =>
  db
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.campaignId, sql.placeholder('campaignId')),
        eq(enrollments.contactId, sql.placeholder('contactId')),
        eq(enrollments.organizationId, sql.placeholder('organizationId')),
      ),
    )
    .prepare(),
)

/** The enrollment of a contact in a campaign, active or not; undefined if there is none. */
export const findEnrollment = (ctx: Ctx, campaignId: string, contactId: string): Promise<Enrollment | undefined> =>
  enrollmentOfContact(ctx.db).get({ campaignId, contactId, organizationId: ctx.organizationId })

const enrollmentById = prepared((db) =>
  db
    .select()
    .from(enrollments)
    .where(
      and(eq(enrollments.id, sql.placeholder('id')), eq(enrollments.organizationId, sql.placeholder('organizationId'))),
    )
    .prepare(),
)

export const findEnrollmentById = (ctx: Ctx, id: string): Promise<Enrollment | undefined> =>
  enrollmentById(ctx.db).get({ id, organizationId: ctx.organizationId })

/** Throws not_found for another organization's enrollment. */
export async function getEnrollment(ctx: Ctx, id: string): Promise<Enrollment> {
  const enrollment = await findEnrollmentById(ctx, id)
  if (!enrollment) throw new AppError('not_found')
  return enrollment
}

const enrollmentByCode = prepared((db) =>
  db
    .select(getTableColumns(enrollments))
    .from(enrollmentCodes)
    .innerJoin(enrollments, eq(enrollments.id, enrollmentCodes.enrollmentId))
    .where(and(eq(enrollmentCodes.code, sql.placeholder('code')), isNull(enrollments.archivedAt)))
    .prepare(),
)

/**
 * The enrollment for a current or former code, in any organization; case, spaces and dashes don't matter. A code of a
 * merged contact leads to the enrollment of the contact that stayed. Undefined if nobody has it, or the enrollment is
 * inactive.
 */
export const findByCode = (services: Pick<Services, 'database'>, code: string): Promise<Enrollment | undefined> =>
  enrollmentOfCode({ db: services.database.read }, code)

/** The same, read within a running transaction; in any organization. */
export async function enrollmentOfCode({ db }: Pick<Ctx, 'db'>, code: string): Promise<Enrollment | undefined> {
  const named = { code: normalizeCode(code) }
  return (await enrollmentByCode(db).get(named)) ?? (await enrollmentOfMergedCode(db).get(named))
}

/** Deactivates an enrollment that was created by a conversion now reversed, if nobody used it. */
export async function archiveEnrollment(tx: Ctx, id: string): Promise<void> {
  await tx.db
    .update(enrollments)
    .set({ archivedAt: tx.clock() })
    .where(and(eq(enrollments.organizationId, tx.organizationId), eq(enrollments.id, id)))
}

/** Reactivates an enrollment; its code works again. */
export async function restoreEnrollment(tx: Ctx, id: string): Promise<void> {
  await tx.db
    .update(enrollments)
    .set({ archivedAt: null })
    .where(and(eq(enrollments.organizationId, tx.organizationId), eq(enrollments.id, id)))
}

export async function hasAdvocates(ctx: Ctx, campaignId: string): Promise<boolean> {
  const [one] = await ctx.db
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(eq(enrollments.organizationId, ctx.organizationId), eq(enrollments.campaignId, campaignId)))
    .limit(1)
  return one !== undefined
}

async function sendInvitation(tx: Ctx, enrollment: Enrollment): Promise<void> {
  const { organization, campaign, terms } = await loadCampaignContext(tx, enrollment.campaignId)
  const contact = await getContact(tx, enrollment.contactId)
  const reach = await addressFor(tx, contact.id)
  if (!reach) throw new AppError('contact_unreachable')
  const own = withExceptions(terms, enrollment.exceptions)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    contactId: contact.id,
    mentions: [],
    ...reach,
    name: contact.name,
    template: 'advocate_invited',
    language: contact.language,
    values: (words) => ({
      organizationName: organization.name,
      advocateFirstName: firstName(contact.name),
      headline: words.headline(own, campaign.currency, own.countEachYear ? 1 : enrollment.convertedCount + 1),
      shareLink: linkOf({ campaign, code: enrollment.code, publicUrl: tx.config.publicUrl }),
    }),
    link: 'portal_view',
  })
}
