import * as z from 'zod'
import { campaignStatuses } from './campaignChoices.ts'
import { creditUses } from './creditUses.ts'
import { askReasons } from './invitations.ts'
import { amountMax, Currency, id, Moment } from './primitives.ts'
import { ReferralStatus, referralSources } from './referrals.ts'
import type { EventType } from './webhooks.ts'

const amount = z.int().min(0).max(amountMax)
const referral = { referralId: id('referral') }
const ofCampaign = { ...referral, campaignId: id('campaign') }
const people = { advocateId: id('enrollment').nullable(), friendContactId: id('contact').nullable() }
const moved = z.strictObject({
  ...ofCampaign,
  ...people,
  from: ReferralStatus,
  /** The referral of the same friend that was converted instead. */
  supersededBy: id('referral').nullable(),
})
const advocate = z.strictObject({
  advocateId: id('enrollment'),
  contactId: id('contact'),
  campaignId: id('campaign'),
})
const invitation = {
  invitationId: id('invitation'),
  contactId: id('contact'),
  campaignId: id('campaign'),
  /** Null if staff asked without one. */
  jobId: id('job').nullable(),
  advocateId: id('enrollment').nullable(),
}
const reward = { rewardId: id('reward'), contactId: id('contact') }
const entry = z.strictObject({
  contactId: id('contact'),
  entryId: id('creditEntry'),
  /** Negative if credit was removed. */
  amount: z.int().min(-amountMax).max(amountMax),
  currency: Currency,
})

/**
 * The `data` of each event: ids, amounts and fixed labels, never a name or an address. Amounts are in the minor
 * unit of their currency.
 */
export const eventPayloads = {
  'referral.created': z.strictObject({ ...ofCampaign, ...people, source: z.enum(referralSources) }),
  'referral.accepted': moved,
  'referral.declined': moved,
  'referral.converted': z.strictObject({
    ...referral,
    conversionId: id('conversion'),
    jobValue: amount.nullable(),
    currency: Currency,
    advocateAmount: amount,
    friendAmount: amount,
  }),
  /**
   * Expired by staff or because of another referral of the same friend, with its previous status; or by time, with
   * the reason.
   */
  'referral.expired': z.union([moved, z.strictObject({ ...referral, reason: z.string() })]),
  'referral.reopened': moved,
  'referral.reversed': z.strictObject({
    ...referral,
    conversionId: id('conversion'),
    /** What the contacts owe because they had already used the credit. */
    owed: amount,
  }),
  'referral.attributed': z.strictObject({
    ...ofCampaign,
    advocateId: id('enrollment'),
    /** The previous advocate. */
    from: id('enrollment').nullable(),
    friendContactId: id('contact').nullable(),
  }),
  'advocate.enrolled': advocate,
  'advocate.archived': advocate,
  /** Somebody is to be asked to refer at `sendAt`, which may still move or be canceled. */
  'invitation.scheduled': z.strictObject({ ...invitation, sendAt: Moment }),
  /** A provider took it. `followUp`: the one reminder. */
  'invitation.sent': z.strictObject({
    ...invitation,
    channels: z.array(z.enum(['sms', 'email'])),
    followUp: z.boolean(),
  }),
  'invitation.opened': z.strictObject(invitation),
  'invitation.joined': z.strictObject(invitation),
  'invitation.canceled': z.strictObject({ ...invitation, reason: z.enum(askReasons) }),
  'reward.created': z.strictObject({
    ...reward,
    conversionId: id('conversion').nullable(),
    side: z.enum(['advocate', 'friend']),
    kind: z.string(),
    amount,
    currency: Currency,
  }),
  'reward.issued': z.strictObject(reward),
  'reward.redeemed': z.strictObject(reward),
  'reward.voided': z.strictObject({ ...reward, owed: amount }),
  'reward.reinstated': z.strictObject(reward),
  /** A part of its job was refunded, or that was undone; `owed` is what of it had been used already. */
  'reward.adjusted': z.strictObject({ ...reward, from: amount, to: amount, owed: amount }),
  'credit.adjusted': entry,
  'credit.redeemed': entry,
  'credit.requested': z.strictObject({
    contactId: id('contact'),
    requestId: id('creditRequest'),
    amount,
    currency: Currency,
    use: z.enum(creditUses),
  }),
  'contact.merged': z.strictObject({ contactId: id('contact'), otherId: id('contact') }),
  'contact.erased': z.strictObject({ contactId: id('contact') }),
  'campaign.updated': z.strictObject({
    campaignId: id('campaign'),
    termsVersion: z.int(),
    status: z.enum(campaignStatuses),
  }),
  'endpoint.test': z.strictObject({ endpointId: id('webhookEndpoint') }),
} as const satisfies Record<EventType, z.ZodType>

export type EventData<T extends EventType = EventType> = z.infer<(typeof eventPayloads)[T]>

/** "member:mem_…", "key:key_…", "contact:con_…", "friend", "system" or "system:operator". */
const actor = z.object({ actor: z.string() })

/** The request body for an event. */
export const eventBody = (type: EventType) =>
  z.object({
    type: z.literal(type),
    timestamp: z.iso.datetime(),
    data: z.intersection(eventPayloads[type], actor),
  })
