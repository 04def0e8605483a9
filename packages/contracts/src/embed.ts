import * as z from 'zod'
import { CampaignForm, Offer } from './campaigns.ts'
import { EmbedLeaderboard } from './leaderboard.ts'
import { Code, Email, id, Name, Note, Phone } from './primitives.ts'
import { visibleLine } from './text.ts'

/** The kinds of events a website sends. */
export const embedEventKinds = ['form', 'visit', 'submit'] as const
/** Why an event was or was not attributed. */
export const embedOutcomes = [
  'attributed',
  'no_code',
  'code_unknown',
  'code_retired',
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
  'hidden_field_filled',
  'proof_needed',
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
/** The version the tag reports: `v` in every widget request. */
export const TagVersion = z
  .string()
  .max(20)
  .regex(/^[\w.-]+$/)

/** What the widget needs to render the form. For a code that cannot be used, `closed` says why. */
export const EmbedForm = z.strictObject({
  organization: z.strictObject({
    name: z.string(),
    phone: z.string().nullable(),
    brandColor: z.string(),
    /** Path of the logo on the server that responds; null without one. */
    logo: z.string().nullable(),
  }),
  /** The form's fields besides the name. */
  fields: CampaignForm,
  /** How to ask who referred the friend: not at all if the code is known, by code, or by code or name in one field. */
  asks: z.enum(['nothing', 'code', 'code_or_name']),
  /** null without a code, or with an unknown one. */
  advocate: z.strictObject({ firstName: z.string(), initials: z.string() }).nullable(),
  offer: Offer.nullable(),
  closed: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
  /** Signed; valid from 2 seconds to 24 hours after it was issued. */
  formToken: z.string(),
  /**
   * The zero bits of the proof to find before sending (see `SubmitReferral.proof`): more friends come than usual, or the
   * form is the website's own, whose page may be left when it is sent.
   */
  proofBits: z.int().optional(),
  privacyNote: z.string(),
  /** With a test key everything is validated, nothing is saved, and the form says so. */
  test: z.literal(true).optional(),
})
export type EmbedForm = z.infer<typeof EmbedForm>

/** A link with a code, as people paste it, in characters. */
const pastedMax = 500

/**
 * A submission by the friend. `website` is a hidden field that only programs fill; filled once, the form is asked for again
 * (`hidden_field_filled`), filled twice it is taken and flagged.
 */
export const SubmitReferral = z
  .strictObject({
    /** As typed or pasted: a code, or a link that has one. */
    code: z.string().trim().min(3).max(pastedMax).optional(),
    /** Who referred the friend, as typed, when there is no code. A valid code or link typed here counts as one. */
    advocateName: z.string().overwrite(visibleLine).min(1, 'Enter a name.').max(pastedMax).optional(),
    /** The campaign for a name; required only when several are open. */
    campaignId: id('campaign').optional(),
    /** Forms of a website may not ask for it. Without one, staff see the email or phone number, and a flag. */
    name: Name.optional(),
    email: Email.optional(),
    phone: Phone.optional(),
    message: Note.optional(),
    /** The answer to the campaign's custom question. */
    answer: Note.optional(),
    /** Whether the friend agreed to the campaign's consent text. */
    consent: z.boolean().optional(),
    website: z.string().max(500).optional(),
    formToken: z.string().max(600),
    /**
     * The answer to `proof_needed`: a number for which SHA-256 of "<proof>.<code>.<formToken>" in UTF-8, filled up with
     * zeros to 16,384 bytes, begins with as many zero bits as the problem's `proof.bits`. Without a code, nothing stands
     * between the dots.
     */
    proof: z.int().min(0).optional(),
    /**
     * The page is left when it sends, so nobody is there to answer `proof_needed`: taken over a budget without a proof,
     * and flagged `no_proof`.
     */
    leaving: z.boolean().optional(),
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
  /** "Thanks, Priya. Your $20 credit is saved." */
  title: z.string(),
  /** The next steps, in order. */
  steps: z.array(z.string()),
  /** null when the friend typed a name, so that the response does not reveal whether it is an advocate's. */
  advocateFirstName: z.string().nullable(),
  offer: Offer,
})
export type SubmittedReferral = z.infer<typeof SubmittedReferral>

/** The friend's details that a website's own form can hold. */
export const friendFields = [
  'name',
  'first',
  'last',
  'last2',
  'email',
  'phone',
  'area',
  'message',
  'answer',
  'consent',
  'code',
  'advocate',
] as const
/** Why a form with `data-goodword` isn't a friend's: it signs in, searches, pays, subscribes or comments. */
export const otherForms = ['payment', 'login', 'search', 'newsletter', 'comment'] as const

/** What the tag understood of a website's own form: the names of its fields, never what is typed in them. */
export const FormReport = z.strictObject({
  /** The path of the page, without query and fragment. */
  page: z.string().min(1).max(500),
  /** What the form is called in its markup: its id, its name or its label; empty without one. */
  form: z.string().max(100),
  /** Why nothing is taken from it; null for a friend's form. */
  other: z.enum(otherForms).nullable(),
  fields: z.array(z.strictObject({ label: z.string().max(60), field: z.enum(friendFields).nullable() })).max(60),
})
export type FormReport = z.infer<typeof FormReport>

/** The codes that the address of a visited page may hold, separated by commas, the likeliest first. */
export const VisitCodes = z.string().trim().min(3).max(240)

/** Whether the visited link exists, and how a page remembers it. */
export const RecordedVisit = z.strictObject({
  known: z.boolean(),
  /** The one of the given codes that exists, as it is stored; absent if it is the first. */
  code: Code.optional(),
  /** For how many days after the visit a friend is still attributed; absent if 90. */
  days: z.int().optional(),
})
export type RecordedVisit = z.infer<typeof RecordedVisit>

/** What an advocate shares, for a page that knows their code. */
export const EmbedShare = z.strictObject({
  organization: z.strictObject({ name: z.string(), brandColor: z.string() }),
  /** The advocate's own link. */
  link: z.string(),
  /** "Give $20, get 5% back". */
  headline: z.string(),
  /** Both rewards, in a few sentences. */
  explanation: z.string(),
  /** The message to share, with the link in it. */
  message: z.string(),
  closed: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
})
export type EmbedShare = z.infer<typeof EmbedShare>

/** One answer for all elements of a page. */
export const EmbedElements = z.strictObject({
  /** null if no element of the page needs it. */
  form: EmbedForm.nullable(),
  /** null if no element of the page needs it, or if nobody has the code. */
  share: EmbedShare.nullable(),
  /** null if no element of the page needs it, or if it isn't shown to everyone. */
  leaderboard: EmbedLeaderboard.nullable(),
})
export type EmbedElements = z.infer<typeof EmbedElements>

/** The same on the page where a link led, with what is known of the link. */
export const EmbedLanding = EmbedElements.extend({ visit: RecordedVisit })
export type EmbedLanding = z.infer<typeof EmbedLanding>
