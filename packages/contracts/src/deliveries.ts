import * as z from 'zod'
import { Day, Email, Moment, PageQuery, Reason, WebAddress } from './primitives.ts'
import { cardDeliveries } from './rewardKinds.ts'

/**
 * The delivery of a reward by staff or a provider. `to_do` waits for staff, `ordering` for our next attempt, `waiting` for
 * the provider.
 */
export const deliveryStates = ['to_do', 'ordering', 'waiting', 'done', 'canceled'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const RewardDelivery = z
  .strictObject({
    /** Who delivers it, and how. A custom reward is always delivered by hand. */
    way: z.enum(cardDeliveries),
    state: z.enum(deliveryStates),
    /** The day until which staff want to deliver it. */
    dueOn: Day,
    /** Where a gift card is at the provider: "Not enough money at the provider. Add funds, then try again." */
    sentence: z.string().nullable(),
    /** Whom the provider was asked to send it to. */
    email: z.string().nullable(),
    /** What the recipient uses. */
    code: z.string().nullable(),
    link: z.string().nullable(),
    /** Whether the provider can be asked again. */
    canRetry: z.boolean(),
    /** Whether asking again needs another email address. */
    needsAddress: z.boolean(),
    doneAt: Moment.nullable(),
  })
  .meta({ id: 'RewardDelivery' })
export type RewardDelivery = z.infer<typeof RewardDelivery>

export const ToDeliverQuery = PageQuery
export type ToDeliverQuery = z.infer<typeof ToDeliverQuery>

/** A gift card has a code, a link or both; a custom reward neither. */
export const DeliverReward = z
  .strictObject({
    code: z
      .string()
      .trim()
      .min(1, 'Enter the code of the card.')
      .max(200, 'Use 200 characters or fewer for the code.')
      .optional(),
    link: WebAddress.optional(),
  })
  .meta({ id: 'DeliverReward' })
export type DeliverReward = z.infer<typeof DeliverReward>

/** `email` replaces the address that the provider was asked to send the card to. */
export const RetryDelivery = z.strictObject({ email: Email.optional() }).meta({ id: 'RetryDelivery' })
export type RetryDelivery = z.infer<typeof RetryDelivery>

export const ChangeDelivery = z.strictObject({ dueOn: Day }).meta({ id: 'ChangeDelivery' })
export type ChangeDelivery = z.infer<typeof ChangeDelivery>

/**
 * Staff change the status of a reward themselves, with a reason. `confirmOwed` is needed to take back what was used: it is owed
 * back then.
 */
export const OverrideReward = z
  .strictObject({
    status: z.enum(['pending', 'issued', 'redeemed', 'voided']),
    reason: Reason,
    confirmOwed: z.boolean().default(false),
    notify: z.boolean().default(true),
  })
  .meta({ id: 'OverrideReward' })
export type OverrideReward = z.infer<typeof OverrideReward>

export const giftCardEnvironments = ['production', 'sandbox'] as const

/** The organization's account at Tremendous; its secrets are never shown. */
export const GiftCardAccount = z
  .strictObject({
    account: z
      .strictObject({
        environment: z.enum(giftCardEnvironments),
        campaignId: z.string(),
        fundingSourceId: z.string(),
        /** False if the key has to be entered again, because this installation has another secret now. */
        isKeyReadable: z.boolean(),
        hasWebhookKey: z.boolean(),
        /** When Tremendous last sent an event. */
        lastEventAt: Moment.nullable(),
        updatedAt: Moment,
      })
      .nullable(),
    /** Where Tremendous should send its events. */
    webhookUrl: z.string(),
  })
  .meta({ id: 'GiftCardAccount' })
export type GiftCardAccount = z.infer<typeof GiftCardAccount>

const secret = z.string().trim().min(8, 'That is too short for a key.').max(300, 'Use 300 characters or fewer.')
const reference = (what: string) => z.string().trim().min(1, `Enter ${what}.`).max(100, 'Use 100 characters or fewer.')

/** Secrets that are absent stay as they are. */
export const SetGiftCardAccount = z
  .strictObject({
    environment: z.enum(giftCardEnvironments),
    apiKey: secret.optional(),
    campaignId: reference('the ID of the campaign'),
    fundingSourceId: reference('the ID of the funding source'),
    webhookKey: secret.nullable().optional(),
  })
  .meta({ id: 'SetGiftCardAccount' })
export type SetGiftCardAccount = z.infer<typeof SetGiftCardAccount>

/** The cards that people can choose from by the account's campaign at the provider. */
export const GiftCardChoices = z
  .strictObject({
    /** Null while no account is connected. */
    cards: z.array(z.strictObject({ id: z.string(), name: z.string() })).nullable(),
  })
  .meta({ id: 'GiftCardChoices' })
export type GiftCardChoices = z.infer<typeof GiftCardChoices>

export const GiftCardCheck = z.strictObject({ ok: z.boolean(), sentence: z.string() }).meta({ id: 'GiftCardCheck' })
export type GiftCardCheck = z.infer<typeof GiftCardCheck>
