import type { FlagReason, ReferralBackground } from '@goodword/contracts'
import { canonicalEmail, fullNameKey } from '@goodword/domain'
import { and, asc, between, desc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { contactAddresses, contacts } from '../../people/contacts/contacts.table.ts'
import { describeKnown } from '../../people/contacts/describeKnown.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { advocateTraces, enrollments } from '../../program/advocates/advocates.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import type { ReferralRecord } from '../../program/referrals/referrals.ts'

const mostShown = 5

/** The unary plus makes the planner use the referral's index; the organization's index covers far more rows. */
export const mine = (ctx: Ctx, column: SQLiteColumn) => sql`+${column} = ${ctx.organizationId}`

type Evidence = ReferralBackground['evidence']

/** The contacts or referrals that each flag refers to. */
export async function evidenceShown(ctx: Ctx, referral: ReferralRecord): Promise<Evidence> {
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
      return enrollmentId === null ? [] : ownersOfMailbox(ctx, flag, referral, enrollmentId)
    case 'same_name':
      return enrollmentId === null ? [] : namesakes(ctx, flag, referral, enrollmentId)
    case 'velocity':
      return enrollmentId === null ? [] : othersWith(ctx, flag, aroundThen(referral), referral)
    case 'network_velocity':
      return networkHash === null ? [] : othersWith(ctx, flag, eq(referrals.networkHash, networkHash), referral)
    case 'same_phone_other_name':
    case 'possible_duplicate':
      return ownersOfPhone(ctx, flag, referral)
    case 'disposable_email':
    case 'organization_velocity':
    case 'hidden_field':
    case 'no_proof':
    case 'name_missing':
      return []
  }
}

const hourMs = 3_600_000

/** The friends who came with this one; the latest are shown. */
const aroundThen = ({ createdAt }: ReferralRecord) =>
  between(referrals.createdAt, createdAt - hourMs, createdAt + hourMs)

/** The advocate, and other friends of theirs, whose mailbox the friend's address belongs to. */
async function ownersOfMailbox(
  ctx: Ctx,
  flag: FlagReason,
  { id, submitted }: ReferralRecord,
  enrollmentId: string,
): Promise<Evidence> {
  if (!submitted.email) return []
  const alike = sql`SELECT contact_id FROM contact_addresses WHERE organization_id = ${ctx.organizationId}
    AND canonical = ${canonicalEmail(submitted.email)} LIMIT 200`
  const friends = await ctx.db
    .select({ id: referrals.id, submitted: referrals.submitted })
    .from(referrals)
    .where(
      and(
        mine(ctx, referrals.organizationId),
        sql`+${referrals.enrollmentId} = ${enrollmentId}`,
        sql`${referrals.friendContactId} IN (${alike})`,
        ne(referrals.id, id),
        isNull(referrals.archivedAt),
      ),
    )
    .limit(mostShown)
  return [
    ...(await contactsOf(ctx, flag, sql`${enrollments.id} = ${enrollmentId} AND ${contacts.id} IN (${alike})`)),
    ...friends.map((row) => ({ flag, name: row.submitted.name, referralId: row.id, contactId: null })),
  ]
}

/** Other friends of the advocate with the same name, among the latest. */
async function namesakes(
  ctx: Ctx,
  flag: FlagReason,
  { id, submitted, friendContactId }: ReferralRecord,
  enrollmentId: string,
): Promise<Evidence> {
  const key = fullNameKey(submitted.name)
  const rows = await ctx.db
    .select({ id: referrals.id, submitted: referrals.submitted, friendContactId: referrals.friendContactId })
    .from(referrals)
    .where(and(mine(ctx, referrals.organizationId), eq(referrals.enrollmentId, enrollmentId), ne(referrals.id, id)))
    .orderBy(desc(referrals.createdAt))
    .limit(200)
  return rows
    .filter((row) => key !== null && row.friendContactId !== friendContactId && fullNameKey(row.submitted.name) === key)
    .slice(0, mostShown)
    .map((row) => ({ flag, name: row.submitted.name, referralId: row.id, contactId: null }))
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
    .limit(mostShown)
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
  const { phone } = describeKnown(country, submitted)
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
    .limit(mostShown)
  return rows.map(({ id, name }) => ({ flag, name, referralId: null, contactId: id }))
}
