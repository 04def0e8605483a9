import * as z from 'zod'
import { Exceptions, Terms } from './campaigns.ts'
import { AskRow } from './invitations.ts'
import { Amount, Code, Currency, Email, id, Moment, Name, PageQuery, Phone, SearchText } from './primitives.ts'
import { RewardValue } from './sideTerms.ts'

const reachable = (value: { email?: string | undefined; phone?: string | undefined }) =>
  Boolean(value.email || value.phone)
export const reachableMessage = { message: 'Enter an email address or a phone number.', path: ['email'] }

export const InviteAdvocate = z
  .strictObject({
    campaignId: id('campaign'),
    name: Name,
    email: Email.optional(),
    phone: Phone.optional(),
    /** false enrolls without a message. */
    notify: z.boolean().default(true),
  })
  .refine(reachable, reachableMessage)
  .meta({ id: 'InviteAdvocate' })
export type InviteAdvocate = z.infer<typeof InviteAdvocate>

/** Where an advocate stands in the tiers of their terms. */
const AdvocateTier = z.strictObject({
  /** The friend from whom on the last tier pays. */
  last: z.int(),
  /** What a further friend pays now. */
  value: RewardValue,
  /** The next tier, and how many more friends it takes; null in the last one. */
  next: z.strictObject({ more: z.int(), value: RewardValue }).nullable(),
})
export type AdvocateTier = z.infer<typeof AdvocateTier>

export const Advocate = z
  .strictObject({
    /** The enrollment: one advocate in one campaign. */
    id: id('enrollment'),
    contactId: id('contact'),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
    code: Code,
    link: z.string(),
    referrals: z.int(),
    converted: z.int(),
    /** What their rewards come to, in minor units of `currency`, without voided ones. */
    earned: z.int(),
    /** When somebody first opened their link; null while nobody has. */
    sharedAt: Moment.nullable(),
    /** The last time they were asked to refer, and what came of it; null if they never were. */
    lastAsk: z.strictObject({ at: Moment, state: z.enum(['sent', 'opened', 'joined']) }).nullable(),
    /** Their tier; null if the terms have none, or count anew each year. */
    tier: AdvocateTier.nullable(),
    /** Available credit and credit on hold, in minor units of `currency`. */
    available: Amount,
    held: Amount,
    currency: Currency,
    createdAt: Moment,
    archivedAt: Moment.nullable(),
  })
  .meta({ id: 'Advocate' })
export type Advocate = z.infer<typeof Advocate>

/** One advocate, with the details of their page. */
export const AdvocateDetail = Advocate.extend({
  /** Custom terms for this advocate; anything absent falls back to the campaign's. */
  exceptions: Exceptions.nullable(),
  /** All codes of the advocate, the current one first; all of them work. */
  codes: z.array(Code),
  /** The campaign's terms, which the custom terms override. */
  terms: Terms,
  /** What they were asked, the newest first. */
  asks: z.array(AskRow),
}).meta({ id: 'AdvocateDetail' })
export type AdvocateDetail = z.infer<typeof AdvocateDetail>

export const AdvocateQuery = PageQuery.extend({
  /** Finds advocates by name, email, phone and every code they have had. */
  q: SearchText.optional(),
  campaignId: id('campaign').optional(),
  /** Active advocates, or archived ones. */
  state: z.enum(['active', 'archived']).optional(),
  /** Those who were asked last and have not opened it, the latest first. */
  asked: z.enum(['not_opened']).optional(),
  sort: z.enum(['referrals', 'newest']).default('referrals'),
})
export type AdvocateQuery = z.infer<typeof AdvocateQuery>

/** A custom code: letters and digits. Case, spaces and dashes are ignored. */
export const ChangeCode = z
  .strictObject({
    code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9\s-]{3,40}$/, 'Use 3 to 20 letters and digits.')
      .refine((code) => {
        const letters = code.replace(/[\s-]/g, '').length
        return letters >= 3 && letters <= 20
      }, 'Use 3 to 20 letters and digits.'),
  })
  .meta({ id: 'ChangeCode' })
export type ChangeCode = z.infer<typeof ChangeCode>

/** null restores the campaign's terms. */
export const ChangeExceptions = z.strictObject({ exceptions: Exceptions.nullable() }).meta({ id: 'ChangeExceptions' })
export type ChangeExceptions = z.infer<typeof ChangeExceptions>

/** SPEC §14: the maximum number of rows. */
export const invitedAtOnceMax = 1_000

export const PreviewInvitations = z
  .strictObject({
    campaignId: id('campaign'),
    /** Pasted lines or a CSV file: name, email and phone in any order, with or without headings. */
    text: z.string().min(1, 'Paste a list, or choose a file.').max(200_000, 'Use 1,000 rows or fewer at a time.'),
  })
  .meta({ id: 'PreviewInvitations' })
export type PreviewInvitations = z.infer<typeof PreviewInvitations>

export const invitationStates = ['new', 'known', 'advocate', 'repeated', 'wrong'] as const

/**
 * new; known: an existing contact who becomes an advocate; advocate: already one; repeated in the list; wrong:
 * invalid.
 */
export const InvitationRow = z.strictObject({
  line: z.int(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  state: z.enum(invitationStates),
  /** What is invalid, or who it duplicates. */
  problem: z.string().nullable(),
  existingId: id('enrollment').nullable(),
  contactId: id('contact').nullable(),
})
export type InvitationRow = z.infer<typeof InvitationRow>

/** What a column of the list can contain. */
export const personColumns = ['name', 'first_name', 'last_name', 'email', 'phone', 'ignored'] as const
export type PersonColumn = (typeof personColumns)[number]

export const InvitationPreview = z
  .strictObject({
    rows: z.array(InvitationRow),
    /** The detected meaning of each column. */
    columns: z.array(z.enum(personColumns)),
    hasHead: z.boolean(),
  })
  .meta({ id: 'InvitationPreview' })
export type InvitationPreview = z.infer<typeof InvitationPreview>

export const InviteMany = z
  .strictObject({
    campaignId: id('campaign'),
    people: z
      .array(
        z
          .strictObject({ name: Name, email: Email.optional(), phone: Phone.optional() })
          .refine(reachable, reachableMessage),
      )
      .min(1, 'Choose at least one person.')
      .max(invitedAtOnceMax),
    /** false enrolls without messages. */
    notify: z.boolean().default(true),
  })
  .meta({ id: 'InviteMany' })
export type InviteMany = z.infer<typeof InviteMany>

/** Existing advocates are left as they are and get no message. */
export const InvitedMany = z
  .strictObject({ enrolled: z.int(), alreadyAdvocates: z.int(), messages: z.int() })
  .meta({ id: 'InvitedMany' })
export type InvitedMany = z.infer<typeof InvitedMany>
