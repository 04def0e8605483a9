import { type ContactDetail, languages } from '@goodword/contracts'
import { and, asc, desc, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { idFromActorKey } from '../../../database/actorId.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { contactAddresses, contactDuplicates, contacts } from '../../people/contacts/contacts.table.ts'
import { auditEntries } from '../../platform/audit/audit.table.ts'
import { auditLabels } from '../../platform/audit/auditLabels.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { messageState } from '../../platform/messages/messages.queries.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { contactRows, firstAddress, toContact } from './contacts.queries.ts'

const shownAtMost = 50

/** One contact with everything they did. Throws not_found for another organization's. */
export async function loadContact(ctx: Ctx, id: string): Promise<ContactDetail> {
  const row = await contactRows(ctx, eq(contacts.id, id)).get()
  const [contact] = await ctx.db
    .select()
    .from(contacts)
    .where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)))
  if (!row || !contact) throw new AppError('not_found')
  return {
    ...toContact(row),
    sharesName: contact.sharesName,
    notify: contact.notify,
    language: languages.find((known) => known === contact.language) ?? 'en',
    mergedInto: contact.mergedInto === null ? null : await nameOf(ctx, contact.mergedInto),
    erasedAt: isoOrNull(contact.erasedAt),
    addresses: await addressesShown(ctx, id),
    enrollmentList: await enrollmentsShown(ctx, id),
    asFriend: await referralsAsFriend(ctx, id),
    asAdvocate: await referralsAsAdvocate(ctx, id),
    balances: await balancesOfContact(ctx, id),
    messages: await messagesShown(ctx, id),
    duplicateList: await duplicatesShown(ctx, id),
    audit: await auditShown(ctx, id),
  }
}

const nameOf = async (ctx: Ctx, id: string) =>
  (await ctx.db
    .select({ id: contacts.id, name: contacts.name })
    .from(contacts)
    .where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)))
    .get()) ?? null

async function addressesShown(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select()
    .from(contactAddresses)
    .where(and(eq(contactAddresses.organizationId, ctx.organizationId), eq(contactAddresses.contactId, contactId)))
    .orderBy(asc(contactAddresses.kind), asc(contactAddresses.createdAt), asc(contactAddresses.id))
  return rows.map(({ id, kind, value, proof, createdAt }) => ({ id, kind, value, proof, createdAt: iso(createdAt) }))
}

async function enrollmentsShown(ctx: Ctx, contactId: string) {
  const count = (status?: 'converted') =>
    sql<number>`(SELECT count(*) FROM ${referrals} WHERE ${referrals.enrollmentId} = ${enrollments.id} AND ${referrals.archivedAt} IS NULL${status ? sql` AND ${referrals.status} = ${status}` : sql``})`
  const rows = await ctx.db
    .select({ enrollment: enrollments, campaign: campaigns, referrals: count(), converted: count('converted') })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(eq(enrollments.organizationId, ctx.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(desc(enrollments.createdAt))
    .limit(shownAtMost)
  return rows.map(({ enrollment, campaign, ...counts }) => ({
    id: enrollment.id,
    campaign: { id: campaign.id, name: campaign.name },
    code: enrollment.code,
    link: linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl }),
    ...counts,
    createdAt: iso(enrollment.createdAt),
    archivedAt: isoOrNull(enrollment.archivedAt),
  }))
}

const visible = (ctx: Ctx) => and(eq(referrals.organizationId, ctx.organizationId), isNull(referrals.archivedAt))

async function referralsAsFriend(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({
      id: referrals.id,
      status: referrals.status,
      campaignName: campaigns.name,
      otherId: contacts.id,
      otherName: contacts.name,
      createdAt: referrals.createdAt,
    })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .leftJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .leftJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(and(visible(ctx), eq(referrals.friendContactId, contactId)))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
    .limit(shownAtMost)
  return rows.map(({ otherId, otherName, createdAt, ...row }) => ({
    ...row,
    other: otherName === null ? null : { id: otherId, name: otherName },
    submittedAt: iso(createdAt),
  }))
}

async function referralsAsAdvocate(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({
      id: referrals.id,
      status: referrals.status,
      campaignName: campaigns.name,
      friendId: referrals.friendContactId,
      submitted: referrals.submitted,
      createdAt: referrals.createdAt,
    })
    .from(enrollments)
    .innerJoin(referrals, eq(referrals.enrollmentId, enrollments.id))
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(visible(ctx), eq(enrollments.contactId, contactId)))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
    .limit(shownAtMost)
  return rows.map(({ friendId, submitted, createdAt, ...row }) => ({
    ...row,
    other: { id: friendId, name: submitted.name },
    submittedAt: iso(createdAt),
  }))
}

async function messagesShown(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({
      id: messages.id,
      channel: messages.channel,
      template: messages.template,
      subject: messages.subject,
      state: messageState,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(
      and(
        eq(messages.organizationId, ctx.organizationId),
        eq(messages.contactId, contactId),
        ne(messages.template, 'member_sign_in'),
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(shownAtMost)
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }))
}

async function duplicatesShown(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({
      id: contacts.id,
      name: contacts.name,
      email: firstAddress('email'),
      phone: firstAddress('phone'),
      reason: contactDuplicates.reason,
      createdAt: contactDuplicates.createdAt,
    })
    .from(contactDuplicates)
    .innerJoin(
      contacts,
      sql`${contacts.id} = CASE ${contactDuplicates.contactId} WHEN ${contactId} THEN ${contactDuplicates.otherId} ELSE ${contactDuplicates.contactId} END`,
    )
    .where(
      and(
        eq(contactDuplicates.organizationId, ctx.organizationId),
        isNull(contactDuplicates.dismissedAt),
        or(eq(contactDuplicates.contactId, contactId), eq(contactDuplicates.otherId, contactId)),
      ),
    )
    .orderBy(desc(contactDuplicates.createdAt))
    .limit(shownAtMost)
  return rows.map(({ id, name, createdAt, ...row }) => ({
    contact: { id, name },
    ...row,
    noticedAt: iso(createdAt),
  }))
}

/** Audit entries about the contact or one of their enrollments. */
async function auditShown(ctx: Ctx, contactId: string) {
  const member = alias(members, 'acting')
  const subjects = sql`(SELECT ${contactId} UNION SELECT ${enrollments.id} FROM ${enrollments} WHERE ${enrollments.contactId} = ${contactId})`
  const rows = await ctx.db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actor: auditEntries.actor,
      memberName: member.name,
      keyName: keys.name,
    })
    .from(auditEntries)
    .leftJoin(member, eq(member.id, idFromActorKey(auditEntries.actor, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(auditEntries.actor, 'key')))
    .where(and(eq(auditEntries.organizationId, ctx.organizationId), sql`${auditEntries.subjectId} IN ${subjects}`))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(shownAtMost)
  const { label, onSubject } = auditLabels(ctx)
  return rows.map(({ id, at, action, actor, memberName, keyName }) => ({
    id,
    at: iso(at),
    action,
    label: onSubject(action) ?? `noted: ${label(action)}`,
    by: memberName ?? keyName ?? (actor.startsWith('contact:') ? 'The contact' : 'Goodword'),
  }))
}
