import * as z from 'zod'
import { ConnectionMapping } from './connectionMapping.ts'
import { connectionFailures, connectionKinds, jobEventNotes, jobEventReasons, jobEventTypes } from './jobEventKinds.ts'
import { id, Moment, Name } from './primitives.ts'

/** A system that reports jobs. */
export const Connection = z
  .strictObject({
    id: id('connection'),
    name: Name,
    kind: z.enum(connectionKinds),
    /** Where it sends events. */
    url: z.string(),
    /**
     * no_secret: every request is refused until a secret is set. secret_unreadable: the installation got another secret since;
     * every request is answered 503 until a new secret is made. paused: events are saved and not used.
     */
    state: z.enum(['active', 'no_secret', 'secret_unreadable', 'paused']),
    /** The secret that signs, made or entered by a member; null without one. It is never shown again. */
    secret: z.strictObject({ createdAt: Moment, createdByName: z.string().nullable() }).nullable(),
    /** Until when the previous secret works, too. */
    previousSecretUntil: Moment.nullable(),
    /** The version of the mapping in use; null where events are read as they are. */
    mappingVersion: z.int().nullable(),
    /** When a request was last accepted. */
    lastSeenAt: Moment.nullable(),
    /** The last request that was refused, even if others were accepted since; at most one a minute is noted. */
    lastFailure: z.strictObject({ at: Moment, reason: z.enum(connectionFailures), from: z.string() }).nullable(),
    /** Jobs that had finished before it was connected, or more than 7 days before they came: nobody is asked about them. */
    historyJobs: z.int(),
    createdAt: Moment,
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof Connection>

/** A secret of another system, as it is shown there. */
const GivenSecret = z
  .string()
  .trim()
  .min(8, 'Copy the whole secret.')
  .max(200, 'Use 200 characters or fewer.')
  .regex(/^[\x21-\x7e]+$/, 'Use letters, digits and signs without spaces.')

export const CreateConnection = z.strictObject({
  name: Name,
  kind: z.enum(connectionKinds),
  /** Stripe and Shopify make it themselves; it can be set later. For the others, one is made if it is left out. */
  secret: GivenSecret.optional(),
  mapping: ConnectionMapping.optional(),
})
export type CreateConnection = z.infer<typeof CreateConnection>

/** `secret` is only ever shown in this response; null if the other system made it. */
export const CreatedConnection = Connection.extend({ newSecret: z.string().nullable() })
export type CreatedConnection = z.infer<typeof CreatedConnection>

export const UpdateConnection = z.strictObject({
  name: Name.optional(),
  isPaused: z.boolean().optional(),
})
export type UpdateConnection = z.infer<typeof UpdateConnection>

export const ReplaceConnectionSecret = z.strictObject({ secret: GivenSecret.optional() })
export type ReplaceConnectionSecret = z.infer<typeof ReplaceConnectionSecret>

export const SetMapping = z.strictObject({ mapping: ConnectionMapping })
export type SetMapping = z.infer<typeof SetMapping>

export const MappingVersion = z
  .strictObject({
    version: z.int(),
    mapping: ConnectionMapping,
    createdAt: Moment,
    createdByName: z.string().nullable(),
  })
  .meta({ id: 'MappingVersion' })
export type MappingVersion = z.infer<typeof MappingVersion>

/** Characters of a sample that is pasted. */
export const sampleMax = 50_000

export const PreviewEvents = z.strictObject({
  kind: z.enum(connectionKinds),
  mapping: ConnectionMapping.optional(),
  /** What a shop says in a header: "orders/paid". */
  topic: z.string().trim().max(100, 'Use 100 characters or fewer.').default(''),
  /** A body as the other system sends it. */
  sample: z.string().max(sampleMax, 'Paste a sample of 50,000 characters or fewer.'),
})
export type PreviewEvents = z.infer<typeof PreviewEvents>

/** Facts for the sentence about an event: ids, amounts in minor units, days. */
export const EventFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type EventFacts = z.infer<typeof EventFacts>

/** What was understood of one event; what is null wasn't found. */
export const UnderstoodEvent = z
  .strictObject({
    /** event: it would be used. linked: it only says that two ids belong to one job. */
    outcome: z.enum(['event', 'linked', 'ignored', 'rejected']),
    reason: z.enum(jobEventReasons).nullable(),
    facts: EventFacts,
    notes: z.array(z.enum(jobEventNotes)),
    type: z.enum(jobEventTypes).nullable(),
    occurredAt: Moment.nullable(),
    isTest: z.boolean(),
    jobId: z.string().nullable(),
    title: z.string().nullable(),
    invoiceNumber: z.string().nullable(),
    /** In minor units of `currency`. */
    value: z.int().nullable(),
    currency: z.string().nullable(),
    score: z.int().nullable(),
    refundAmount: z.int().nullable(),
    person: z
      .strictObject({
        externalId: z.string().nullable(),
        name: z.string(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        agreedToTexts: z.literal(true).optional(),
      })
      .nullable(),
  })
  .meta({ id: 'UnderstoodEvent' })
export type UnderstoodEvent = z.infer<typeof UnderstoodEvent>

/** The first 20 events of the sample. */
export const EventPreview = z.strictObject({ events: z.array(UnderstoodEvent), total: z.int() })
export type EventPreview = z.infer<typeof EventPreview>

/** The last 24 hours of a connection, each counted up to 1,000. */
export const ConnectionActivity = z
  .strictObject({
    events: z.int(),
    applied: z.int(),
    duplicates: z.int(),
    /** Came before the event they belong to, and were applied later. */
    late: z.int(),
    rejected: z.int(),
    needYou: z.int(),
  })
  .meta({ id: 'ConnectionActivity' })
export type ConnectionActivity = z.infer<typeof ConnectionActivity>

/** How many events of a connection are read again. */
export const RetriedEvents = z.strictObject({ count: z.int(), more: z.boolean() })
export type RetriedEvents = z.infer<typeof RetriedEvents>
