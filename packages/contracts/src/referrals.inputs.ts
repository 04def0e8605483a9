import * as z from 'zod'
import { reachableMessage } from './advocates.ts'
import { MessageState } from './messages.ts'
import { Code, Email, ExternalId, id, Metadata, Moment, Name, Note, Phone, Reason } from './primitives.ts'
import { FlagReason, InvalidReason } from './referrals.ts'

const friend = { name: Name, email: Email.optional(), phone: Phone.optional() }

/** A friend with at least one contact detail. */
export const FriendInput = z
  .strictObject(friend)
  .refine((value) => Boolean(value.email || value.phone), reachableMessage)
export type FriendInput = z.infer<typeof FriendInput>

/**
 * A referral created by staff or a server, not by the friend. Both the advocate ("they said a neighbor sent them") and
 * the friend ("they said Anna sent them") may be added later.
 */
export const CreateReferral = z
  .strictObject({
    code: Code.optional(),
    advocateId: id('enrollment').optional(),
    /** Only while the advocate is unknown. */
    campaignId: id('campaign').optional(),
    /** The name that was mentioned, if it matches no advocate. */
    advocateNamed: Name.optional(),
    /** A friend with contact details, or only a name so far. */
    friend: z.strictObject(friend).optional(),
    message: Note.optional(),
    externalId: ExternalId.optional(),
    metadata: Metadata.default({}),
  })
  .refine(({ code, advocateId, campaignId }) => [code, advocateId, campaignId].filter(Boolean).length === 1, {
    message: 'Say who referred: either code or advocateId. Not known yet? Give the campaignId alone.',
    path: ['code'],
  })
  .refine(({ campaignId, advocateNamed }) => campaignId !== undefined || advocateNamed === undefined, {
    message: 'A name is for an advocate nobody knows yet. Leave it out.',
    path: ['advocateNamed'],
  })
  .refine((value) => !value.campaignId || value.advocateNamed || value.friend, {
    message: 'Add the friend’s details, or who sent them.',
    path: ['friend'],
  })
  .meta({ id: 'CreateReferral' })
export type CreateReferral = z.infer<typeof CreateReferral>

export const AcceptReferral = z.strictObject({ note: Note.optional() })
/** With `invalidReason`, it was not a real referral. */
export const DeclineReferral = z.strictObject({ reason: Reason, invalidReason: InvalidReason.optional() })
export type DeclineReferral = z.infer<typeof DeclineReferral>
export const ReopenReferral = z.strictObject({ reason: Reason })

/** Sets or corrects the advocate manually. */
export const AttributeReferral = z
  .strictObject({ code: Code.optional(), advocateId: id('enrollment').optional() })
  .refine((value) => Boolean(value.code) !== Boolean(value.advocateId), {
    message: 'Say who referred: either code or advocateId.',
    path: ['code'],
  })
export type AttributeReferral = z.infer<typeof AttributeReferral>

export const AssignReferral = z.strictObject({ memberId: id('member').nullable() })

/** `reason` is shown to the advocate of a converted referral. */
export const DeleteReferral = z.strictObject({ reason: Reason, confirmOwed: z.boolean().default(false) })
export type DeleteReferral = z.infer<typeof DeleteReferral>

export const bulkActions = ['accept', 'decline'] as const
export const BulkReferrals = z
  .strictObject({
    ids: z.array(id('referral')).min(1).max(100),
    action: z.enum(bulkActions),
    reason: Reason.optional(),
    invalidReason: InvalidReason.optional(),
  })
  .refine(({ action, reason }) => action !== 'decline' || reason !== undefined, {
    message: 'Say why, in a few words.',
    path: ['reason'],
  })
export type BulkReferrals = z.infer<typeof BulkReferrals>

/** The result of each, in the order of the request. */
export const BulkOutcome = z
  .strictObject({
    results: z.array(
      z.strictObject({
        id: id('referral'),
        /** The friend's name; null for a referral that does not exist. */
        name: z.string().nullable(),
        done: z.boolean(),
        /** Why it failed: a code of the catalog and its message. */
        code: z.string().nullable(),
        sentence: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkOutcome' })
export type BulkOutcome = z.infer<typeof BulkOutcome>

export const NoteInput = z.strictObject({ text: Note.min(1, 'Write something first.') })
export const ReferralNote = z.strictObject({
  id: id('note'),
  text: z.string(),
  by: z.string(),
  at: Moment,
  /** Only its author may delete it. */
  own: z.boolean(),
})
export type ReferralNote = z.infer<typeof ReferralNote>

/** The background of a referral: notes, messages, audit trail, and details of its flags. */
export const ReferralBackground = z
  .strictObject({
    notes: z.array(ReferralNote),
    messages: z.array(
      z.strictObject({
        id: id('message'),
        subject: z.string(),
        name: z.string().nullable(),
        to: z.string(),
        channel: z.enum(['email', 'sms']),
        state: MessageState,
        at: Moment,
      }),
    ),
    /** The label leaves out the noun: "Accepted". */
    audit: z.array(
      z.strictObject({ id: id('audit'), action: z.string(), label: z.string(), by: z.string(), at: Moment }),
    ),
    /** Contacts who may be the same person as the friend. */
    duplicates: z.array(z.strictObject({ contactId: id('contact'), name: z.string(), reason: z.string() })),
    /** The person a flag refers to: the other friend on the same network, the contact with the same phone. */
    evidence: z.array(
      z.strictObject({
        flag: FlagReason,
        name: z.string(),
        referralId: id('referral').nullable(),
        contactId: id('contact').nullable(),
      }),
    ),
  })
  .meta({ id: 'ReferralBackground' })
export type ReferralBackground = z.infer<typeof ReferralBackground>
