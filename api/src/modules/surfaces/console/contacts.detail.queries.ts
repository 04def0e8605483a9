import { type ContactDetail, languages } from '@goodword/contracts'
import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { ownRow } from '../../../shared/ownRow.ts'
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
    .where(and(ownRow(ctx, contactAddresses.organizationId), eq(contactAddresses.contactId, contactId)))
    .orderBy(asc(contactAddresses.kind), asc(contactAddresses.createdAt), asc(contactAddresses.id))
  return rows.map(({ id, kind, value, proof, createdAt }) => ({ id, kind, value, proof, createdAt: iso(createdAt) }))
}

async function enrollmentsShown(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ enrollment: enrollments, campaign: campaigns })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(ownRow(ctx, enrollments.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(desc(enrollments.createdAt))
    .limit(shownAtMost)
  return rows.map(({ enrollment, campaign }) => ({
    id: enrollment.id,
    campaign: { id: campaign.id, name: campaign.name },
    code: enrollment.code,
    link: linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl }),
    referrals: enrollment.referralCount,
    converted: enrollment.convertedCount,
    createdAt: iso(enrollment.createdAt),
    archivedAt: isoOrNull(enrollment.archivedAt),
  }))
}

const visible = and(
  sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`,
  isNull(referrals.archivedAt),
)

async function referralsAsFriend(ctx: Ctx, contactId: string) {
  const rows = await asFriendRows(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  return rows.map(({ otherId, otherName, createdAt, ...row }) => ({
    ...row,
    other: otherName === null ? null : { id: otherId, name: otherName },
    submittedAt: iso(createdAt),
  }))
}

const asFriendRows = prepared((db) =>
  db
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
    .where(and(visible, eq(referrals.friendContactId, sql.placeholder('contactId'))))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
    .limit(shownAtMost)
    .prepare(),
)

/** The latest of each enrollment, merged: an index has those of one enrollment in this order. */
async function referralsAsAdvocate(ctx: Ctx, contactId: string) {
  const enrolled = await ctx.db
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(ownRow(ctx, enrollments.organizationId), eq(enrollments.contactId, contactId)))
    .orderBy(desc(enrollments.createdAt))
    .limit(shownAtMost)
  const found = await Promise.all(
    enrolled.map(({ id }) => latestReferralsOf(ctx.db).all({ organizationId: ctx.organizationId, enrollmentId: id })),
  )
  const rows = found.flat().sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1))
  return rows.slice(0, shownAtMost).map(({ friendId, submitted, createdAt, ...row }) => ({
    ...row,
    other: { id: friendId, name: submitted.name },
    submittedAt: iso(createdAt),
  }))
}

const latestReferralsOf = prepared((db) =>
  db
    .select({
      id: referrals.id,
      status: referrals.status,
      campaignName: campaigns.name,
      friendId: referrals.friendContactId,
      submitted: referrals.submitted,
      createdAt: referrals.createdAt,
    })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(visible, eq(referrals.enrollmentId, sql.placeholder('enrollmentId'))))
    .orderBy(desc(referrals.createdAt), desc(sql`${referrals}.rowid`))
    .limit(shownAtMost)
    .prepare(),
)

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
        ownRow(ctx, messages.organizationId),
        eq(messages.contactId, contactId),
        ne(messages.template, 'member_sign_in'),
      ),
    )
    // Messages are inserted when they are created, and the contact's index ends with the rowid.
    .orderBy(desc(sql`${messages}.rowid`))
    .limit(shownAtMost)
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }))
}

async function duplicatesShown(ctx: Ctx, contactId: string) {
  const values = { organizationId: ctx.organizationId, contactId }
  const found = [...(await flagsBy(ctx.db).all(values)), ...(await flagsAbout(ctx.db).all(values))]
  const rows = found.sort((a, b) => b.createdAt - a.createdAt).slice(0, shownAtMost)
  return rows.map(({ id, name, createdAt, ...row }) => ({
    contact: { id, name },
    ...row,
    noticedAt: iso(createdAt),
  }))
}

type Named = typeof contactDuplicates.contactId | typeof contactDuplicates.otherId

/** The latest open flags that name the contact in one of the two columns, with the contact in the other. */
const flagsOf = (mine: Named, theirs: Named) =>
  prepared((db) =>
    db
      .select({
        id: contacts.id,
        name: contacts.name,
        email: firstAddress('email'),
        phone: firstAddress('phone'),
        reason: contactDuplicates.reason,
        createdAt: contactDuplicates.createdAt,
      })
      .from(contactDuplicates)
      .innerJoin(contacts, eq(contacts.id, theirs))
      .where(
        and(
          sql`+${contactDuplicates.organizationId} = ${sql.placeholder('organizationId')}`,
          eq(mine, sql.placeholder('contactId')),
          isNull(contactDuplicates.dismissedAt),
        ),
      )
      .orderBy(desc(contactDuplicates.createdAt))
      .limit(shownAtMost)
      .prepare(),
  )

const flagsBy = flagsOf(contactDuplicates.contactId, contactDuplicates.otherId)
const flagsAbout = flagsOf(contactDuplicates.otherId, contactDuplicates.contactId)

/** The latest audit entries about the contact or one of their enrollments. */
async function auditShown(ctx: Ctx, contactId: string) {
  const enrolled = await ctx.db
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(ownRow(ctx, enrollments.organizationId), eq(enrollments.contactId, contactId)))
    .limit(shownAtMost)
  const found = await Promise.all(
    [contactId, ...enrolled.map(({ id }) => id)].map((id) =>
      entriesAbout(ctx.db).all({ organizationId: ctx.organizationId, subjectId: id }),
    ),
  )
  const rows = found.flat().sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
  const { label, onSubject } = auditLabels(ctx)
  return rows.slice(0, shownAtMost).map(({ id, at, action, actor, memberName, keyName }) => ({
    id,
    at: iso(at),
    action,
    label: onSubject(action) ?? `noted: ${label(action)}`,
    by: memberName ?? keyName ?? (actor.startsWith('contact:') ? 'The contact' : 'Goodword'),
  }))
}

/** The trail is only added to, so its rows lie in the order of time, and the index of subjects ends with the rowid. */
const entriesAbout = prepared((db) =>
  db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actor: auditEntries.actor,
      memberName: members.name,
      keyName: keys.name,
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, idFromActorKey(auditEntries.actor, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(auditEntries.actor, 'key')))
    .where(
      and(
        sql`+${auditEntries.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(auditEntries.subjectId, sql.placeholder('subjectId')),
      ),
    )
    .orderBy(desc(sql`${auditEntries}.rowid`))
    .limit(shownAtMost)
    .prepare(),
)
