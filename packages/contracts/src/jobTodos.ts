import * as z from 'zod'
import { EventFacts } from './connections.ts'
import { jobEffectReasons } from './jobEffects.ts'
import { jobStates } from './jobEventKinds.ts'
import { jobTodoKinds, jobTodoStates } from './jobTodoKinds.ts'
import { Amount, Currency, id, Moment, PageQuery, PositiveAmount, Reason } from './primitives.ts'
import { rewardKinds } from './rewardKinds.ts'

/** One reward before and after a decision; amounts in minor units. */
export const RewardChange = z.strictObject({
  id: id('reward'),
  side: z.enum(['advocate', 'friend']),
  name: z.string(),
  kind: z.enum(rewardKinds),
  text: z.string().nullable(),
  status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
  currency: Currency,
  from: Amount,
  /** Null if staff have to say it. */
  to: Amount.nullable(),
  /** What happens to it. `enter`: staff say its amount. */
  does: z.enum(['nothing', 'change', 'void', 'reinstate', 'enter']),
  /** What of it was used already, and is owed back. */
  owed: Amount,
})
export type RewardChange = z.infer<typeof RewardChange>

/** A referral that a job could convert. */
export const ConversionChoice = z.strictObject({
  referralId: id('referral'),
  advocateName: z.string(),
  campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
  /** That of the campaign, in which `jobValue` is entered. */
  currency: Currency,
  submittedAt: Moment,
  jobValueRequired: z.boolean(),
  /** The value of the job less its refunds; null if it isn't known in this currency. */
  jobValue: Amount.nullable(),
})
export type ConversionChoice = z.infer<typeof ConversionChoice>

/** What a job leaves for a person to decide. */
export const JobTodo = z
  .strictObject({
    id: id('jobTodo'),
    kind: z.enum(jobTodoKinds),
    state: z.enum(jobTodoStates),
    reason: z.enum(jobEffectReasons),
    facts: EventFacts,
    openedAt: Moment,
    job: z.strictObject({
      id: id('job'),
      externalId: z.string().nullable(),
      title: z.string().nullable(),
      invoiceNumber: z.string().nullable(),
      state: z.enum(jobStates),
      value: z.int().nullable(),
      currency: z.string().nullable(),
      refundedAmount: z.int(),
    }),
    contact: z.strictObject({ id: id('contact'), name: z.string() }).nullable(),
    /** The open referrals of the customer, the suggested one first; only for `conversion`. */
    choices: z.array(ConversionChoice),
    /** What deciding would do now; only for `refund` and `dispute`. */
    rewards: z
      .strictObject({
        referralId: id('referral'),
        /** take_back: as a whole. stays: nothing can be done but to know it. */
        proposal: z.enum(['take_back', 'adjust', 'give_back', 'stays']),
        /** Whether that reverses the conversion; then only owners and admins decide. */
        reverses: z.boolean(),
        /** All that was refunded since it earned, in minor units of the job's currency. A decision names it. */
        refunded: z.int(),
        changes: z.array(RewardChange),
      })
      .nullable(),
  })
  .meta({ id: 'JobTodo' })
export type JobTodo = z.infer<typeof JobTodo>

export const JobTodoQuery = PageQuery.extend({
  jobId: id('job').optional(),
})
export type JobTodoQuery = z.infer<typeof JobTodoQuery>

/** Which referral the job converts. `jobValue` in the campaign's currency, if it isn't the job's own. */
export const ConvertByTodo = z.strictObject({
  referralId: id('referral'),
  jobValue: PositiveAmount.optional(),
  notify: z.boolean().default(true),
})
export type ConvertByTodo = z.infer<typeof ConvertByTodo>

/**
 * Does what is proposed. `refunded` is that of the preview. The amounts are what each reward is worth afterward, in place of
 * the proposal. `confirmOwed`, from an admin, also takes back credit that was used: the contact then owes it.
 */
export const SettleTodo = z.strictObject({
  refunded: z.int(),
  amounts: z.strictObject({ advocate: Amount.optional(), friend: Amount.optional() }).default({}),
  reason: Reason.default('The job was refunded'),
  confirmOwed: z.boolean().default(false),
  notify: z.boolean().default(true),
})
export type SettleTodo = z.infer<typeof SettleTodo>

/** A job of a referral's friend, and what it did here. */
export const ReferralJob = z.strictObject({
  id: id('job'),
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
  state: z.enum(jobStates),
  value: z.int().nullable(),
  currency: z.string().nullable(),
  refundedAmount: z.int(),
  at: Moment,
  /** converted: this referral. further: it earned again. */
  role: z.enum(['converted', 'further']).nullable(),
  /** What it earned, in minor units of the campaign's currency; null if nothing. */
  rewards: z
    .strictObject({
      advocate: Amount,
      friend: Amount,
      currency: Currency,
      /** What it earned that is not an amount: "20% off". */
      others: z.array(z.string()),
    })
    .nullable(),
  takenBackAt: Moment.nullable(),
  /** Why it does nothing here, as of now; null if it did something. */
  why: z.strictObject({ reason: z.enum(jobEffectReasons), facts: EventFacts }).nullable(),
  todo: z.strictObject({ id: id('jobTodo'), kind: z.enum(jobTodoKinds) }).nullable(),
})
export type ReferralJob = z.infer<typeof ReferralJob>
export const ReferralJobs = z.strictObject({ items: z.array(ReferralJob) }).meta({ id: 'ReferralJobs' })
export type ReferralJobs = z.infer<typeof ReferralJobs>

/** What removing a referral would do. Nothing is saved. */
export const RemovalPreview = z
  .strictObject({
    /** Whether a conversion is reversed by it. */
    reverses: z.boolean(),
    rewards: z.array(RewardChange),
    /** The advocate and how many of their friends have converted, before and after. */
    advocate: z
      .strictObject({
        name: z.string(),
        before: z.int(),
        after: z.int(),
        next: z.string().nullable(),
        nextAfter: z.string().nullable(),
      })
      .nullable(),
    /** Others keep what they earned by a later place. */
    laterKeep: z.boolean(),
    /** What becomes of the friend's own link. */
    friendLink: z.enum(['none', 'archived', 'stays_used', 'stays_own']),
    furtherJobs: z.int(),
  })
  .meta({ id: 'RemovalPreview' })
export type RemovalPreview = z.infer<typeof RemovalPreview>
