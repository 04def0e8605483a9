import type { FlagReason, ReferralBackground } from '@goodword/contracts'
import { and, asc, desc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { contactAddresses, contactDuplicates, contacts } from '../../people/contacts/contacts.table.ts'
import { describePerson } from '../../people/contacts/contacts.ts'
import { auditEntries } from '../../platform/audit/audit.table.ts'
import { auditLabels } from '../../platform/audit/auditLabels.ts'
import { messageState } from '../../platform/messages/messages.queries.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { advocateTraces, enrollments } from '../../program/advocates/advocates.table.ts'
import { actorNames } from '../../program/referrals/actorNames.queries.ts'
import { notesOf } from '../../program/referrals/notes.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { getReferral, type ReferralRecord } from '../../program/referrals/referrals.ts'

const mostShown = 50

/** Notes, messages, audit trail and details about the flags. Throws not_found for another organization's. */
export async function loadBackground(ctx: Ctx, id: string): Promise<ReferralBackground> {
  const referral = await getReferral(ctx, id)
  return {
    notes: await notesOf(ctx, id),
    messages: await messagesAbout(ctx, id),
    audit: await trailOf(ctx, id),
    duplicates: await duplicatesOf(ctx, referral),
    evidence: await evidenceShown(ctx, referral),
  }
}

/** The unary plus makes the planner use the referral's index; the organization's index covers far more rows. */
const mine = (ctx: Ctx, column: SQLiteColumn) => sql`+${column} = ${ctx.organizationId}`

async function messagesAbout(ctx: Ctx, referralId: string): Promise<ReferralBackground['messages']> {
  const rows = await ctx.db
    .select({
      id: messages.id,
      subject: messages.subject,
      name: messages.name,
      to: messages.to,
      channel: messages.channel,
      state: messageState,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(and(mine(ctx, messages.organizationId), eq(messages.referralId, referralId)))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(mostShown)
  return rows.map(({ createdAt, ...row }) => ({ at: iso(createdAt), ...row }))
}

async function trailOf(ctx: Ctx, referralId: string): Promise<ReferralBackground['audit']> {
  const rows = await ctx.db
    .select()
    .from(auditEntries)
    .where(and(mine(ctx, auditEntries.organizationId), eq(auditEntries.subjectId, referralId)))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(mostShown)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  const { label, onSubject } = auditLabels(ctx)
  return rows.map(({ id, action, actor, at }) => ({
    id,
    action,
    label: onSubject(action) ?? label(action),
    by: names.get(actor) ?? 'Goodword',
    at: iso(at),
  }))
}

const one = alias(contacts, 'one')
const other = alias(contacts, 'other')

/** Contacts who may be the same person as the friend, unless staff dismissed it. */
async function duplicatesOf(ctx: Ctx, { friendContactId }: ReferralRecord): Promise<ReferralBackground['duplicates']> {
  if (friendContactId === null) return []
  const rows = await ctx.db
    .select({
      reason: contactDuplicates.reason,
      oneId: one.id,
      oneName: one.name,
      otherId: other.id,
      otherName: other.name,
    })
    .from(contactDuplicates)
    .innerJoin(one, eq(one.id, contactDuplicates.contactId))
    .innerJoin(other, eq(other.id, contactDuplicates.otherId))
    .where(
      and(
        eq(contactDuplicates.organizationId, ctx.organizationId),
        isNull(contactDuplicates.dismissedAt),
        or(eq(contactDuplicates.contactId, friendContactId), eq(contactDuplicates.otherId, friendContactId)),
      ),
    )
    .limit(mostShown)
  return rows.map((row) => ({
    reason: row.reason,
    ...(row.oneId === friendContactId
      ? { contactId: row.otherId, name: row.otherName }
      : { contactId: row.oneId, name: row.oneName }),
  }))
}

type Evidence = ReferralBackground['evidence']

/** The contacts or referrals that each flag refers to. */
async function evidenceShown(ctx: Ctx, referral: ReferralRecord): Promise<Evidence> {
  const shown: Evidence = []
  for (const flag of referral.flags) shown.push(...(await evidenceFor(ctx, flag, referral)))
  return shown
}

async function evidenceFor(ctx: Ctx, flag: FlagReason, referral: ReferralRecord): Promise<Evidence> {
  const { networkHash, deviceHash, enrollmentId } = referral
  switch (flag) {
    case 'same_network':
      if (networkHash === null) return []
      return [
        ...(await advocateWith(ctx, flag, referral, eq(advocateTraces.networkHash, networkHash))),
        ...(await othersWith(ctx, flag, eq(referrals.networkHash, networkHash), referral)),
      ]
    case 'same_device':
      if (deviceHash === null) return []
      return [
        ...(await advocateWith(ctx, flag, referral, eq(advocateTraces.deviceHash, deviceHash))),
        ...(await othersWith(ctx, flag, eq(referrals.deviceHash, deviceHash), referral)),
      ]
    case 'canonical_email_match':
      return enrollmentId === null ? [] : contactsOf(ctx, flag, eq(enrollments.id, enrollmentId))
    case 'same_phone_other_name':
    case 'possible_duplicate':
      return ownersOfPhone(ctx, flag, referral)
    case 'disposable_email':
    case 'velocity':
    case 'name_missing':
      return []
  }
}

/** The advocate, if they opened the portal from there. */
async function advocateWith(
  ctx: Ctx,
  flag: FlagReason,
  { enrollmentId }: ReferralRecord,
  same: SQL,
): Promise<Evidence> {
  if (enrollmentId === null) return []
  const traced = sql`EXISTS (SELECT 1 FROM ${advocateTraces} WHERE ${advocateTraces.contactId} = ${contacts.id} AND ${same})`
  return contactsOf(ctx, flag, sql`${enrollments.id} = ${enrollmentId} AND ${traced}`)
}

async function othersWith(
  ctx: Ctx,
  flag: FlagReason,
  same: SQL,
  { id, enrollmentId }: ReferralRecord,
): Promise<Evidence> {
  const rows = await ctx.db
    .select({ id: referrals.id, submitted: referrals.submitted })
    .from(referrals)
    .where(
      and(
        mine(ctx, referrals.organizationId),
        isNull(referrals.archivedAt),
        ne(referrals.id, id),
        same,
        enrollmentId === null
          ? undefined
          : or(
              eq(referrals.enrollmentId, enrollmentId),
              sql`${referrals.friendContactId} = (SELECT contact_id FROM enrollments WHERE id = ${enrollmentId})`,
            ),
      ),
    )
    .orderBy(desc(referrals.createdAt))
    .limit(5)
  return rows.map((row) => ({ flag, name: row.submitted.name, referralId: row.id, contactId: null }))
}

async function contactsOf(ctx: Ctx, flag: FlagReason, which: SQL): Promise<Evidence> {
  const rows = await ctx.db
    .select({ id: contacts.id, name: contacts.name })
    .from(enrollments)
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(and(eq(enrollments.organizationId, ctx.organizationId), which))
  return rows.map(({ id, name }) => ({ flag, name, referralId: null, contactId: id }))
}

async function ownersOfPhone(
  ctx: Ctx,
  flag: FlagReason,
  { submitted, friendContactId }: ReferralRecord,
): Promise<Evidence> {
  const { country } = await getOrganization(ctx, ctx.organizationId)
  const { phone } = describePerson(country, submitted)
  if (phone === null) return []
  const rows = await ctx.db
    .select({ id: contacts.id, name: contacts.name })
    .from(contactAddresses)
    .innerJoin(contacts, eq(contacts.id, contactAddresses.contactId))
    .where(
      and(
        eq(contactAddresses.organizationId, ctx.organizationId),
        eq(contactAddresses.kind, 'phone'),
        eq(contactAddresses.value, phone),
        flag === 'possible_duplicate' && friendContactId !== null ? ne(contacts.id, friendContactId) : undefined,
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(5)
  return rows.map(({ id, name }) => ({ flag, name, referralId: null, contactId: id }))
}
