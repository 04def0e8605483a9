import * as z from 'zod'
import { EventFacts } from './connections.ts'
import { JobEffect } from './jobEffects.ts'
import {
  jobEventNotes,
  jobEventOutcomes,
  jobEventReasons,
  jobEventTabs,
  jobEventTypes,
  jobStates,
} from './jobEventKinds.ts'
import { Amount, Email, ExternalId, id, Moment, Name, PageQuery, Phone, SearchText } from './primitives.ts'
import { visibleLine } from './text.ts'

const named = <T extends z.ZodType>(identity: T) => z.strictObject({ id: identity, name: z.string() }).nullable()

export const Job = z
  .strictObject({
    id: id('job'),
    connection: named(id('connection')),
    /** Its id in the other system; null if it was entered by hand. */
    externalId: z.string().nullable(),
    contact: named(id('contact')),
    title: z.string().nullable(),
    invoiceNumber: z.string().nullable(),
    state: z.enum(jobStates),
    /** In minor units of `currency` (ISO 4217). */
    value: z.int().nullable(),
    currency: z.string().nullable(),
    refundedAmount: z.int(),
    /** 1 to 5. */
    score: z.int().nullable(),
    scoreAt: Moment.nullable(),
    completedAt: Moment.nullable(),
    invoicedAt: Moment.nullable(),
    canceledAt: Moment.nullable(),
    /** Finished before the system was connected, or more than 7 days before we heard of it. */
    isHistory: z.boolean(),
    /** Staff chose not to ask its customer to refer. */
    dontAsk: z.boolean(),
    createdAt: Moment,
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

/** How many days back scores are counted, and how many of the newest at most. */
export const countedScores = { days: 90, most: 1_000 }

export const JobScores = z
  .strictObject({
    /** How often each score was given in the last 90 days: 1 first, 5 last. */
    counts: z.array(z.int()).length(5),
    /** There were more than 1,000, and these are the newest. */
    isNewestOnly: z.boolean(),
  })
  .meta({ id: 'JobScores' })
export type JobScores = z.infer<typeof JobScores>

export const HoldBack = z.strictObject({ dontAsk: z.boolean() })

export const JobQuery = PageQuery.extend({
  state: z.enum(jobStates).optional(),
  contactId: id('contact').optional(),
  q: SearchText.optional(),
})
export type JobQuery = z.infer<typeof JobQuery>

/** One thing a connected system reported, and what came of it. */
export const JobEvent = z
  .strictObject({
    id: id('jobEvent'),
    connection: named(id('connection')),
    /** Null if it could not be read. */
    type: z.enum(jobEventTypes).nullable(),
    /** What the other system calls it: "invoice.paid". */
    sentType: z.string().nullable(),
    /** When it happened. */
    occurredAt: Moment.nullable(),
    receivedAt: Moment,
    outcome: z.enum(jobEventOutcomes),
    reason: z.enum(jobEventReasons).nullable(),
    facts: EventFacts,
    notes: z.array(z.enum(jobEventNotes)),
    /** What it led to beside its job, or why to nothing. */
    effects: z.array(JobEffect),
    tab: z.enum(jobEventTabs),
    isTest: z.boolean(),
    needsPerson: z.boolean(),
    job: z
      .strictObject({
        id: id('job'),
        externalId: z.string().nullable(),
        title: z.string().nullable(),
        /** Its customer is not to be asked because of it. */
        dontAsk: z.boolean(),
      })
      .nullable(),
    contact: named(id('contact')),
    canRetry: z.boolean(),
  })
  .meta({ id: 'JobEvent' })
export type JobEvent = z.infer<typeof JobEvent>

export const JobEventDetail = JobEvent.extend({
  /** The body as it was sent; null once it was deleted, after 90 days or with the contact's data. */
  payload: z.string().nullable(),
  /** The sender's id of the delivery. */
  deliveryId: z.string().nullable(),
  /** How far the sender's clock was from ours, where the signature says. */
  clockDifferenceMs: z.int().nullable(),
  /** The event it is a repetition of. */
  duplicateOf: id('jobEvent').nullable(),
  mappingVersion: z.int().nullable(),
  /** The id in the other system it waits for, and until when. */
  waitsFor: z.string().nullable(),
  waitsUntil: Moment.nullable(),
})
export type JobEventDetail = z.infer<typeof JobEventDetail>

export const JobEventQuery = PageQuery.extend({
  tab: z.enum(jobEventTabs).optional(),
  type: z.enum(jobEventTypes).optional(),
  connectionId: id('connection').optional(),
  /** Those received since. */
  since: Moment.optional(),
  jobId: id('job').optional(),
  q: SearchText.optional(),
})
export type JobEventQuery = z.infer<typeof JobEventQuery>

export const JobEventSummary = z
  .strictObject({
    total: z.int(),
    tabs: z.record(z.enum(jobEventTabs), z.int()),
    /** When the last event came. */
    lastEventAt: Moment.nullable(),
  })
  .meta({ id: 'JobEventSummary' })
export type JobEventSummary = z.infer<typeof JobEventSummary>

/** A finished job that a person enters: a new one of a contact or a new customer, or more about one that is known. */
export const FinishJob = z
  .strictObject({
    jobId: id('job').optional(),
    contactId: id('contact').optional(),
    customer: z.strictObject({ name: Name, email: Email.optional(), phone: Phone.optional() }).optional(),
    /** The business's own number of the job. */
    number: ExternalId.optional(),
    title: z.string().overwrite(visibleLine).max(200, 'Use 200 characters or fewer.').optional(),
    /** In minor units of the organization's currency. */
    value: Amount.optional(),
    state: z.enum(['completed', 'invoiced']),
    score: z.int().min(1, 'Choose 1 to 5.').max(5, 'Choose 1 to 5.').optional(),
  })
  .refine(({ jobId, contactId, customer }) => [jobId, contactId, customer].filter(Boolean).length === 1, {
    message: 'Say whose job it is: either jobId, contactId or customer.',
    path: ['contactId'],
  })
  .meta({ id: 'FinishJob' })
export type FinishJob = z.infer<typeof FinishJob>

/** The job, and what came of what was entered, oldest first. */
export const FinishedJob = z.strictObject({ job: Job, events: z.array(JobEvent) }).meta({ id: 'FinishedJob' })
export type FinishedJob = z.infer<typeof FinishedJob>
