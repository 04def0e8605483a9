import * as z from 'zod'
import { reachableMessage } from './people.ts'
import {
  Amount,
  Code,
  Currency,
  Day,
  Email,
  ExternalId,
  id,
  Metadata,
  Moment,
  Name,
  Note,
  PageQuery,
  Phone,
  PositiveAmount,
  Reason,
} from './primitives.ts'

export const referralStatuses = ['pending', 'accepted', 'converted', 'declined', 'expired', 'reversed'] as const
export const ReferralStatus = z.enum(referralStatuses)
export type ReferralStatus = z.infer<typeof ReferralStatus>

export const referralSources = ['widget', 'hosted', 'staff', 'api', 'import', 'request', 'job'] as const
export type ReferralSource = (typeof referralSources)[number]

/** Why staff should look twice. A flag never drops a lead (SPEC §4). */
export const flagReasons = [
  'disposable_email',
  'same_network',
  'same_device',
  'canonical_email_match',
  'same_phone_other_name',
  'possible_duplicate',
  'velocity',
] as const
export const FlagReason = z.enum(flagReasons)
export type FlagReason = z.infer<typeof FlagReason>

/** Why a referral was no referral at all. */
export const invalidReasons = ['wrong_area', 'not_our_service', 'unreachable', 'duplicate', 'spam', 'other'] as const
export const InvalidReason = z.enum(invalidReasons)

