import * as z from 'zod'
import { Amount, Currency, id, Moment, PageQuery, Reason } from './primitives.ts'

export const rewardTabs = ['waiting', 'to_approve', 'issued', 'redeemed', 'voided'] as const
export const RewardTab = z.enum(rewardTabs)
export type RewardTab = z.infer<typeof RewardTab>

/** Why a reward waits: for its day, for staff, or for a code to be uploaded. */
export const waitReasons = ['hold', 'approval', 'code'] as const
export type WaitReason = (typeof waitReasons)[number]

export const Reward = z
  .strictObject({
    id: id('reward'),
    status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
    /** null when it waits for nothing. */
    waits: z.enum(waitReasons).nullable(),
    availableAt: Moment,
    side: z.enum(['advocate', 'friend']),
    kind: z.enum(['credit', 'discount_code', 'custom']),
    /** The words of a custom reward, or what a code is worth: "20% off". */
    text: z.string().nullable(),
    amount: Amount,
    currency: Currency,
    /** The discount code that was given. */
    code: z.string().nullable(),
    contact: z.strictObject({ id: id('contact'), name: z.string() }),
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    referral: z.strictObject({ id: id('referral'), friendName: z.string() }),
    /** Why it was refused or voided, or given after all. */
    reason: z.string().nullable(),
    /** Staff refused it and its conversion stands, so that it can be given after all. */
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
  /** Part of a name. */
  q: z.string().trim().max(100).optional(),
}

export const RewardQuery = PageQuery.extend({
  tab: RewardTab.default('waiting'),
  ...rewardFilter,
})
export type RewardQuery = z.infer<typeof RewardQuery>

export const RewardSummaryQuery = z.strictObject(rewardFilter)
export type RewardSummaryQuery = z.infer<typeof RewardSummaryQuery>

/** How many stand in each tab, and how many requests to use credit are open. */
export const RewardSummary = z
  .strictObject({
    waiting: z.int(),
    to_approve: z.int(),
    issued: z.int(),
    redeemed: z.int(),
    voided: z.int(),
    requests: z.int(),
  })
  .meta({ id: 'RewardSummary' })
export type RewardSummary = z.infer<typeof RewardSummary>

const rewardIds = z.array(id('reward')).min(1, 'Choose a reward.').max(100, 'Decide on 100 at a time.')

export const ApproveRewards = z.strictObject({ ids: rewardIds })
export type ApproveRewards = z.infer<typeof ApproveRewards>

/** `notify: false` refuses quietly. */
export const RefuseRewards = z.strictObject({ ids: rewardIds, reason: Reason, notify: z.boolean().default(true) })
export type RefuseRewards = z.infer<typeof RefuseRewards>

/** `notify: false` does it quietly. */
export const ReinstateReward = z.strictObject({ reason: Reason, notify: z.boolean().default(true) })
export type ReinstateReward = z.infer<typeof ReinstateReward>

/** `done` were decided now; `skipped` had been decided, or no longer wait. */
export const RewardsDecided = z.strictObject({ done: z.int(), skipped: z.int() })
export type RewardsDecided = z.infer<typeof RewardsDecided>

/** As many codes as one upload takes; longer lists are sent in parts. */
export const codesMax = 5_000
export const DiscountCodeText = z
  .string()
  .trim()
  .min(1, 'A code is empty.')
  .max(60, 'Use 60 characters or fewer for a code.')

export const UploadCodes = z
  .strictObject({
    codes: z.array(z.string()).min(1, 'Paste at least one code.').max(codesMax, 'Send 5,000 at a time.'),
  })
  .meta({ id: 'UploadCodes' })
export type UploadCodes = z.infer<typeof UploadCodes>

/** `duplicates` were there before or stood twice in the list; `given` went to rewards that waited for one. */
export const CodesUploaded = z.strictObject({
  added: z.int(),
  given: z.int(),
  duplicates: z.array(z.string()),
  invalid: z.array(z.string()),
})
export type CodesUploaded = z.infer<typeof CodesUploaded>

export const DiscountCode = z
  .strictObject({
    id: id('discountCode'),
    code: z.string(),
    givenTo: z.strictObject({ id: id('contact'), name: z.string() }).nullable(),
    givenAt: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'DiscountCode' })
export type DiscountCode = z.infer<typeof DiscountCode>

export const DiscountCodeQuery = PageQuery.extend({ state: z.enum(['left', 'given']).optional() })
export type DiscountCodeQuery = z.infer<typeof DiscountCodeQuery>

export const DiscountCodePool = z
  .strictObject({
    left: z.int(),
    given: z.int(),
    /** Rewards that wait for a code. */
    waiting: z.int(),
    items: z.array(DiscountCode),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'DiscountCodePool' })
export type DiscountCodePool = z.infer<typeof DiscountCodePool>

/** The codes of each campaign that has any or asks for some. */
export const DiscountCodePools = z.strictObject({
  items: z.array(
    z.strictObject({
      campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
      left: z.int(),
      given: z.int(),
      waiting: z.int(),
    }),
  ),
})
export type DiscountCodePools = z.infer<typeof DiscountCodePools>
