import * as z from 'zod'
import { Exceptions, Terms } from './campaigns.ts'
import { Invitation, Role } from './members.ts'
import { Amount, Code, Currency, Email, id, Moment, Name, PageQuery, Phone } from './primitives.ts'
import { scopes } from './scopes.ts'

/** What an advocate may request credit to be used for (SPEC §6). */
export const creditUses = ['next_invoice', 'discount_code', 'payout'] as const
export type CreditUse = (typeof creditUses)[number]
export const creditRequestStates = ['open', 'done', 'refused', 'withdrawn'] as const

/** Notification preference: everything, only rewards, or nothing about the program. */
export const notifyPreferences = ['all', 'rewards', 'none'] as const

export const Organization = z
  .strictObject({
    id: id('organization'),
    name: Name,
    /** One word below the name in the console: "Plumbing". */
    tagline: z.string(),
    currency: Currency,
    /** IANA name, such as America/Los_Angeles. */
    timeZone: z.string(),
    /** ISO 3166, two letters; the country of phone numbers without a +. */
    country: z.string(),
    brandColor: z.string().regex(/^#[0-9a-f]{6}$/),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    website: z.string().nullable(),
    replyTo: z.string().nullable(),
    /** The logo's path on this server; null without one. */
    logo: z.string().nullable(),
    /** Whether staff may convert, or only owners and admins. */
    staffMayConvert: z.boolean(),
    creditUses: z.array(z.enum(creditUses)),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Organization' })
export type Organization = z.infer<typeof Organization>

export const Me = z.strictObject({
  actor: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('member'), id: id('member'), name: z.string(), email: z.string(), role: Role }),
    z.strictObject({ type: z.literal('key'), id: id('key'), name: z.string(), scopes: z.array(z.string()) }),
  ]),
  organization: Organization,
  /** All organizations the member belongs to. */
  organizations: z.array(z.strictObject({ id: id('organization'), name: z.string(), role: Role })),
  /** Organizations that invited the same person, who has not responded yet. */
  invitations: z.array(Invitation),
  /** How messages are delivered: kept in the outbox and shown, or sent by SMTP. */
  delivery: z.enum(['kept', 'smtp']),
})
export type Me = z.infer<typeof Me>

export const Scope = z.enum(scopes)
export type Scope = z.infer<typeof Scope>

export const ApiKey = z.strictObject({
  id: id('key'),
  kind: z.enum(['publishable', 'secret']),
  /** With a test key the form validates everything and saves nothing. */
  mode: z.enum(['live', 'test']),
  name: z.string(),
  /** The whole key when publishable; its first and last characters when secret. */
  display: z.string(),
  scopes: z.array(Scope),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
  revokedAt: Moment.nullable(),
  /** A rotated key works until this time. */
  expiresAt: Moment.nullable(),
  replacedBy: id('key').nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreateKey = z.strictObject({
  kind: z.enum(['publishable', 'secret']),
  /** `test` applies to publishable keys. */
  mode: z.enum(['live', 'test']).optional(),
  name: Name,
  scopes: z
    .array(Scope)
    .max(scopes.length)
    .default([...scopes]),
})
export type CreateKey = z.infer<typeof CreateKey>
/** `key` is shown once and stored only as a hash. */
export const CreatedKey = ApiKey.extend({ key: z.string() })
export type CreatedKey = z.infer<typeof CreatedKey>

/** A website that may embed the form: scheme, host and port. */
export const Site = z.strictObject({
  id: id('site'),
  origin: z.string(),
  firstSeenAt: Moment.nullable(),
  lastSeenAt: Moment.nullable(),
  /** The version its tag reported when last seen, and the kind of key it used. */
  lastVersion: z.string().nullable(),
  lastMode: z.enum(['live', 'test']).nullable(),
  createdAt: Moment,
})
export type Site = z.infer<typeof Site>
export const AddSite = z.strictObject({
  origin: z.string().trim().min(1, 'Enter the address of your website.').max(300),
})
export type AddSite = z.infer<typeof AddSite>

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
}).meta({ id: 'AdvocateDetail' })
export type AdvocateDetail = z.infer<typeof AdvocateDetail>

export const AdvocateQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional(),
  campaignId: id('campaign').optional(),
  /** Active advocates, or archived ones. */
  state: z.enum(['active', 'archived']).optional(),
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
 * new; known: an existing contact who becomes an advocate; advocate: already one; repeated in the list; wrong: invalid.
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