export const Person = z.strictObject({
  contactId: id('contact').nullable(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
})

/** What has to happen next, so that the list is the day's list. */
export const NextStep = z.strictObject({
  kind: z.enum(['call_back', 'confirm_job', 'reward_clears', 'nothing']),
  /** The day it is late, or the reward clears. */
  at: Moment.nullable(),
})

export const ReferralRow = z
  .strictObject({
    id: id('referral'),
    status: ReferralStatus,
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    advocate: z.strictObject({ id: id('enrollment'), contactId: id('contact'), name: z.string() }).nullable(),
    friend: Person,
    message: z.string().nullable(),
    source: z.enum(referralSources),
    flags: z.array(FlagReason),
    /** Other live referrals of the same friend in the campaign: "also referred by 1 other". */
    rivals: z.int(),
    nextStep: NextStep,
    currency: Currency,
    jobValue: Amount.nullable(),
    /** Both null until converted. */
    advocateReward: Amount.nullable(),
    friendReward: Amount.nullable(),
    reason: z.string().nullable(),
    externalId: z.string().nullable(),
    submittedAt: Moment,
    convertedAt: Moment.nullable(),
    updatedAt: Moment,
  })
  .meta({ id: 'Referral' })
export type ReferralRow = z.infer<typeof ReferralRow>

export const TimelineEntry = z.strictObject({
  id: id('referralEvent'),
  status: ReferralStatus,
  at: Moment,
  /** "Maya Ortiz", "A friend", "Goodword", or the name of a key. */
  by: z.string(),
  reason: z.string().nullable(),
})

export const ConversionSummary = z.strictObject({
  id: id('conversion'),
  jobValue: Amount.nullable(),
  currency: Currency,
  paidOn: Day.nullable(),
  invoice: z.string().nullable(),
  convertedAt: Moment,
  termsVersion: z.int(),
  advocateReward: Amount,
  friendReward: Amount,
  /** Until then whoever converted can undo it. */
  undoUntil: Moment,
})

export const ReferralDetail = ReferralRow.extend({
  timeline: z.array(TimelineEntry),
  rivalList: z.array(
    z.strictObject({ id: id('referral'), advocateName: z.string(), status: ReferralStatus, submittedAt: Moment }),
  ),
  supersededBy: id('referral').nullable(),
  conversion: ConversionSummary.nullable(),
  rewards: z.array(
    z.strictObject({
      id: id('reward'),
      side: z.enum(['advocate', 'friend']),
      kind: z.enum(['credit', 'discount_code', 'custom']),
      name: z.string(),
      text: z.string().nullable(),
      amount: Amount,
      status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
      availableAt: Moment,
    }),
  ),
  metadata: Metadata,
}).meta({ id: 'ReferralDetail' })
export type ReferralDetail = z.infer<typeof ReferralDetail>

export const ReferralQuery = PageQuery.extend({
  status: ReferralStatus.optional(),
  q: z.string().trim().max(100).optional(),
  campaignId: id('campaign').optional(),
  advocateId: id('enrollment').optional(),
  externalId: ExternalId.optional(),
  sort: z.enum(['next_step', 'newest', 'oldest']).default('next_step'),
})
export type ReferralQuery = z.infer<typeof ReferralQuery>

/** Counts of the tabs and the four tiles above the list. Months are of the organization's time zone. */
export const ReferralSummary = z
  .strictObject({
    counts: z.record(ReferralStatus, z.int()),
    total: z.int(),
    toFollowUp: z.int(),
    waitingLong: z.int(),
    currency: Currency,
    /** The last six months, oldest first; the last is the current one. */
    months: z.array(z.strictObject({ month: z.string(), converted: z.int(), revenue: Amount })),
    owed: Amount,
    owedHeld: Amount,
    advocates: z.int(),
  })
  .meta({ id: 'ReferralSummary' })
export type ReferralSummary = z.infer<typeof ReferralSummary>

export const FriendInput = z
  .strictObject({ name: Name, email: Email.optional(), phone: Phone.optional() })
  .refine((value) => Boolean(value.email || value.phone), reachableMessage)
export type FriendInput = z.infer<typeof FriendInput>

/** By staff or by a server. Quiet: the friend did not send it themselves. */
export const CreateReferral = z
  .strictObject({
    code: Code.optional(),
    advocateId: id('enrollment').optional(),
    friend: FriendInput,
    message: Note.optional(),
    externalId: ExternalId.optional(),
    metadata: Metadata.default({}),
  })
  .refine((value) => Boolean(value.code) !== Boolean(value.advocateId), {
    message: 'Say who referred: either code or advocateId.',
    path: ['code'],
  })
  .meta({ id: 'CreateReferral' })
export type CreateReferral = z.infer<typeof CreateReferral>

export const AcceptReferral = z.strictObject({ note: Note.optional() })
export const DeclineReferral = z.strictObject({ reason: Reason })
export const ReverseReferral = z.strictObject({ reason: Reason })

export const ConvertReferral = z
  .strictObject({
    jobValue: PositiveAmount.optional(),
    paidOn: Day.optional(),
    invoice: z.string().trim().max(60, 'Use 60 characters or fewer.').optional(),
    notify: z.boolean().default(true),
  })
  .meta({ id: 'ConvertReferral' })
export type ConvertReferral = z.infer<typeof ConvertReferral>

export const PreviewQuery = z.strictObject({
  jobValue: z.coerce.number().pipe(PositiveAmount).optional(),
  paidOn: Day.optional(),
})

/** One line of "Who gets what". */
export const RewardLine = z.strictObject({
  kind: z.enum(['base', 'milestone', 'cap', 'promised']),
  label: z.string(),
  amount: z.int(),
})
export type RewardLine = z.infer<typeof RewardLine>

export const SidePreview = z.strictObject({
  contactId: id('contact').nullable(),
  name: z.string(),
  kind: z.enum(['credit', 'discount_code', 'custom', 'none']),
  text: z.string().nullable(),
  amount: Amount,
  lines: z.array(RewardLine),
  /** Why it is nothing or less: a sentence, or null. */
  note: z.string().nullable(),
})
export type SidePreview = z.infer<typeof SidePreview>

/** What converting with these values would do. Nothing is written. */
export const ConversionPreview = z
  .strictObject({
    currency: Currency,
    jobValueRequired: z.boolean(),
    /** Which converted referral of the advocate this would be: 3 is "her 3rd friend". */
    nth: z.int(),
    advocate: SidePreview,
    friend: SidePreview,
    total: Amount,
    /** null without a job value. */
    shareOfJobBasisPoints: z.int().nullable(),
    holdDays: z.int(),
    /** Whether the advocate's reward waits until `availableAt`. */
    held: z.boolean(),
    availableAt: Moment,
    rivals: z.array(z.strictObject({ id: id('referral'), advocateName: z.string() })),
    friendBecomesAdvocate: z.boolean(),
    tells: z.array(z.strictObject({ name: z.string(), channel: z.enum(['email', 'sms']) })),
  })
  .meta({ id: 'ConversionPreview' })
export type ConversionPreview = z.infer<typeof ConversionPreview>
