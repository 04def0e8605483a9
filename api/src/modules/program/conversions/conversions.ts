import type { ConvertReferral } from '@goodword/contracts'
import { mayConvert } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { markCustomer } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { enroll, findEnrollment, restoreEnrollment } from '../advocates/advocates.ts'
import { type Attributed, attributed, getReferral, moveReferral } from '../referrals/referrals.ts'
import { rivalry, rivalsOf } from '../referrals/rivals.ts'
import { settleFriend } from '../referrals/separating.ts'
import { writeAudit } from './conversions.audit.ts'
import { type Conversion, conversions } from './conversions.table.ts'
import { type Decision, decideConversion } from './decision.ts'
import { notifyBothSides } from './notices.ts'
import { type ConvertingJobFacts, linkJob } from './rewardedJobs.ts'
import { addRewards, freezeSide } from './rewarding.ts'

/**
 * Converts a referral in one transaction: the conversion with its frozen amounts, both rewards and their transfers, the
 * friend's enrollment, expired rivals, messages and audit (SPEC §5). Converting again with the same values changes
 * nothing; with other values it throws conversion_differs. `job` is the one whose event or whose to-do it comes from.
 */
export async function convertReferral(
  ctx: Ctx,
  id: string,
  input: ConvertReferral,
  job: ConvertingJobFacts | null = null,
): Promise<void> {
  return transaction(ctx, async (tx) => {
    const referral = await getReferral(tx, id)
    const existing = referral.status === 'converted' && (await findConversion(tx, id))
    if (existing) {
      if (!sameValues(existing, input)) throw new AppError('conversion_differs')
      return
    }
    const pair = attributed(referral)
    const rivals = await rivalry(tx, pair)
    if (rivals.converted) throw new AppError('rival_converted', { existingId: rivals.converted.id })
    const decision = await decideConversion(tx, pair, input)
    if (tx.actor.type === 'member' && !mayConvert(tx.actor.role, decision.organization))
      throw new AppError('staff_may_not_convert')
    if (!(await settleFriend(tx, pair, decision.organization.country))) return convertReferral(tx, id, input, job)
    await moveReferral(tx, referral, 'converted')
    // A rival may have left with an address that the friend's contact has just lost; none can have come.
    for (const rival of rivals.live.length === 0 ? [] : await rivalsOf(tx, referral)) {
      await moveReferral(tx, rival, 'expired', 'Another referral of this friend converted', id)
    }
    const friend = await enrollFriend(tx, pair)
    const conversion = await addConversion(tx, pair, decision, input, friend.created ? friend.enrollment.id : null)
    if (job) await linkJob(tx, conversion, job)
    const given = await addRewards(tx, {
      ...conversion,
      source: { type: 'conversion', id: conversion.id },
      rewards: decision.rewards,
      approval: decision.current.approval,
      availableAt: decision.availableAt,
    })
    if (input.notify) await notifyBothSides(tx, conversion, decision, given, friend.enrollment)
    await writeAudit(tx, {
      action: 'referral.converted',
      subjectId: id,
      data: {
        conversionId: conversion.id,
        jobValue: conversion.jobValue,
        advocateAmount: conversion.advocateAmount,
        friendAmount: conversion.friendAmount,
        termsVersion: conversion.termsVersion,
      },
    })
    const { jobValue, currency, advocateAmount, friendAmount } = conversion
    const payload = { jobValue, currency, advocateAmount, friendAmount }
    await recordEvent(tx, 'referral.converted', { referralId: id, conversionId: conversion.id, ...payload })
  })
}

const addRow = preparedInsert(conversions)

const conversionOfReferral = prepared((db) =>
  db
    .select()
    .from(conversions)
    .where(
      and(
        eq(conversions.referralId, sql.placeholder('referralId')),
        eq(conversions.organizationId, sql.placeholder('organizationId')),
      ),
    )
    .prepare(),
)

export const findConversion = (ctx: Ctx, referralId: string): Promise<Conversion | undefined> =>
  conversionOfReferral(ctx.db).get({ referralId, organizationId: ctx.organizationId })

const sameValues = (conversion: Conversion, input: ConvertReferral): boolean =>
  conversion.jobValue === (input.jobValue ?? null) &&
  conversion.paidOn === (input.paidOn ?? null) &&
  conversion.invoice === (input.invoice ?? null)

/**
 * Enrolls the friend as an advocate of the same campaign, using their existing contact and enrollment if there are any.
 */
async function enrollFriend(tx: Ctx, referral: Attributed) {
  await markCustomer(tx, referral.friendContactId, tx.clock())
  const existing = await findEnrollment(tx, referral.campaignId, referral.friendContactId)
  if (existing) {
    if (existing.archivedAt !== null) await restoreEnrollment(tx, existing.id)
    return { enrollment: existing, created: existing.archivedAt !== null }
  }
  const enrollment = await enroll(tx, {
    campaignId: referral.campaignId,
    contactId: referral.friendContactId,
    source: 'conversion',
  })
  return { enrollment, created: true }
}

async function addConversion(
  tx: Ctx,
  referral: Attributed,
  decision: Decision,
  input: ConvertReferral,
  createdEnrollmentId: string | null,
): Promise<Conversion> {
  const { rewards, campaign, advocate } = decision
  const conversion: Conversion = {
    id: tx.newId('conversion'),
    organizationId: tx.organizationId,
    referralId: referral.id,
    campaignId: campaign.id,
    enrollmentId: referral.enrollmentId,
    advocateContactId: advocate.contactId,
    friendContactId: referral.friendContactId,
    termsVersion: campaign.termsVersion,
    nth: rewards.nth,
    jobValue: input.jobValue ?? null,
    currency: campaign.currency,
    paidOn: input.paidOn ?? null,
    invoice: input.invoice ?? null,
    advocateAmount: rewards.advocate.amount,
    friendAmount: rewards.friend.amount,
    frozen: {
      advocate: freezeSide('advocate', decision),
      friend: freezeSide('friend', decision),
      exceptions: advocate.exceptions,
    },
    createdEnrollmentId,
    actor: actorKey(tx.actor),
    createdAt: tx.clock(),
  }
  await addRow(tx.db, conversion)
  return conversion
}
