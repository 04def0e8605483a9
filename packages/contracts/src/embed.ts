import * as z from 'zod'
import { CampaignForm, Offer } from './campaigns.ts'
import { Code, Email, id, Name, Note, Phone } from './primitives.ts'

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
  'details_missing',
  'malformed',
  'rate_limited',
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
  organization: z.strictObject({
    name: z.string(),
    phone: z.string().nullable(),
    brandColor: z.string(),
    /** Address of the picture, on the server that answers; null without one. */
    logo: z.string().nullable(),
  }),
  /** Which fields there are besides the name. */
  fields: CampaignForm,
  /** What to ask for who sent the friend: nothing when the code is known, a code, or a code or a name in one field. */
  asks: z.enum(['nothing', 'code', 'code_or_name']),
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
    code: Code.optional(),
    /** Who sent them, in the friend's own words, when there is no code. A code typed here counts as one. */
    advocateName: Name.optional(),
    /** The campaign of a name; needed only when several are open. */
    campaignId: id('campaign').optional(),
    name: Name,
    email: Email.optional(),
    phone: Phone.optional(),
    message: Note.optional(),
    /** The answer to the campaign's own question. */
    answer: Note.optional(),
    /** That they agreed to the wording of the campaign. */
    consent: z.boolean().optional(),
    website: z.string().max(500).optional(),
    formToken: z.string().max(600),
  })
  .refine((value) => Boolean(value.email || value.phone), {
    message: 'Enter an email address or a phone number.',
    path: ['phone'],
  })
  .refine((value) => Boolean(value.code || value.advocateName), {
    message: 'Enter the name or the code of the friend who sent you.',
    path: ['advocateName'],
  })
export type SubmitReferral = z.infer<typeof SubmitReferral>

export const SubmittedReferral = z.strictObject({
  /** "Thanks, Priya. Your $20 is saved." */
  title: z.string(),
  /** What happens next, in order. */
  steps: z.array(z.string()),
  /** null when the friend typed a name: whether anybody is called so is not told. */
  advocateFirstName: z.string().nullable(),
  offer: Offer,
})
export type SubmittedReferral = z.infer<typeof SubmittedReferral>

/** Whether anybody has the code of a link that was followed. */
export const NotedVisit = z.strictObject({ known: z.boolean() })
export type NotedVisit = z.infer<typeof NotedVisit>

/** What an advocate hands on, for a page that knows their code. */
export const EmbedShare = z.strictObject({
  organization: z.strictObject({ name: z.string(), brandColor: z.string() }),
  /** The advocate's own link. */
  link: z.string(),
  /** "Give $20, get 5% back". */
  headline: z.string(),
  /** What both sides get, in a few sentences. */
  explanation: z.string(),
  /** What the message says, with the link in it. */
  message: z.string(),
  closed: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
})
export type EmbedShare = z.infer<typeof EmbedShare>
