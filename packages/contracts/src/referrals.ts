import * as z from 'zod'
import { Amount, Currency, Day, id, Metadata, Moment, PositiveAmount, queryNumber, Reason } from './primitives.ts'
import { rewardKinds } from './rewardKinds.ts'

export const referralStatuses = ['pending', 'accepted', 'converted', 'declined', 'expired', 'reversed'] as const
export const ReferralStatus = z.enum(referralStatuses)
export type ReferralStatus = z.infer<typeof ReferralStatus>

export const referralSources = ['widget', 'hosted', 'staff', 'api', 'import', 'request', 'job'] as const
export type ReferralSource = (typeof referralSources)[number]

/** Why staff should review it. A flag never drops a lead (SPEC §4). */
export const flagReasons = [
  'disposable_email',
  'same_network',
  'same_device',
  'canonical_email_match',
  'same_phone_other_name',
  'possible_duplicate',
  /** More friends of one link, from one network or of one business within an hour or a day than people send. */
  'velocity',
  'name_missing',
  'network_velocity',
  'organization_velocity',
  /** The hidden field was filled again after the form asked once more. */
  'hidden_field',
  /** Sent again after the wait that replaces proof of work, by a page without scripts. */
  'no_proof',
  /** Another friend of the advocate has the same first and last name, and other addresses. */
  'same_name',
] as const
export const FlagReason = z.enum(flagReasons)
export type FlagReason = z.infer<typeof FlagReason>

/** Why it was not a real referral. */
export const invalidReasons = ['wrong_area', 'not_our_service', 'unreachable', 'duplicate', 'spam', 'other'] as const
export const InvalidReason = z.enum(invalidReasons)
export type InvalidReason = z.infer<typeof InvalidReason>

