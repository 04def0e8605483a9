import * as z from 'zod'
import { RewardDelivery } from './deliveries.ts'
import {
  Amount,
  Currency,
  Day,
  id,
  Moment,
  moreMatches,
  PageQuery,
  pageCursors,
  Reason,
  SearchText,
} from './primitives.ts'
import { rewardKinds } from './rewardKinds.ts'

export const rewardTabs = ['waiting', 'to_approve', 'issued', 'redeemed', 'voided'] as const
export const RewardTab = z.enum(rewardTabs)
export type RewardTab = z.infer<typeof RewardTab>

/** Why a reward is pending: its hold, approval, a missing code, or a gift card that is being delivered. */
export const waitReasons = ['hold', 'approval', 'code', 'card'] as const
export type WaitReason = (typeof waitReasons)[number]

export const Reward = z
  .strictObject({
    id: id('reward'),
    status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
    /** null when it is not pending. */
    waits: z.enum(waitReasons).nullable(),
    availableAt: Moment,
    side: z.enum(['advocate', 'friend']),
    kind: z.enum(rewardKinds),
    /** The text of a custom reward, or the value of a code: "20% off". */
    text: z.string().nullable(),
    amount: Amount,
    currency: Currency,
    /** Credit that came off the invoice of the job that earned it, so it was never owed. */
    offThisJob: z.boolean(),
    /** The discount code that was issued. */
    code: z.string().nullable(),
    /** Its delivery, for a gift card or a custom reward that is due. */
    delivery: RewardDelivery.nullable(),
    contact: z.strictObject({ id: id('contact'), name: z.string() }),
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    referral: z.strictObject({ id: id('referral'), friendName: z.string() }),
    /** Why it was rejected, voided or reinstated. */
    reason: z.string().nullable(),
    /** Whether it was rejected while its conversion still counts, so that it can be reinstated. */
    refused: z.boolean(),
    decidedBy: z.string().nullable(),
    decidedAt: Moment.nullable(),
    redeemedAt: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'Reward' })
export type Reward = z.infer<typeof Reward>

const rewardFilter = {
  campaignId: id('campaign').optional(),
  contactId: id('contact').optional(),
  /** Finds rewards by their recipient. */
  q: SearchText.optional(),
}

export const RewardQuery = PageQuery.extend({
  tab: RewardTab.default('waiting'),
  ...rewardFilter,
})
export type RewardQuery = z.infer<typeof RewardQuery>

export const RewardSummaryQuery = z.strictObject(rewardFilter)
export type RewardSummaryQuery = z.infer<typeof RewardSummaryQuery>

/**
 * The count of each tab, of rewards that staff have to deliver, of open requests to use credit, and of campaigns without a code
 * for a reward that is due. Those in `capped` stopped at 1,000: there are more.
 */
export const RewardSummary = z
  .strictObject({
    waiting: z.int(),
    to_approve: z.int(),
    issued: z.int(),
    redeemed: z.int(),
    voided: z.int(),
    to_deliver: z.int(),
    requests: z.int(),
    without_codes: z.int(),
    capped: z.array(z.enum([...rewardTabs, 'to_deliver', 'requests'])),
  })
  .meta({ id: 'RewardSummary' })
export type RewardSummary = z.infer<typeof RewardSummary>

const rewardIds = z.array(id('reward')).min(1, 'Choose a reward.').max(100, 'Decide on 100 at a time.')

export const ApproveRewards = z.strictObject({ ids: rewardIds })
export type ApproveRewards = z.infer<typeof ApproveRewards>

/** `notify: false` rejects without a message. */
export const RefuseRewards = z.strictObject({ ids: rewardIds, reason: Reason, notify: z.boolean().default(true) })
export type RefuseRewards = z.infer<typeof RefuseRewards>

/** `notify: false` sends no message. */
export const ReinstateReward = z.strictObject({ reason: Reason, notify: z.boolean().default(true) })
export type ReinstateReward = z.infer<typeof ReinstateReward>

/** `done` were decided by this request; `skipped` had been decided before, or are no longer pending. */
export const RewardsDecided = z.strictObject({ done: z.int(), skipped: z.int() })
export type RewardsDecided = z.infer<typeof RewardsDecided>

/** The maximum number of codes per upload; longer lists are sent in batches. */
export const codesMax = 5_000
export const DiscountCodeText = z
  .string()
  .trim()
  .min(1, 'A code is empty.')
  .max(60, 'Use 60 characters or fewer for a code.')

/** A code alone, or with the last day on which it can be used. */
const UploadedCode = z.union([z.string(), z.strictObject({ code: z.string(), lastDay: Day.nullable().optional() })])

/** `includeDamaged` adds codes that look as if a spreadsheet had changed them: "1E+10", "3-Dec". */
export const UploadCodes = z
  .strictObject({
    codes: z.array(UploadedCode).min(1, 'Paste at least one code.').max(codesMax, 'Send 5,000 at a time.'),
    includeDamaged: z.boolean().optional(),
  })
  .meta({ id: 'UploadCodes' })
export type UploadCodes = z.infer<typeof UploadCodes>

/**
 * `duplicates` existed before or appear twice in the list, in any case and with any spaces; `invalid` are too long;
 * `damaged` look changed by a spreadsheet; the last day of those in `over` has passed. `given` went to pending rewards.
 */
export const CodesUploaded = z.strictObject({
  added: z.int(),
  given: z.int(),
  duplicates: z.array(z.string()),
  invalid: z.array(z.string()),
  damaged: z.array(z.string()),
  over: z.array(z.string()),
})
export type CodesUploaded = z.infer<typeof CodesUploaded>

export const DiscountCode = z
  .strictObject({
    id: id('discountCode'),
    code: z.string(),
    givenTo: z.strictObject({ id: id('contact'), name: z.string() }).nullable(),
    givenAt: Moment.nullable(),
    /** The last day on which it can be used; null for no end. */
    lastDay: Day.nullable(),
    /** Whether that day has passed without it being given. Nobody gets it anymore. */
    isOver: z.boolean(),
    createdAt: Moment,
  })
  .meta({ id: 'DiscountCode' })
export type DiscountCode = z.infer<typeof DiscountCode>

export const DiscountCodeQuery = PageQuery.extend({
  state: z.enum(['left', 'given', 'over']).optional(),
  /** The beginning of a code or of a part of it; case and dashes don't matter. */
  q: SearchText.optional(),
})
export type DiscountCodeQuery = z.infer<typeof DiscountCodeQuery>

export const DiscountCodePool = z
  .strictObject({
    left: z.int(),
    given: z.int(),
    /** Codes whose last day passed before they were given. */
    over: z.int(),
    /** Rewards waiting for a code. */
    waiting: z.int(),
    items: z.array(DiscountCode),
    ...pageCursors,
    ...moreMatches,
  })
  .meta({ id: 'DiscountCodePool' })
export type DiscountCodePool = z.infer<typeof DiscountCodePool>

/** The code pool of each campaign that has or needs codes. */
export const DiscountCodePools = z.strictObject({
  items: z.array(
    z.strictObject({
      campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
      left: z.int(),
      given: z.int(),
      over: z.int(),
      waiting: z.int(),
      /** Whether few codes or none are left; null while there are enough. */
      warning: z.enum(['low', 'empty']).nullable(),
    }),
  ),
})
export type DiscountCodePools = z.infer<typeof DiscountCodePools>
