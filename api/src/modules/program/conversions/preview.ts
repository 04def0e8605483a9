import type { ConversionPreview, PreviewQuery, SidePreview } from '@goodword/contracts'
import { jobValueRequired, type SideReward, suggestedRival } from '@goodword/domain'
import type * as z from 'zod'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { addressFor, getContact } from '../../people/contacts/contacts.ts'
import { findEnrollment, getEnrollment } from '../advocates/advocates.ts'
import type { CampaignRow } from '../campaigns/campaigns.ts'
import { type Attributed, attributed, getReferral, type ReferralRecord } from '../referrals/referrals.ts'
import { rivalsOf } from '../referrals/rivals.ts'
import { decideConversion, termsOfPair } from './decision.ts'

const fullShare = 10_000

/**
 * The amounts that converting now would pay. Writes nothing. If a required job value is missing, the amounts are zero.
 */
export async function previewConversion(
  ctx: Ctx,
  id: string,
  query: z.output<typeof PreviewQuery>,
): Promise<ConversionPreview> {
  const referral = attributed(await getReferral(ctx, id))
  if (referral.status !== 'pending' && referral.status !== 'accepted') throw new AppError('transition_not_allowed')
  const required = await needsJobValue(ctx, referral)
  const missing = required && query.jobValue === undefined
  const decision = await decideConversion(ctx, referral, missing ? { ...query, jobValue: 1 } : query)
  const advocate = await getContact(ctx, decision.advocate.contactId)
  const friendEnrollment = await findEnrollment(ctx, referral.campaignId, referral.friendContactId)
  const side = (reward: SideReward, contactId: string, name: string): SidePreview => ({
    contactId,
    name,
    kind: reward.kind,
    text: reward.text,
    amount: missing ? 0 : reward.amount,
    offThisJob: reward.use === 'off_this_job',
    lines: missing ? [] : reward.lines,
    note: missing ? 'Enter the job value to see the amount.' : reward.note,
  })
  const { rewards, current, campaign } = decision
  const rivals = await rivalsOf(ctx, referral)
  const names = await rivalNames(ctx, rivals)
  return {
    currency: campaign.currency,
    jobValueRequired: required,
    nth: rewards.nth,
    advocate: side(rewards.advocate, advocate.id, advocate.name),
    friend: side(rewards.friend, referral.friendContactId, referral.submitted.name),
    total: missing ? 0 : rewards.total,
    shareOfJobBasisPoints:
      query.jobValue === undefined ? null : Math.round((rewards.total * fullShare) / query.jobValue),
    holdDays: current.holdDays,
    held: decision.availableAt > ctx.clock(),
    availableAt: new Date(decision.availableAt).toISOString(),
    rivals: names,
    suggested: suggestedOf(referral, rivals, names, campaign.attribution),
    friendBecomesAdvocate: friendEnrollment === undefined || friendEnrollment.archivedAt !== null,
    tells: await tells(ctx, [
      { id: advocate.id, name: advocate.name },
      { id: referral.friendContactId, name: referral.submitted.name },
    ]),
  }
}

async function needsJobValue(ctx: Ctx, referral: Attributed): Promise<boolean> {
  if (referral.withoutReward) return false
  const { current, promised } = await termsOfPair(ctx, referral)
  return jobValueRequired(current, promised)
}

const withoutBothPeople = 'Someone not named yet'

async function rivalNames(ctx: Ctx, rivals: ReferralRecord[]) {
  const names = []
  for (const { id, enrollmentId, advocateNamed } of rivals) {
    const contactId = enrollmentId === null ? null : (await getEnrollment(ctx, enrollmentId)).contactId
    const advocateName =
      contactId === null ? (advocateNamed ?? withoutBothPeople) : (await getContact(ctx, contactId)).name
    names.push({ id, advocateName })
  }
  return names
}

/** The rival that wins by the campaign's attribution; null if this referral does. */
function suggestedOf(
  referral: ReferralRecord,
  rivals: ReferralRecord[],
  names: ConversionPreview['rivals'],
  attribution: CampaignRow['attribution'],
): ConversionPreview['suggested'] {
  const all = [referral, ...rivals].map(({ id, createdAt }) => ({ id, submittedAt: createdAt }))
  const first = suggestedRival(all, attribution)
  const rival = names.find(({ id }) => id === first)
  return rival ? { ...rival, counts: attribution !== 'manual' } : null
}

async function tells(ctx: Ctx, people: { id: string; name: string }[]) {
  const recipients = []
  for (const person of people) {
    const reach = await addressFor(ctx, person.id)
    if (reach) recipients.push({ name: person.name, channel: reach.channel })
  }
  return recipients
}
