import type { RewardSource } from '@goodword/contracts'
import { firstName, mayReverse } from '@goodword/domain'
import { assertAdmin } from '../../../shared/admins.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Voided, voidRewards } from '../../money/rewards/voiding.ts'
import { addressFor, getContact, resolveMerged, unmarkCustomer } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { archiveEnrollment } from '../advocates/advocates.ts'
import { getReferral, hasReferrals, moveReferral, type ReferralRecord } from '../referrals/referrals.ts'
import { writeAudit } from './conversions.audit.ts'
import type { Conversion } from './conversions.table.ts'
import { findConversion } from './conversions.ts'
import { firstStanding } from './decision.ts'
import { markTakenBack, rewardedJobsOf } from './rewardedJobs.ts'

/**
 * Reverses a conversion: voids its rewards and those of the friend's further jobs, mirrors its transfers, and deactivates an enrollment it created if nobody
 * used it. The conversion row stays. Whoever converted may do this for ten minutes, an admin at any time (SPEC §2). If
 * credit was already used, throws credit_spent with the shortfall, unless an admin confirms that it is owed back.
 */
export async function reverseConversion(
  ctx: Ctx,
  referralId: string,
  reason: string,
  { confirmOwed = false } = {},
): Promise<ReferralRecord> {
  return transaction(ctx, async (tx) => {
    const { status } = await getReferral(tx, referralId)
    const conversion = await findConversion(tx, referralId)
    if (status === 'converted' && conversion) assertMayReverse(tx, conversion)
    if (confirmOwed) assertAdmin(tx)
    return reverseAllowed(tx, referralId, reason, { confirmOwed })
  })
}

/** The same for whoever is allowed to, such as a campaign whose rules take back the rewards of refunded jobs. */
export async function reverseAllowed(
  tx: Ctx,
  referralId: string,
  reason: string,
  { confirmOwed }: { confirmOwed: boolean },
): Promise<ReferralRecord> {
  await moveReferral(tx, referralId, 'reversed', reason)
  const conversion = await findConversion(tx, referralId)
  if (!conversion) throw new Error(`Converted referral ${referralId} has no conversion.`)
  const voided = await voidAllRewards(tx, conversion, { reason, confirmOwed })
  const created = conversion.createdEnrollmentId
  if (created && !(await hasReferrals(tx, created))) await archiveEnrollment(tx, created)
  const friend = await resolveMerged(tx, conversion.friendContactId)
  await unmarkCustomer(tx, friend.id, conversion.createdAt, await firstStanding(tx, friend.id))
  for (const one of voided) await notifyReversed(tx, { referralId, friendId: friend.id, reason }, one)
  const data = { conversionId: conversion.id, owed: voided.reduce((sum, { owed }) => sum + owed, 0) }
  await writeAudit(tx, { action: 'referral.reversed', subjectId: referralId, data })
  await recordEvent(tx, 'referral.reversed', { referralId, ...data })
  return getReferral(tx, referralId)
}

/** What a conversion led to: its own rewards, and those of the friend's further jobs. */
export async function sourcesOf(ctx: Ctx, conversionId: string): Promise<RewardSource[]> {
  const jobs = await rewardedJobsOf(ctx, conversionId)
  const further = jobs.filter(({ isFurther }) => isFurther).map(({ jobId }) => ({ type: 'job', id: jobId }) as const)
  return [{ type: 'conversion', id: conversionId }, ...further]
}

async function voidAllRewards(
  tx: Ctx,
  { id }: Conversion,
  how: { reason: string; confirmOwed: boolean },
): Promise<Voided[]> {
  const voided = await voidRewards(tx, await sourcesOf(tx, id), how)
  for (const job of await rewardedJobsOf(tx, id)) await markTakenBack(tx, job.jobId)
  return voided
}

function assertMayReverse(tx: Ctx, conversion: Conversion): void {
  const { actor } = tx
  const who = { role: actor.type === 'member' ? actor.role : null, own: conversion.actor === actorKey(actor) }
  if (!mayReverse(who, { convertedAt: conversion.createdAt }, tx.clock())) throw new AppError('undo_too_late')
}

/** The reason is about the friend, even in the advocate's message. */
async function notifyReversed(
  tx: Ctx,
  { referralId, friendId, reason }: { referralId: string; friendId: string; reason: string },
  { reward, owed }: Voided,
): Promise<void> {
  const reach = await addressFor(tx, reward.contactId)
  if (!reach) return
  const contact = await getContact(tx, reward.contactId)
  const organization = await getOrganization(tx, tx.organizationId)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId,
    contactId: contact.id,
    mentions: [friendId],
    ...reach,
    name: contact.name,
    template: 'conversion_reversed',
    language: contact.language,
    values: ({ money }) => ({
      organizationName: organization.name,
      firstName: firstName(contact.name),
      amount: reward.amount > 0 && !reward.offThisJob ? money(reward.amount, reward.currency) : null,
      offThisJob: reward.offThisJob ? money(reward.amount, reward.currency) : null,
      reason,
      ...(owed > 0 ? { owed: money(owed, reward.currency) } : {}),
    }),
    link: 'portal_view',
    idempotencyKey: `reward:${reward.id}:reversed`,
  })
}
