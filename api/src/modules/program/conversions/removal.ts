import type { DeleteReferral, RemovalPreview } from '@goodword/contracts'
import { advocateValueAt, describeValue, liveStatuses, periodsAround } from '@goodword/domain'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { previewVoiding } from '../../money/rewards/voiding.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { nextFriendOf } from '../referrals/converted.queries.ts'
import {
  attributed,
  getReferral,
  hasReferrals,
  moveReferral,
  type ReferralRecord,
  updateReferral,
} from '../referrals/referrals.ts'
import { writeAudit } from './conversions.audit.ts'
import { hasLaterConversion } from './conversions.queries.ts'
import type { Conversion } from './conversions.table.ts'
import { findConversion } from './conversions.ts'
import { termsOfPair } from './decision.ts'
import { reverseConversion, sourcesOf } from './reversal.ts'
import { shownChanges, voiding } from './rewardChanges.queries.ts'

/**
 * Deletes a referral (admin only): reverses it if it has converted, then removes it from every list and count. Contact,
 * conversion and audit trail stay, and its external reference can be used again.
 */
export async function deleteReferral(ctx: Ctx, id: string, { reason, confirmOwed }: DeleteReferral): Promise<void> {
  assertAdmin(ctx)
  await transaction(ctx, async (tx) => {
    const { status } = await getReferral(tx, id)
    if (status === 'converted') await reverseConversion(tx, id, reason, { confirmOwed })
    else if (liveStatuses.some((live) => live === status)) await moveReferral(tx, id, 'declined', reason)
    await updateReferral(tx, id, { archivedAt: tx.clock(), externalId: null })
    await writeAudit(tx, { action: 'referral.deleted', subjectId: id, data: { status } })
  })
}

/** What removing a referral would do: to its rewards, to its advocate and to the friend's own link. Writes nothing. */
export async function previewRemoval(ctx: Ctx, id: string): Promise<RemovalPreview> {
  const referral = await getReferral(ctx, id)
  const conversion = referral.status === 'converted' ? await findConversion(ctx, id) : undefined
  const sources = conversion ? await sourcesOf(ctx, conversion.id) : []
  return {
    reverses: conversion !== undefined,
    rewards: await shownChanges(ctx, (await previewVoiding(ctx, sources)).map(voiding)),
    advocate: await previewAdvocate(ctx, referral, conversion),
    laterKeep: conversion ? await hasLaterConversion(ctx, conversion) : false,
    friendLink: conversion ? await previewLink(ctx, conversion) : 'none',
    furtherJobs: Math.max(0, sources.length - 1),
  }
}

async function previewAdvocate(
  ctx: Ctx,
  referral: ReferralRecord,
  conversion: Conversion | undefined,
): Promise<RemovalPreview['advocate']> {
  if (referral.enrollmentId === null || referral.friendContactId === null) return null
  const context = await loadCampaignContext(ctx, referral.campaignId)
  const { current, advocate } = await termsOfPair(ctx, attributed(referral), context)
  const before = advocate.convertedCount
  const after = before - (conversion ? 1 : 0)
  const { organization, campaign } = context
  const { yearStart } = periodsAround(ctx.clock(), organization.timeZone)
  const counts = conversion && (!current.countEachYear || conversion.createdAt >= yearStart)
  const nth = await nextFriendOf(ctx, advocate, current, organization.timeZone)
  const next = (friend: number) => {
    const value = advocateValueAt(current, friend)
    return value && describeValue(value, campaign.currency)
  }
  const { name } = await getContact(ctx, advocate.contactId)
  return { name, before, after, next: next(nth), nextAfter: next(counts ? nth - 1 : nth) }
}

async function previewLink(ctx: Ctx, { createdEnrollmentId }: Conversion): Promise<RemovalPreview['friendLink']> {
  if (createdEnrollmentId === null) return 'stays_own'
  return (await hasReferrals(ctx, createdEnrollmentId)) ? 'stays_used' : 'archived'
}
