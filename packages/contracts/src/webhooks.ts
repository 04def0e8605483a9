import * as z from 'zod'
import { id, Moment, PageQuery } from './primitives.ts'
import { visibleLine } from './text.ts'

/** The event types: a noun and what happened to it, in the past tense. */
export const eventTypes = [
  'referral.created',
  'referral.accepted',
  'referral.declined',
  'referral.converted',
  'referral.expired',
  'referral.reopened',
  'referral.reversed',
  'referral.attributed',
  'advocate.enrolled',
  'advocate.archived',
  'invitation.scheduled',
  'invitation.sent',
  'invitation.opened',
  'invitation.joined',
  'invitation.canceled',
  'reward.created',
  'reward.issued',
  'reward.redeemed',
  'reward.voided',
  'reward.reinstated',
  'reward.adjusted',
  'credit.adjusted',
  'credit.redeemed',
  'credit.requested',
  'contact.merged',
  'contact.erased',
  'campaign.updated',
  'endpoint.test',
] as const
export const EventType = z.enum(eventTypes)
export type EventType = z.infer<typeof EventType>

export const webhookDeliveryStates = ['queued', 'sending', 'delivered', 'failed'] as const
export const WebhookDeliveryState = z.enum(webhookDeliveryStates)
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>

const Events = z
  .array(EventType)
  .max(eventTypes.length)
  .refine((events) => new Set(events).size === events.length, 'Name each event once.')

export const WebhookEndpoint = z
  .strictObject({
    id: id('webhookEndpoint'),
    url: z.string(),
    description: z.string(),
    /** Empty for all events. */
    events: z.array(EventType),
    /** failing: no delivery has succeeded since `failingSince`, and retries continue. */
    state: z.enum(['active', 'failing', 'disabled']),
    failingSince: Moment.nullable(),
    disabledAt: Moment.nullable(),
    /**
     * member: disabled by a member. gone: the endpoint responded 410. failing: no delivery succeeded for three days.
     */
    disabledBecause: z.enum(['member', 'gone', 'failing']).nullable(),
    /** False after the installation got another secret: nothing is sent until a new one is made. */
    isSecretReadable: z.boolean(),
    /** Until when the previous secret also signs. */
    previousSecretUntil: Moment.nullable(),
    /** Deliveries of the last 30 days that failed for good; counted up to 1,000. */
    failed: z.int(),
    /** When the newest delivered event happened. */
    lastDeliveredAt: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'WebhookEndpoint' })
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>

const Url = z.string().trim().max(500, 'Use a shorter address.')
const Description = z.string().overwrite(visibleLine).max(100, 'Use 100 characters or fewer.')

export const AddWebhook = z.strictObject({
  url: Url.min(1, 'Enter the address that receives the events.'),
  description: Description.default(''),
  events: Events.default([]),
})
export type AddWebhook = z.infer<typeof AddWebhook>

export const UpdateWebhook = z.strictObject({
  url: Url.min(1, 'Enter the address that receives the events.').optional(),
  description: Description.optional(),
  events: Events.optional(),
})
export type UpdateWebhook = z.infer<typeof UpdateWebhook>

/** "whsec_…": the secret the receiver verifies with. */
export const WebhookSecret = z.strictObject({ secret: z.string(), previousSecretUntil: Moment.nullable() })
export type WebhookSecret = z.infer<typeof WebhookSecret>

export const WebhookDelivery = z
  .strictObject({
    id: id('webhookDelivery'),
    endpointId: id('webhookEndpoint'),
    /** The `webhook-id` of every attempt. */
    eventId: id('event'),
    type: EventType,
    state: WebhookDeliveryState,
    attempts: z.int(),
    /** The status of the last response; null without one. */
    lastStatus: z.int().nullable(),
    nextAttemptAt: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

export const WebhookAttempt = z.strictObject({
  id: id('webhookAttempt'),
  at: Moment,
  requestHeaders: z.record(z.string(), z.string()),
  status: z.int().nullable(),
  /** The first 4,000 bytes of the response. */
  answer: z.string().nullable(),
  /** Why there was no response, or why it does not count as success. */
  error: z.string().nullable(),
  tookMs: z.int(),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

export const WebhookDeliveryDetail = WebhookDelivery.extend({
  url: z.string(),
  /** The body as it is signed and sent. */
  payload: z.string(),
  /** Newest first, the last 50. */
  tries: z.array(WebhookAttempt),
})
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>

export const WebhookDeliveryQuery = PageQuery.extend({ state: WebhookDeliveryState.optional() })
export type WebhookDeliveryQuery = z.infer<typeof WebhookDeliveryQuery>

/** Resends events that happened since `since`; by default all that are stored. */
export const ReplayFailed = z.strictObject({ since: Moment.optional() })
export type ReplayFailed = z.infer<typeof ReplayFailed>
