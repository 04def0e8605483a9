import * as z from 'zod'

/** What can be heard of: the noun, and what happened to it, in the past tense. */
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
  'reward.created',
  'reward.issued',
  'reward.redeemed',
  'reward.voided',
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
