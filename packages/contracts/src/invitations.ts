import * as z from 'zod'
import { Day, id, Moment } from './primitives.ts'

/**
 * The life of an invitation: scheduled → sent → opened → joined, or skipped or canceled with a reason. sent: the provider
 * took it. opened: a person did something on the page. joined: a friend came by the link.
 */
export const askStates = ['scheduled', 'sent', 'opened', 'joined', 'skipped', 'canceled'] as const
export type AskState = (typeof askStates)[number]

/** ask: to a new advocate. reminder: to somebody who has a link already. */
export const askKinds = ['ask', 'reminder'] as const
export type AskKind = (typeof askKinds)[number]

/** Why nobody is asked. A sentence is made from it and its facts. */
export const askReasons = [
  'asking_off',
  'campaign_closed',
  'contact_gone',
  'program_off',
  'link_inactive',
  'job_canceled',
  'job_refunded',
  'staff_said_no',
  'before_connection',
  'finished_long_ago',
  'score_low',
  'no_score',
  'asked_for_this_job',
  'asked_lately',
  'ask_scheduled',
  'no_channel',
  'no_follow_up',
  'followed_up',
  'opened',
  // Of the server, not of the decision:
  'jobs_off',
  'rules_changed',
  'send_failed',
  'merged',
  'moved_here',
] as const
export type AskReason = (typeof askReasons)[number]

export const noTextReasons = ['no_phone', 'stopped', 'landline', 'not_agreed', 'not_set_up'] as const
export const noEmailReasons = ['no_email', 'unsubscribed', 'undeliverable', 'not_set_up'] as const

const at = z.int()
/** Moments are milliseconds since 1970, days those of the organization. */
const reasonFacts = {
  reason: z.enum(askReasons),
  score: z.int().optional(),
  minScore: z.int().optional(),
  jobId: id('job').optional(),
  days: z.int().optional(),
  gapDays: z.int().optional(),
  againOn: Day.optional(),
  finishedOn: Day.optional(),
  connectedOn: Day.optional(),
  invitationId: id('invitation').optional(),
  campaignId: id('campaign').optional(),
  at: at.optional(),
  text: z.enum(noTextReasons).nullable().optional(),
  email: z.enum(noEmailReasons).nullable().optional(),
}
export const AskReasonFacts = z.strictObject(reasonFacts).meta({ id: 'AskReason' })
export type AskReasonFacts = z.infer<typeof AskReasonFacts>

const channels = z.array(z.enum(['sms', 'email']))

/** The ask after a job, or one that staff sent. */
export const AskRow = z
  .strictObject({
    id: id('invitation'),
    contact: z.strictObject({ id: id('contact'), name: z.string() }),
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    advocateId: id('enrollment').nullable(),
    /** Null if staff asked without one. */
    job: z.strictObject({ id: id('job'), title: z.string().nullable() }).nullable(),
    kind: z.enum(askKinds),
    state: z.enum(askStates),
    /** When it is to be sent, while it is scheduled. */
    sendAt: Moment.nullable(),
    sentAt: Moment.nullable(),
    /** What it was sent by. */
    channels,
    followUpAt: Moment.nullable(),
    followUpSentAt: Moment.nullable(),
    openedAt: Moment.nullable(),
    joinedAt: Moment.nullable(),
    /** Why it was skipped or canceled. */
    reason: AskReasonFacts.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'Ask' })
export type AskRow = z.infer<typeof AskRow>

/** The most advocates that are asked at once. */
export const askedAtOnceMax = 500

export const AskMany = z
  .strictObject({
    ids: z
      .array(id('enrollment'))
      .min(1, 'Choose at least one advocate.')
      .max(askedAtOnceMax, 'Choose 500 advocates or fewer.')
      .refine((ids) => new Set(ids).size === ids.length, 'Name each advocate once.'),
  })
  .meta({ id: 'AskMany' })
export type AskMany = z.infer<typeof AskMany>

/** Who of them is asked, and why the others are not. */
export const AskedMany = z
  .strictObject({
    asked: z.array(z.strictObject({ advocateId: id('enrollment'), sendAt: Moment })),
    notAsked: z.array(z.strictObject({ advocateId: id('enrollment'), name: z.string(), reason: AskReasonFacts })),
  })
  .meta({ id: 'AskedMany' })
export type AskedMany = z.infer<typeof AskedMany>