export const Person = z.strictObject({
  contactId: id('contact').nullable(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
})

/** The next step; the list can be sorted by it. */
export const NextStep = z.strictObject({
  kind: z.enum(['name_friend', 'name_advocate', 'call_back', 'confirm_job', 'reward_clears', 'nothing']),
  /** When the step is due, or the reward is released. */
  at: Moment.nullable(),
})

export const ReferralRow = z
  .strictObject({
    id: id('referral'),
    status: ReferralStatus,
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    /** null while the advocate is unknown. */
    advocate: z.strictObject({ id: id('enrollment'), contactId: id('contact'), name: z.string() }).nullable(),
    /** The advocate's name as the friend typed it without a code. */
    advocateNamed: z.string().nullable(),
    /** Without a contact until contact details are known; the name may then be empty. */
    friend: Person,
    message: z.string().nullable(),
    source: z.enum(referralSources),
    flags: z.array(FlagReason),
    /** When staff reviewed and cleared the flags. */
    flagsClearedAt: Moment.nullable(),
    assignee: z.strictObject({ id: id('member'), name: z.string() }).nullable(),
    /** Other open referrals of the same friend in the campaign: "referred by Anna Kowalski and 1 other". */
    rivals: z.int(),
    nextStep: NextStep,
    currency: Currency,
    jobValue: Amount.nullable(),
    /** Both null until converted. */
    advocateReward: Amount.nullable(),
    friendReward: Amount.nullable(),
    /** What a discount code or a custom reward gives: "20% off". Null for money, and until converted. */
    advocateRewardText: z.string().nullable(),
    friendRewardText: z.string().nullable(),
    reason: z.string().nullable(),
    invalidReason: InvalidReason.nullable(),
    externalId: z.string().nullable(),
    submittedAt: Moment,
    convertedAt: Moment.nullable(),
    updatedAt: Moment,
  })
  .meta({ id: 'Referral' })
export type ReferralRow = z.infer<typeof ReferralRow>

/** A status change, or another change. `friend_separated`: its contact proved to be somebody else, so it has another. */
export const TimelineEntry = z.strictObject({
  id: z.string(),
  kind: z.enum(['status', 'attributed', 'friend_named', 'friend_separated', 'flags_cleared']),
  /** null if the status did not change. */
  status: ReferralStatus.nullable(),
  at: Moment,
  /** "Maya Ortiz", "A friend", "Goodword", or the name of an API key. */
  by: z.string(),
  reason: z.string().nullable(),
  /** The advocate it was attributed to. */
  advocateName: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

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
  /** The member or the API key that converted it. */
  convertedBy: z.string().nullable(),
  /** Until then the member who converted can undo it; owners and admins can reverse it any time. */
  undoUntil: Moment,
})

export const ReferralDetail = ReferralRow.extend({
  timeline: z.array(TimelineEntry),
  rivalList: z.array(
    z.strictObject({
      id: id('referral'),
      /** null while the advocate is unknown. */
      advocateName: z.string().nullable(),
      status: ReferralStatus,
      submittedAt: Moment,
    }),
  ),
  supersededBy: id('referral').nullable(),
  /** The friend's details were erased; the referral can no longer change. */
  friendErased: z.boolean(),
  conversion: ConversionSummary.nullable(),
  /** Those of the conversion, then those of further jobs of the friend, the oldest first; the first 100 of these. */
  rewards: z.array(
    z.strictObject({
      id: id('reward'),
      /** The further job that earned it; null for the conversion's own. */
      job: z
        .strictObject({ id: id('job'), externalId: z.string().nullable(), title: z.string().nullable() })
        .nullable(),
      side: z.enum(['advocate', 'friend']),
      kind: z.enum(rewardKinds),
      name: z.string(),
      text: z.string().nullable(),
      amount: Amount,
      /** Credit that came off this job's invoice instead of being owed. */
      offThisJob: z.boolean(),
      status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
      availableAt: Moment,
      /** Waits for approval, in addition to or instead of the hold. */
      needsApproval: z.boolean(),
    }),
  ),
  /** The campaign's custom question as currently worded, and the friend's answer. */
  answer: z.strictObject({ question: z.string().nullable(), text: z.string() }).nullable(),
  metadata: Metadata,
}).meta({ id: 'ReferralDetail' })
export type ReferralDetail = z.infer<typeof ReferralDetail>

/** Tab counts and the four tiles above the list. Months are in the organization's time zone. */
export const ReferralSummary = z
  .strictObject({
    counts: z.record(ReferralStatus, z.int()),
    total: z.int(),
    toFollowUp: z.int(),
    /** Pending for three days or more; 1,000 means 1,000 or more. */
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

/** `confirmOwed`, from an admin, also reverses credit that was already used: the contact then owes it. */
export const ReverseReferral = z.strictObject({ reason: Reason, confirmOwed: z.boolean().default(false) })

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
  jobValue: queryNumber(PositiveAmount).optional(),
  paidOn: Day.optional(),
})

/** One line of the reward preview. */
export const RewardLine = z.strictObject({
  kind: z.enum(['base', 'milestone', 'cap', 'promised']),
  label: z.string(),
  amount: z.int(),
})
export type RewardLine = z.infer<typeof RewardLine>

export const SidePreview = z.strictObject({
  contactId: id('contact').nullable(),
  name: z.string(),
  kind: z.enum([...rewardKinds, 'none']),
  text: z.string().nullable(),
  amount: Amount,
  /** Whether the credit comes off this job's invoice instead of being owed. */
  offThisJob: z.boolean(),
  lines: z.array(RewardLine),
  /** Why the reward is zero or reduced: a sentence, or null. */
  note: z.string().nullable(),
})
export type SidePreview = z.infer<typeof SidePreview>

/** What converting with these values would do. Nothing is saved. */
export const ConversionPreview = z
  .strictObject({
    currency: Currency,
    jobValueRequired: z.boolean(),
    /** The number of this conversion for the advocate: 3 is "her 3rd friend". */
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
    /** The rival to convert instead; null if it is this one. `counts` if the campaign's rules decide it. */
    suggested: z.strictObject({ id: id('referral'), advocateName: z.string(), counts: z.boolean() }).nullable(),
    friendBecomesAdvocate: z.boolean(),
    tells: z.array(z.strictObject({ name: z.string(), channel: z.enum(['email', 'sms']) })),
  })
  .meta({ id: 'ConversionPreview' })
export type ConversionPreview = z.infer<typeof ConversionPreview>
