import type { Terms } from '@goodword/contracts'
import { availableAt, dayIn, decideRewards, periodsAround, type RewardDecision, withExceptions } from '@goodword/domain'
import { and, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { paidInCampaign, paidToAdvocate } from '../../money/rewards/rewards.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { type Enrollment, getEnrollment } from '../advocates/advocates.ts'
import { type CampaignContext, loadCampaignContext, termsOf } from '../campaigns/campaigns.ts'
import type { Attributed } from '../referrals/referrals.ts'
import { countConverted } from './conversions.queries.ts'
import { conversions } from './conversions.table.ts'

export type Decided = Extract<RewardDecision, { ok: true }>

export type Decision = CampaignContext & {
  advocate: Enrollment
  /** The campaign's terms with this advocate's custom terms: today's, and those at submission. */
  current: Terms
  promised: Terms
  rewards: Decided
  /** When the advocate's reward becomes available. A friend's reward off the job is available immediately. */
  availableAt: number
}

/**
 * What converting a referral now would pay to each side. Throws job_value_required, or validation_failed for a payment
 * date in the future.
 */
export async function decideConversion(
  ctx: Ctx,
  referral: Attributed,
  input: { jobValue?: number | undefined; paidOn?: string | undefined },
): Promise<Decision> {
  const campaignContext = await loadCampaignContext(ctx, referral.campaignId)
  const { organization, campaign } = campaignContext
  const { current, promised, advocate } = await termsOfPair(ctx, referral, campaignContext)
  const now = ctx.clock()
  const today = dayIn(organization.timeZone, now)
  if (input.paidOn !== undefined && input.paidOn > today) {
    const message = 'The job cannot be paid in the future.'
    throw new AppError('validation_failed', { detail: message, errors: [{ path: 'paidOn', message }] })
  }
  const { yearStart, monthStart } = periodsAround(now, organization.timeZone)
  const { advocateCaps, budget } = current
  const { enrollmentId } = referral
  const rewards = decideRewards({
    current,
    promised,
    currency: campaign.currency,
    jobValue: input.jobValue ?? null,
    convertedBefore: await countConverted(ctx, enrollmentId, yearStart),
    paidToAdvocate: await paidToAdvocate(ctx, { enrollmentId, caps: advocateCaps, yearStart, monthStart }),
    paidInCampaign: budget === undefined ? 0 : await paidInCampaign(ctx, campaign.id),
    friendWithoutReward: referral.withoutReward,
    advocateErased: await isErased(ctx, advocate),
  })
  if (!rewards.ok) {
    throw new AppError(rewards.code, { errors: [{ path: 'jobValue', message: 'Enter the job value.' }] })
  }
  return {
    advocate,
    current,
    promised,
    rewards,
    availableAt: availableAt({
      convertedAt: now,
      paidOn: input.paidOn ?? null,
      holdDays: current.holdDays,
      timeZone: organization.timeZone,
    }),
    ...campaignContext,
  }
}

/** Erasing a contact deactivates their links, so an active link needs no further check. */
export async function isErased(ctx: Ctx, { archivedAt, contactId }: Enrollment): Promise<boolean> {
  return archivedAt !== null && (await getContact(ctx, contactId)).erasedAt !== null
}

/** The terms of a referral with its advocate's custom terms: today's, and those at submission (SPEC §3). */
export async function termsOfPair(
  ctx: Ctx,
  referral: Attributed,
  campaignContext?: CampaignContext,
): Promise<{ current: Terms; promised: Terms; advocate: Enrollment }> {
  const { campaign, terms } = campaignContext ?? (await loadCampaignContext(ctx, referral.campaignId))
  const advocate = await getEnrollment(ctx, referral.enrollmentId)
  const then =
    referral.termsVersion === campaign.termsVersion ? terms : await termsOf(ctx, campaign.id, referral.termsVersion)
  return {
    advocate,
    current: withExceptions(terms, advocate.exceptions),
    promised: withExceptions(then, referral.promisedExceptions),
  }
}

/** When a friend's first standing conversion was made; null if there is none. */
export async function firstStanding(ctx: Ctx, friendContactId: string): Promise<number | null> {
  const row = await ctx.db
    .select({ at: sql<number | null>`min(${conversions.createdAt})` })
    .from(conversions)
    .where(
      and(
        sql`+${conversions.organizationId} = ${ctx.organizationId}`,
        sql`${conversions.referralId} IN (SELECT r.id FROM referrals r WHERE r.friend_contact_id = ${friendContactId} AND r.status = 'converted' AND r.archived_at IS NULL)`,
      ),
    )
    .get()
  return row?.at ?? null
}
