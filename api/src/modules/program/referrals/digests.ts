import { firstName, isCrowded } from '@goodword/domain'
import { and, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getMessageRecipient, type MessageRecipient } from '../../people/contacts/recipients.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { findEnrollmentById } from '../advocates/advocates.ts'
import { referralDigests } from './digests.table.ts'
import type { Recorded } from './submission.ts'

const minute = 60_000
/** The first digest comes while the flood is still going on. If it goes on, the next ones come less often. */
const firstAfter = 15 * minute
const nextAfter = 120 * minute
const atOnce = 50

const addOne = prepared((db) =>
  db
    .insert(referralDigests)
    .values({
      organizationId: sql.placeholder('organizationId'),
      subjectId: sql.placeholder('subjectId'),
      count: 1,
      dueAt: sql.placeholder('dueAt'),
      sentAt: null,
    })
    .onConflictDoUpdate({
      target: [referralDigests.organizationId, referralDigests.subjectId],
      set: {
        count: sql`count + 1`,
        dueAt: sql`coalesce(due_at, max(excluded.due_at, coalesce(sent_at, 0) + ${sql.raw(String(nextAfter))}))`,
      },
    })
    .prepare(),
)

/**
 * Whether this referral is told about in a digest, because too many come at once. Then it is counted there, in the
 * transaction that created it.
 */
export async function leftToDigest(tx: Ctx, { flags, enrollment }: Recorded): Promise<boolean> {
  if (!isCrowded(flags)) return false
  const subjectId = enrollment && flags.includes('velocity') ? enrollment.id : tx.organizationId
  await addOne(tx.db).run({ organizationId: tx.organizationId, subjectId, dueAt: tx.clock() + firstAfter })
  return true
}

/** Sends the digests that are due, each once. Returns how many. */
export async function sendDueDigests(services: Services): Promise<number> {
  const due = await services.database.read
    .select({ organizationId: referralDigests.organizationId, subjectId: referralDigests.subjectId })
    .from(referralDigests)
    .where(and(isNotNull(referralDigests.dueAt), lte(referralDigests.dueAt, services.clock())))
    .limit(atOnce)
  for (const { organizationId, subjectId } of due)
    await transaction(contextFor(services, organizationId, { type: 'system' }), (tx) => sendDigest(tx, subjectId))
  return due.length
}

/** Takes what is due and queues its messages in one transaction, so that two that find it send it once. */
async function sendDigest(tx: Ctx, subjectId: string): Promise<void> {
  const mine = and(eq(referralDigests.organizationId, tx.organizationId), eq(referralDigests.subjectId, subjectId))
  const [digest] = await tx.db.select().from(referralDigests).where(mine)
  if (!digest || digest.dueAt === null || digest.dueAt > tx.clock()) return
  await tx.db.update(referralDigests).set({ count: 0, dueAt: null, sentAt: tx.clock() }).where(mine)
  const enrollment = await findEnrollmentById(tx, subjectId)
  const contact = enrollment && (await getContact(tx, enrollment.contactId))
  const advocate = contact && contact.erasedAt === null ? await getMessageRecipient(tx, contact.id) : null
  const cause = `digest:${subjectId}:${tx.clock()}`
  await notifyStaff(tx, { count: digest.count, advocate, advocateId: enrollment?.id ?? null, cause })
  if (advocate) await notifyAdvocate(tx, { count: digest.count, advocate, cause })
}

async function notifyStaff(
  tx: Ctx,
  about: { count: number; advocate: MessageRecipient | null; advocateId: string | null; cause: string },
): Promise<void> {
  const { count, advocate, advocateId, cause } = about
  const { name: organizationName } = await getOrganization(tx, tx.organizationId)
  const list = `${tx.config.publicUrl}/console/referrals`
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: advocate ? [advocate.id] : [],
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'referral_digest_staff',
      values: {
        organizationName,
        count,
        advocateFirstName: advocate && firstName(advocate.name),
        referralsUrl: advocateId === null ? `${list}?flagged=yes` : `${list}?advocate=${advocateId}`,
      },
      idempotencyKey: `${cause}:staff:${member.personId}`,
    })
  }
}

async function notifyAdvocate(
  tx: Ctx,
  { count, advocate, cause }: { count: number; advocate: MessageRecipient; cause: string },
): Promise<void> {
  const { id, name, language, reach } = advocate
  if (!reach) return
  const { name: organizationName } = await getOrganization(tx, tx.organizationId)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    contactId: id,
    mentions: [],
    name,
    template: 'referral_digest_advocate',
    language,
    values: { organizationName, count, advocateFirstName: firstName(name) },
    link: 'portal_view',
    idempotencyKey: `${cause}:advocate`,
    ...reach,
  })
}
