import * as z from 'zod'
import { attributions, campaignStatuses, endEffects, enrollmentRules, linkTargets } from './campaignChoices.ts'
import { JobRules } from './jobRules.ts'
import { Currency, id, Moment, Name, PageQuery, PositiveAmount, WebAddress } from './primitives.ts'
import { rewardKinds } from './rewardKinds.ts'
import { Milestone, SideTerms, Tier } from './sideTerms.ts'

export const termsPolicies = ['never_less', 'at_conversion', 'at_submission'] as const
export const existingCustomerPolicies = ['reject', 'accept_without_reward', 'accept'] as const

export const approvals = ['automatic', 'staff'] as const

/**
 * What a friend's credit is for: a purchase after the job that earned it, or that job itself. Credit off the same
 * job is issued and redeemed when the referral converts, so that it is never owed.
 */
export const friendRewardUses = ['after_job', 'off_this_job'] as const
export type FriendRewardUse = (typeof friendRewardUses)[number]

const distinct = <T>(list: T[], key: (item: T) => number) => new Set(list.map(key)).size === list.length

/**
 * Everything that decides rewards and eligibility in a campaign. Each edit creates a new version; a conversion
 * keeps the version it used.
 */
export const Terms = z
  .strictObject({
    advocate: SideTerms,
    friend: SideTerms,
    /** Applies only if the friend's reward is credit. */
    friendRewardUse: z.enum(friendRewardUses).default('after_job'),
    tiers: z.array(Tier).max(20).default([]),
    milestones: z.array(Milestone).max(20).default([]),
    /** Count converted referrals per calendar year, for tiers and milestones. */
    countEachYear: z.boolean().default(false),
    honor: z.enum(termsPolicies).default('never_less'),
    liveReferralsMax: z.int().min(1).max(10_000).default(50),
    /** The maximum reward money per advocate; anything above it is not paid. */
    advocateCaps: z
      .strictObject({
        total: PositiveAmount.optional(),
        year: PositiveAmount.optional(),
        month: PositiveAmount.optional(),
      })
      .default({}),
    /** The maximum reward money of the whole campaign, both sides. */
    budget: PositiveAmount.optional(),
    /** At how much of the budget staff are told; percent, 80 if absent. */
    budgetWarningPercent: z.int().min(1).max(99).optional(),
    existingCustomers: z.enum(existingCustomerPolicies).default('reject'),
    pendingExpiresDays: z.int().min(1).max(3_650).optional(),
    /** For how many days after following a link a friend is still attributed; 90 if absent. */
    linkDays: z.int().min(1).max(400).optional(),
    holdDays: z.int().min(0).max(365).default(0),
    /** Whether staff must approve each reward. */
    approval: z.enum(approvals).default('automatic'),
    /** What finished jobs do by themselves; nothing if absent. */
    jobs: JobRules.optional(),
  })
  .refine((terms) => distinct(terms.tiers, (tier) => tier.from), {
    message: 'Two tiers start at the same friend.',
    path: ['tiers'],
  })
  .refine((terms) => distinct(terms.milestones, (milestone) => milestone.at), {
    message: 'Two bonuses are for the same friend.',
    path: ['milestones'],
  })
  .meta({ id: 'Terms' })
export type Terms = z.infer<typeof Terms>

/** Custom terms for one advocate; anything absent falls back to the campaign's (SPEC §3). */
export const Exceptions = z
  .strictObject({
    advocate: SideTerms.optional(),
    friend: SideTerms.optional(),
    tiers: z.array(Tier).max(20).optional(),
    milestones: z.array(Milestone).max(20).optional(),
    liveReferralsMax: z.int().min(1).max(10_000).optional(),
    holdDays: z.int().min(0).max(365).optional(),
    approval: z.enum(approvals).optional(),
  })
  .meta({ id: 'Exceptions' })
export type Exceptions = z.infer<typeof Exceptions>

const fieldStates = ['required', 'optional', 'hidden'] as const

/** The fields of the friend form besides the name, the consent text, and one custom question. */
export const CampaignForm = z
  .strictObject({
    email: z.enum(fieldStates),
    phone: z.enum(fieldStates),
    message: z.enum(fieldStates),
    consent: z
      .strictObject({
        text: z.string().trim().min(1, 'Say what they agree to.').max(300, 'Use 300 characters or fewer.'),
        /** The text asks for text messages. Then nobody has to agree, and who does may be texted. */
        texts: z.boolean().optional(),
      })
      .nullable(),
    question: z
      .strictObject({
        label: z.string().trim().min(1, 'Write the question.').max(120, 'Use 120 characters or fewer.'),
        required: z.boolean(),
        /** Empty for a free-text answer. */
        choices: z
          .array(z.string().trim().min(1, 'Write the choice.').max(60, 'Use 60 characters or fewer.'))
          .max(12, 'Offer 12 choices or fewer.')
          .refine((choices) => choices.length !== 1, { message: 'Offer at least two choices.' })
          .refine((choices) => new Set(choices).size === choices.length, { message: 'Two choices are the same.' }),
      })
      .nullable(),
  })
  .refine((form) => form.email !== 'hidden' || form.phone !== 'hidden', {
    message: 'Ask for an email address or a phone number: a friend has to be reached.',
    path: ['phone'],
  })
  .meta({ id: 'CampaignForm' })
