import * as z from 'zod'
import { creditUses } from './creditUses.ts'
import { Invitation, Role } from './members.ts'
import { Amount, Currency, Day, Email, id, idEnding, Moment, Name, PageQuery, PositiveAmount } from './primitives.ts'
import { holdsNoPassword, visibleLine } from './text.ts'
import { TextConsent, TextStatement } from './textConsent.ts'

/** Parts of the product that are off until an owner or admin switches them on. Off hides them and keeps their data. */
export const features = ['jobs'] as const
export type Feature = (typeof features)[number]

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
    features: z.array(z.enum(features)),
    /** What a person may get in a year as gift cards and payouts before a report points it out; minor units. */
    cashReportThreshold: Amount.nullable(),
    /** What the owner stated about texts to customers whom the team enters; null without a statement. */
    textStatement: TextStatement.nullable(),
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
  /** Organizations that invited this person, who has not responded yet. */
  invitations: z.array(Invitation),
  /** How messages are delivered: kept in the outbox and shown, or sent by SMTP. */
  delivery: z.enum(['kept', 'smtp']),
})
export type Me = z.infer<typeof Me>

/** Whether the runtime knows this IANA time zone. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** IANA name, such as America/Los_Angeles. */
export const TimeZone = z.string().refine(isTimeZone, 'Use a time zone such as America/Los_Angeles.')
/** ISO 3166; the server validates it. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'Use the two letters of a country, such as US.')
export const Tagline = z.string().overwrite(visibleLine).max(60, 'Use 60 characters or fewer.')
export const BrandColor = z.string().regex(/^#[0-9a-f]{6}$/, 'Use a color such as #8a2c5e.')

/** Another organization of the signed-in member, who becomes its owner. */
export const CreateOrganization = z.strictObject({
  name: Name,
  currency: Currency,
  timeZone: TimeZone,
  country: Country,
})
export type CreateOrganization = z.infer<typeof CreateOrganization>

const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()

/** Absent fields stay as they are; null clears a field. */
export const UpdateOrganization = z
  .strictObject({
    name: Name,
    tagline: Tagline,
    website: orNull(
      z
        .url({
          protocol: /^https?$/,
          hostname: z.regexes.domain,
          error: 'Enter a whole address such as https://harborsons.example',
        })
        .max(300, 'Use a shorter address.')
        .refine(holdsNoPassword, 'Leave out the user name and password.'),
    ),
    phone: orNull(z.string().trim().min(1).max(40, 'Use 40 characters or fewer.')),
    address: orNull(z.string().trim().min(1).max(300, 'Use 300 characters or fewer.')),
    replyTo: orNull(Email),
    brandColor: BrandColor,
    currency: Currency,
    timeZone: TimeZone,
    country: Country,
    staffMayConvert: z.boolean(),
    creditUses: z
      .array(z.enum(creditUses))
      .min(1, 'Leave at least one way to use credit.')
      .refine((uses) => new Set(uses).size === uses.length, 'Name each way once.'),
    /** What every customer whom the team or its systems enter agreed to; null withdraws it. Only owners may. */
    textStatement: orNull(TextConsent.shape.wording),
    cashReportThreshold: orNull(PositiveAmount),
    /** The features that are on. */
    features: z.array(z.enum(features)).refine((on) => new Set(on).size === on.length, 'Name each feature once.'),
  })
  .partial()
export type UpdateOrganization = z.infer<typeof UpdateOrganization>

/** Limits of a picture: bytes, width and height. */
export const logoLimits = { bytes: 200_000, pixels: 2_000 } as const
export const logoTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
export type LogoType = (typeof logoTypes)[number]

/** The picture in base64. Its type is read from its bytes. */
export const UploadLogo = z.strictObject({
  image: z
    .base64('Send the picture as base64.')
    .min(1, 'Choose a picture.')
    .max(Math.ceil(logoLimits.bytes / 3) * 4, 'Use a picture of at most 200 kB.'),
})
export type UploadLogo = z.infer<typeof UploadLogo>

export const ChangeMember = z.strictObject({ role: Role.exclude(['agent']) })
export type ChangeMember = z.infer<typeof ChangeMember>

/** One browser session of the signed-in member. */
export const StaffSession = z.strictObject({
  id: id('session'),
  /** The user agent. */
  userAgent: z.string().nullable(),
  createdAt: Moment,
  lastSeenAt: Moment,
  /** Whether this is the session of the request. */
  current: z.boolean(),
})
export type StaffSession = z.infer<typeof StaffSession>

/** How long a rotated key keeps working next to its replacement. */
export const overlaps = ['none', 'day', 'week'] as const
export type Overlap = (typeof overlaps)[number]
export const RotateKey = z.strictObject({ overlap: z.enum(overlaps).default('day') })
export type RotateKey = z.infer<typeof RotateKey>

/** The actor: one member or key, or all of a kind. */
const AuditActor = z
  .string()
  .regex(
    new RegExp(`^((member:mem|key:key)${idEnding}|member|key|contact|friend|system)$`),
    'Name a member, a key or a kind.',
  )

export const AuditFilter = z.strictObject({
  actor: AuditActor.optional(),
  /** The part of an action before the dot: "referral". */
  group: z
    .string()
    .regex(/^[a-z_]{1,40}$/, 'Use a word such as referral.')
    .optional(),
  subjectId: z
    .string()
    .trim()
    .regex(new RegExp(`^[a-z]{3}${idEnding}$`), 'Use a whole id, such as one copied from an address.')
    .optional(),
  /** First and last day, in the organization's time zone. */
  from: Day.optional(),
  to: Day.optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>
export const AuditQuery = z.strictObject({ ...PageQuery.shape, ...AuditFilter.shape })
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditEntry = z
  .strictObject({
    id: id('audit'),
    at: Moment,
    /** `member:mem_…`, `key:key_…`, `contact:con_…`, `friend` or `system`. */
    actor: z.string(),
    /** The current name of a member or key; null for anyone else. */
    actorName: z.string().nullable(),
    /** Dotted, past tense: "referral.converted". */
    action: z.string(),
    /** What was done, in English: "Referral converted". */
    label: z.string(),
    subjectId: z.string(),
    /** The name of the member or key this is about; null for anything else. */
    subjectName: z.string().nullable(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** A kind of entries to filter by. */
export const AuditGroup = z.strictObject({ group: z.string(), label: z.string() }).meta({ id: 'AuditGroup' })
export type AuditGroup = z.infer<typeof AuditGroup>
