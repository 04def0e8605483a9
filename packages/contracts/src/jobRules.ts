import * as z from 'zod'
import { id } from './primitives.ts'
import { SideTerms } from './sideTerms.ts'

/** A time on a clock: "09:00". */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time such as 09:00.')

/** From one clock time until another, over midnight if `until` is the earlier one. */
export const QuietHours = z
  .strictObject({ from: ClockTime, until: ClockTime })
  .refine(({ from, until }) => from !== until, { message: 'Quiet hours must end at another time.', path: ['until'] })
export type QuietHours = z.infer<typeof QuietHours>

export const askTriggers = ['completed', 'invoiced'] as const
/** The first one that reaches the contact, or a text and an email. */
export const askChannels = ['text_first', 'email_first', 'both'] as const
export const withoutScore = ['skip', 'ask'] as const

/** Score of a job, from 1 to 5. */
export const JobScore = z.int().min(1, 'Use a score from 1 to 5.').max(5, 'Use a score from 1 to 5.')

/** When a contact is asked to refer after a job. */
export const AskRule = z
  .strictObject({
    on: z.boolean(),
    trigger: z.enum(askTriggers).default('completed'),
    /** Whoever scored a job lower is never asked because of it. */
    minScore: JobScore.default(4),
    /** From the trigger or the score, whichever came last. */
    delayMinutes: z.int().min(0).max(20_160, 'Wait two weeks or less.').default(120),
    quietHours: QuietHours.default({ from: '20:00', until: '09:00' }),
    channel: z.enum(askChannels).default('text_first'),
    /** Once, unless the link was opened; null for no reminder. */
    followUpHours: z.int().min(1).max(720, 'Wait 30 days or less.').nullable().default(48),
    /** Calendar days until the same contact may be asked again, by any campaign. */
    gapDays: z.int().min(0).max(3_650).default(180),
    /** What happens if no score came within `scoreWaitDays` of 24 hours after the trigger. */
    withoutScore: z.enum(withoutScore).default('skip'),
    scoreWaitDays: z.int().min(1).max(30, 'Wait 30 days or less.').default(7),
    /** Who is told of a low score; null for everyone who works on referrals. */
    tellMemberId: id('member').nullable().default(null),
  })
  .meta({ id: 'AskRule' })
export type AskRule = z.infer<typeof AskRule>

/** Further jobs of a referred friend earn again, each once. They count for no tier and no bonus. */
export const RepeatRewards = z
  .strictObject({
    limit: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('times'), times: z.int().min(1).max(100) }),
      /** Calendar months from the day of the conversion. */
      z.strictObject({ type: z.literal('months'), months: z.int().min(1).max(120) }),
    ]),
    advocate: SideTerms,
    friend: SideTerms,
  })
  .meta({ id: 'RepeatRewards' })
export type RepeatRewards = z.infer<typeof RepeatRewards>

export const conversionTriggers = ['completed', 'invoiced', 'by_hand'] as const
/** Whether staff decide about the rewards of a refunded job. */
export const refundPolicies = ['propose', 'take_back'] as const

/** What jobs do in a campaign without anybody's help. Part of its terms, so each change makes a new version. */
export const JobRules = z
  .strictObject({
    ask: AskRule.optional(),
    /** The status of a friend's job that converts the referral. */
    convertAt: z.enum(conversionTriggers).default('by_hand'),
    refunds: z.enum(refundPolicies).default('propose'),
    repeat: RepeatRewards.optional(),
  })
  .meta({ id: 'JobRules' })
export type JobRules = z.infer<typeof JobRules>
