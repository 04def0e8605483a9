import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { blockingStatuses, campaignOpenness, canonicalEmail, decideSubmission, liveStatuses } from '@goodword/domain'
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { prepared, rowAdder } from '../../database/prepared.ts'
import type { Ctx } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { type Enrollment, findEnrollment } from '../advocates/advocates.ts'
import type { Scene } from '../campaigns/campaigns.ts'
import { addressesOf, admitContact, type Match, matchContact, type PersonDescription } from '../contacts/contacts.ts'
import { addEvent } from './events.ts'
import { referrals, type Submitted } from './referrals.table.ts'

export type NewReferral = Scene & {
  enrollment: Enrollment
  person: PersonDescription
  submitted: Submitted
  source: ReferralSource
  externalId?: string
  metadata?: Record<string, string>
  formNonce?: string
  networkHash?: string
  /** What the public edge noticed. */
  flags?: FlagReason[]
}

/** What was recorded, with what telling about it needs. */
export type Recorded = Scene & { id: string; enrollment: Enrollment; friendContactId: string }

/** A server hands over what its own form was given: it vouches for nothing either (SPEC §1). */
const passesOnWhatWasTyped = new Set<ReferralSource>(['widget', 'hosted', 'request', 'api'])

const addRow = rowAdder(referrals)

/** Records that an advocate introduced a friend, after the checks of SPEC §4. Throws the code of the first that fails. */
export async function recordReferral(tx: Ctx, input: NewReferral): Promise<Recorded> {
  const { enrollment, organization, campaign, terms } = input
  const match = await matchContact(tx, input.person)
  const decision = decideSubmission({
    openness: campaignOpenness(campaign, tx.clock()),
    ...(await factsOfFriend(tx, enrollment, match)),
    liveReferrals: await countLive(tx, enrollment.id),
    liveReferralsMax: terms.liveReferralsMax,
    existingCustomers: terms.existingCustomers,
    flags: [...new Set([...match.flags, ...(input.flags ?? []), ...(await evidence(tx, enrollment, input))])],
  })
  if (!decision.ok) throw new AppError(decision.code)

  const proof = passesOnWhatWasTyped.has(input.source) ? 'stranger' : 'staff'
  const { contact } = await admitContact(tx, input.person, proof, match)
  const id = tx.newId('referral')
  const now = tx.clock()
  await addRow(tx.db, {
    id,
    organizationId: tx.organizationId,
    campaignId: campaign.id,
    enrollmentId: enrollment.id,
    friendContactId: contact.id,
    status: 'pending',
    source: input.source,
    submitted: input.submitted,
    termsVersion: campaign.termsVersion,
    advocateNamed: null,
    flags: decision.flags,
    flagsClearedAt: null,
    promisedExceptions: enrollment.exceptions,
    withoutReward: decision.withoutReward,
    reason: null,
    invalidReason: null,
    assigneeId: null,
    archivedAt: null,
    reopenedAt: null,
    supersededBy: null,
    externalId: input.externalId ?? null,
    metadata: input.metadata ?? {},
    formNonce: input.formNonce ?? null,
    networkHash: input.networkHash ?? null,
    deviceHash: null,
    importId: null,
    createdAt: now,
    updatedAt: now,
  })
  await addEvent(tx, { referralId: id, status: 'pending' })
  return { id, enrollment, organization, campaign, terms, friendContactId: contact.id }
}

async function factsOfFriend(tx: Ctx, enrollment: Enrollment, match: Match) {
  const friend = match.contact
  if (!friend) {
    return {
      friendIsAdvocatePerson: false,
      friendReferredAdvocate: false,
      friendEnrolledHere: false,
      alreadyReferred: false,
      friendIsExistingCustomer: false,
    }
  }
  const own = await findEnrollment(tx, enrollment.campaignId, friend.id)
  return {
    friendIsAdvocatePerson: friend.id === enrollment.contactId,
    friendReferredAdvocate: own !== undefined && (await hasReferral(tx, own.id, enrollment.contactId)),
    friendEnrolledHere: own !== undefined && own.archivedAt === null,
    alreadyReferred: await hasReferral(tx, enrollment.id, friend.id),
    friendIsExistingCustomer: friend.customerSince !== null && friend.customerSince <= tx.clock(),
  }
}

const blockingReferral = prepared((db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.enrollmentId, sql.placeholder('enrollmentId')),
        eq(referrals.friendContactId, sql.placeholder('friendContactId')),
        eq(referrals.organizationId, sql.placeholder('organizationId')),
        inArray(referrals.status, [...blockingStatuses]),
      ),
    )
    .prepare(),
)

async function hasReferral(tx: Ctx, enrollmentId: string, friendContactId: string): Promise<boolean> {
  const { organizationId } = tx
  return (await blockingReferral(tx.db).get({ enrollmentId, friendContactId, organizationId })) !== undefined
}

const liveOfAdvocate = prepared((db) =>
  db
    .select({ n: count() })
    .from(referrals)
    .where(
      and(eq(referrals.enrollmentId, sql.placeholder('enrollmentId')), inArray(referrals.status, [...liveStatuses])),
    )
    .prepare(),
)

const countLive = async (tx: Ctx, enrollmentId: string): Promise<number> =>
  (await liveOfAdvocate(tx.db).get({ enrollmentId }))?.n ?? 0

const fromNetwork = prepared((db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.enrollmentId, sql.placeholder('enrollmentId')),
        eq(referrals.networkHash, sql.placeholder('networkHash')),
      ),
    )
    .limit(1)
    .prepare(),
)

/** Reasons to look twice: the friend's email is the advocate's but for a tag, or came from the network of others. */
async function evidence(tx: Ctx, enrollment: Enrollment, input: NewReferral): Promise<FlagReason[]> {
  const flags: FlagReason[] = []
  const { email } = input.person
  if (email) {
    const own = await addressesOf(tx, enrollment.contactId)
    if (own.some((address) => address.value !== email && address.canonical === canonicalEmail(email)))
      flags.push('canonical_email_match')
  }
  if (input.networkHash) {
    const { networkHash } = input
    if (await fromNetwork(tx.db).get({ enrollmentId: enrollment.id, networkHash })) flags.push('same_network')
  }
  return flags
}
