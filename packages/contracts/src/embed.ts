import * as z from 'zod'
import { Offer } from './campaigns.ts'
import { Code, Email, Name, Note, Phone } from './primitives.ts'

/** What a website told us. */
export const embedEventKinds = ['form', 'visit', 'submit'] as const
/** Why it was or was not attributed. */
export const embedOutcomes = [
  'attributed',
  'no_code',
  'code_unknown',
  'origin_not_allowed',
  'campaign_not_active',
  'campaign_not_started',
  'campaign_ended',
  'self_referral',
  'referral_loop',
  'friend_is_advocate',
  'already_referred',
  'advocate_limit_reached',
  'existing_customer',
  'submission_rejected',
  'form_token_invalid',
  'form_too_fast',
  'phone_invalid',
  'attributed_by_hand',
] as const
export const EmbedOutcome = z.enum(embedOutcomes)
export type EmbedOutcome = z.infer<typeof EmbedOutcome>
/** What the tag calls itself: the `v` of every address the widget asks. */
export const TagVersion = z
  .string()
  .max(20)
  .regex(/^[\w.-]+$/)

/** What the form needs to be drawn. A code that cannot be used still answers, with `closed` saying why. */
export const EmbedForm = z.strictObject({
  organization: z.strictObject({ name: z.string(), phone: z.string().nullable(), brandColor: z.string() }),
  /** null without a code, or with one we do not know. */
  advocate: z.strictObject({ firstName: z.string(), initials: z.string() }).nullable(),
  offer: Offer.nullable(),
  closed: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
  /** Signed; at least 2 seconds and at most 24 hours old when the form is sent. */
  formToken: z.string(),
  privacyNote: z.string(),
  /** Only with a test key: everything is checked, nothing is saved, and the form says so. */
  test: z.literal(true).optional(),
})
export type EmbedForm = z.infer<typeof EmbedForm>

/** The friend's own submission. `website` is the honeypot: people never see it. */
export const SubmitReferral = z
  .strictObject({
    code: Code,
    name: Name,
    email: Email.optional(),
    phone: Phone.optional(),
    message: Note.optional(),
    website: z.string().max(500).optional(),
    formToken: z.string().max(600),
  })
  .refine((value) => Boolean(value.email || value.phone), {
    message: 'Enter an email address or a phone number.',
    path: ['phone'],
  })
export type SubmitReferral = z.infer<typeof SubmitReferral>

export const SubmittedReferral = z.strictObject({
  /** "Thanks, Priya. Your $20 is saved." */
  title: z.string(),
  /** What happens next, in order. */
  steps: z.array(z.string()),
  advocateFirstName: z.string(),
  offer: Offer,
})
export type SubmittedReferral = z.infer<typeof SubmittedReferral>