export type CampaignForm = z.infer<typeof CampaignForm>

export const defaultForm: CampaignForm = {
  email: 'optional',
  phone: 'optional',
  message: 'optional',
  consent: null,
  question: null,
}

const campaignFields = {
  name: Name,
  status: z.enum(campaignStatuses),
  startsAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  /**
   * What the friend gets the reward for: "your first plumbing visit". Shown after "$20 off …" or "$20 credit after
   * …".
   */
  friendOffer: z.string().trim().max(80, 'Use 80 characters or fewer.'),
  /** Small print on the hosted page. */
  termsText: z.string().trim().max(1_000, 'Use 1,000 characters or fewer.'),
  linkTarget: z.enum(linkTargets),
  landingUrl: WebAddress.nullable(),
  form: CampaignForm,
  whenEnded: z.enum(endEffects),
  attribution: z.enum(attributions),
  enrollment: z.enum(enrollmentRules),
  /** The advocate's message before the link; empty for our default. */
  shareText: z.string().trim().max(500, 'Use 500 characters or fewer.'),
}

export const Campaign = z
  .strictObject({
    id: id('campaign'),
    ...campaignFields,
    currency: Currency,
    terms: Terms,
    termsVersion: z.int(),
    advocates: z.int(),
    referrals: z.int(),
    converted: z.int(),
    rewardsOnHold: z.int(),
    /** What its rewards were worth so far, both sides; minor units. Voided ones don't count. */
    rewardMoney: z.strictObject({ given: z.int(), onHold: z.int() }),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>

const targetHasAddress = (value: { linkTarget?: string; landingUrl?: string | null }) =>
  value.linkTarget !== 'page' || Boolean(value.landingUrl)
const targetMessage = { message: 'Enter the page of your site that carries the form.', path: ['landingUrl'] }

export const CreateCampaign = z
  .strictObject({
    name: campaignFields.name,
    status: z.enum(['draft', 'active']).default('active'),
    startsAt: campaignFields.startsAt.default(null),
    endsAt: campaignFields.endsAt.default(null),
    friendOffer: campaignFields.friendOffer.default(''),
    termsText: campaignFields.termsText.default(''),
    linkTarget: campaignFields.linkTarget.default('hosted'),
    landingUrl: campaignFields.landingUrl.default(null),
    form: CampaignForm.default(defaultForm),
    whenEnded: campaignFields.whenEnded.default('expire_pending'),
    attribution: campaignFields.attribution.default('manual'),
    enrollment: campaignFields.enrollment.default('invited'),
    shareText: campaignFields.shareText.default(''),
    terms: Terms,
  })
  .refine(targetHasAddress, targetMessage)
  .refine((value) => !value.startsAt || !value.endsAt || value.startsAt < value.endsAt, {
    message: 'The end must come after the start.',
    path: ['endsAt'],
  })
  .meta({ id: 'CreateCampaign' })
export type CreateCampaign = z.infer<typeof CreateCampaign>

/** `termsVersion` is the version the editor started from. If there is a newer one, the error is campaign_changed. */
export const UpdateCampaign = z
  .strictObject({
    name: campaignFields.name.optional(),
    status: campaignFields.status.optional(),
    startsAt: campaignFields.startsAt.optional(),
    endsAt: campaignFields.endsAt.optional(),
    friendOffer: campaignFields.friendOffer.optional(),
    termsText: campaignFields.termsText.optional(),
    linkTarget: campaignFields.linkTarget.optional(),
    landingUrl: campaignFields.landingUrl.optional(),
    form: CampaignForm.optional(),
    whenEnded: campaignFields.whenEnded.optional(),
    attribution: campaignFields.attribution.optional(),
    enrollment: campaignFields.enrollment.optional(),
    shareText: campaignFields.shareText.optional(),
    terms: Terms.optional(),
    termsVersion: z.int().min(1),
  })
  .meta({ id: 'UpdateCampaign' })
export type UpdateCampaign = z.infer<typeof UpdateCampaign>

/** A campaign past its last day counts as ended, whatever its stored status. */
export const CampaignQuery = PageQuery.extend({ status: z.enum(campaignStatuses).optional() })
export type CampaignQuery = z.infer<typeof CampaignQuery>

/** One version of the terms: when, by whom, and what changed, one sentence each. */
export const TermsVersion = z
  .strictObject({
    version: z.int(),
    publishedAt: Moment,
    /** "Maya Ortiz", or the name of an API key. */
    by: z.string(),
    /** "Advocate: 5% → 10% of the job". Empty for the first version. */
    changes: z.array(z.string()),
    terms: Terms,
  })
  .meta({ id: 'TermsVersion' })
export type TermsVersion = z.infer<typeof TermsVersion>

/** The offer to the friend or the advocate, formatted for display. */
export const Offer = z.strictObject({
  kind: z.enum([...rewardKinds, 'none']),
  /** "$20", "10%", or null when there is no amount. */
  figure: z.string().nullable(),
  /** "$20 off your first plumbing visit", "$20 credit after your first plumbing visit". */
  sentence: z.string(),
  /** What credit is for; null when the offer is none. */
  use: z.enum(friendRewardUses).nullable(),
  /** "On jobs of $100.00 or more" or null. */
  condition: z.string().nullable(),
})
export type Offer = z.infer<typeof Offer>
