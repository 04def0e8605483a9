import { type ContactDetail, languages } from '@goodword/contracts'
import { reasonNoEmail, reasonNoText } from '@goodword/domain'
import { and, asc, type Column, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { prepared, preparedRows } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { contactAddresses, contactDuplicates, contacts } from '../../people/contacts/contacts.table.ts'
import { reachabilityOf } from '../../people/contacts/reachability.ts'
import { textConsentsOf } from '../../people/contacts/textConsents.ts'
import { messageState } from '../../platform/messages/messages.queries.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { asksOfContact } from '../../program/invitations/invitations.queries.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { auditShown } from './contacts.audit.queries.ts'
import { contactColumns, firstAddress, toContact } from './contacts.queries.ts'

const shownAtMost = 50

/** One contact with everything they did. Throws not_found for another organization's. */
export async function loadContact(ctx: Ctx, id: string): Promise<ContactDetail> {
  const values = { organizationId: ctx.organizationId, contactId: id }
  const row = await contactById(ctx.db).get(values)
  if (!row) throw new AppError('not_found')
  const { sharesName, notify, language, mergedInto, erasedAt, ...listed } = row
  const enrolled = await enrollmentRows(ctx.db).all(values)
  const enrollmentIds = enrolled.map(({ id }) => id)
  const { facts: reach } = await reachabilityOf(ctx, id)
  return {
    sharesName,
    notify,
    language: languages.find((known) => known === language) ?? 'en',
    mergedInto: mergedInto === null ? null : await nameOf(ctx, mergedInto),
    erasedAt: isoOrNull(erasedAt),
    addresses: (await addressRows(ctx.db).all(values)).map(({ createdAt, ...address }) => ({
      createdAt: iso(createdAt),
      ...address,
    })),
    enrollmentList: enrolled.map((one) => toEnrollment(ctx, one)),
    asFriend: await referralsAsFriend(ctx, id),
    asAdvocate: await referralsAsAdvocate(ctx, enrollmentIds),
    asks: await asksOfContact(ctx, id),
    unreachable: { text: reasonNoText(reach.phone), email: reasonNoEmail(reach.email) },
    textConsents: (await textConsentsOf(ctx, id)).map(({ at, ...consent }) => ({ ...consent, at: iso(at) })),
    balances: await balancesOfContact(ctx, id),
    messages: (await messageRows(ctx.db).all(values)).map(({ createdAt, ...message }) => ({
      createdAt: iso(createdAt),
      ...message,
    })),
    duplicateList: await duplicatesShown(ctx, id),
    audit: await auditShown(ctx, [id, ...enrollmentIds], shownAtMost),
    ...toContact(listed),
  }
}

const contactById = prepared((db) =>
  db
    .select({
      ...contactColumns,
      sharesName: contacts.sharesName,
      notify: contacts.notify,
      language: contacts.language,
      mergedInto: contacts.mergedInto,
      erasedAt: contacts.erasedAt,
    })
    .from(contacts)
    .where(
      and(
        eq(contacts.organizationId, sql.placeholder('organizationId')),
        eq(contacts.id, sql.placeholder('contactId')),
      ),
    )
    .prepare(),
)

const nameOf = async (ctx: Ctx, id: string) =>
  (await ctx.db
    .select({ id: contacts.id, name: contacts.name })
    .from(contacts)
    .where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)))
    .get()) ?? null

/** The rows of a contact; the plus sign is that of `ownRow`. The placeholders are `organizationId` and `contactId`. */
const ofContact = (table: { organizationId: Column; contactId: Column }) =>
  and(
    sql`+${table.organizationId} = ${sql.placeholder('organizationId')}`,
    eq(table.contactId, sql.placeholder('contactId')),
  )

const addressRows = preparedRows((db) =>
  db
    .select({
      id: contactAddresses.id,
      kind: contactAddresses.kind,
      value: contactAddresses.value,
      proof: contactAddresses.proof,
      createdAt: contactAddresses.createdAt,
    })
    .from(contactAddresses)
    .where(ofContact(contactAddresses))
    .orderBy(asc(contactAddresses.kind), asc(contactAddresses.createdAt), asc(contactAddresses.id))
    .prepare(),
)

const enrollmentRows = preparedRows((db) =>
  db
    .select({
      id: enrollments.id,
      code: enrollments.code,
      referrals: enrollments.referralCount,
      converted: enrollments.convertedCount,
      createdAt: enrollments.createdAt,
      archivedAt: enrollments.archivedAt,
      campaignId: campaigns.id,
      campaignName: campaigns.name,
      linkTarget: campaigns.linkTarget,
      landingUrl: campaigns.landingUrl,
    })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(ofContact(enrollments))
    .orderBy(desc(enrollments.createdAt))
    .limit(shownAtMost)
    .prepare(),
)

type Enrollment = Awaited<ReturnType<ReturnType<typeof enrollmentRows>['all']>>[number]

const toEnrollment = (ctx: Ctx, row: Enrollment): ContactDetail['enrollmentList'][number] => ({
  id: row.id,
  campaign: { id: row.campaignId, name: row.campaignName },
  code: row.code,
  link: linkOf({ campaign: row, code: row.code, publicUrl: ctx.config.publicUrl }),
  referrals: row.referrals,
  converted: row.converted,
  createdAt: iso(row.createdAt),
  archivedAt: isoOrNull(row.archivedAt),
})

const visible = and(
  sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`,
  isNull(referrals.archivedAt),
)

async function referralsAsFriend(ctx: Ctx, contactId: string) {
  const rows = await asFriendRows(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  return rows.map(({ otherId, otherName, createdAt, ...row }) => ({
    other: otherName === null ? null : { id: otherId, name: otherName },
    submittedAt: iso(createdAt),
    ...row,
  }))
}

const asFriendRows = preparedRows((db) =>
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
async function referralsAsAdvocate({ db, organizationId }: Ctx, enrollmentIds: string[]) {
  const found = await Promise.all(
    enrollmentIds.map((enrollmentId) => latestReferralsOf(db).all({ organizationId, enrollmentId })),
  )
  const rows = found.flat().sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1))
  return rows.slice(0, shownAtMost).map(({ friendId, submitted, createdAt, ...row }) => ({
    other: { id: friendId, name: submitted.name },
    submittedAt: iso(createdAt),
    ...row,
  }))
}

const latestReferralsOf = preparedRows((db) =>
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

const messageRows = preparedRows((db) =>
  db
    .select({
      id: messages.id,
      channel: messages.channel,
      template: messages.template,
      subject: messages.subject,
      state: messageState,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(and(ofContact(messages), ne(messages.template, 'member_sign_in')))
    // Messages are inserted when they are created, and the contact's index ends with the rowid.
    .orderBy(desc(sql`${messages}.rowid`))
    .limit(shownAtMost)
    .prepare(),
)

async function duplicatesShown(ctx: Ctx, contactId: string) {
  const values = { organizationId: ctx.organizationId, contactId }
  const found = [...(await flagsBy(ctx.db).all(values)), ...(await flagsAbout(ctx.db).all(values))]
  const rows = found.sort((a, b) => b.createdAt - a.createdAt).slice(0, shownAtMost)
  return rows.map(({ id, name, createdAt, ...row }) => ({
    contact: { id, name },
    noticedAt: iso(createdAt),
    ...row,
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
