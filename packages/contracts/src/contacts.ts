import * as z from 'zod'
import { AskRow, noEmailReasons, noTextReasons } from './invitations.ts'
import { languages } from './languages.ts'
import { MessageState, TemplateName } from './messages.ts'
import { notifyPreferences } from './notifyPreferences.ts'
import { Amount, Code, Currency, Day, Email, id, Moment, Name, PageQuery, Phone, SearchText } from './primitives.ts'
import { referralStatuses } from './referrals.ts'
import { textConsentSources } from './textConsent.ts'

/** Filters of the contact list. */
export const contactFilters = ['advocates', 'friends', 'customers', 'duplicates'] as const
export type ContactFilter = (typeof contactFilters)[number]

/**
 * Who verified an address: nobody (a stranger typed it), staff, or its owner by opening a link sent there (SPEC
 * §1).
 */
export const addressProofs = ['stranger', 'staff', 'owner'] as const

/** Why two contacts may be the same person. */
export const duplicateReasons = ['email_and_phone_differ', 'same_phone_other_name', 'same_canonical_email'] as const

export const ContactQuery = PageQuery.extend({
  /** Finds contacts by name, email and phone. */
  q: SearchText.optional(),
  filter: z.enum(contactFilters).optional(),
  sort: z.enum(['newest', 'name']).default('newest'),
})
export type ContactQuery = z.infer<typeof ContactQuery>

export const ContactRow = z
  .strictObject({
    id: id('contact'),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** The number of campaigns the contact is an advocate in. */
    enrollments: z.int(),
    /** The number of referrals with this contact as the friend. */
    referred: z.int(),
    /** The number of contacts that may be the same person. */
    duplicates: z.int(),
    customerSince: Moment.nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'Contact' })
export type ContactRow = z.infer<typeof ContactRow>

export const ContactAddress = z.strictObject({
  id: id('contactAddress'),
  kind: z.enum(['email', 'phone']),
  /** Lowercase, or E.164. */
  value: z.string(),
  proof: z.enum(addressProofs),
  createdAt: Moment,
})
export type ContactAddress = z.infer<typeof ContactAddress>

const Person = z.strictObject({ id: id('contact'), name: z.string() })

const ReferralOf = z.strictObject({
  id: id('referral'),
  status: z.enum(referralStatuses),
  campaignName: z.string(),
  /** The other person: the advocate for a friend, the friend for an advocate; null while unknown. */
  other: z.strictObject({ id: id('contact').nullable(), name: z.string() }).nullable(),
  submittedAt: Moment,
})

/** Everything one contact did in this organization; the latest 50 of each. */
export const ContactDetail = ContactRow.extend({
  sharesName: z.boolean(),
  notify: z.enum(notifyPreferences),
  language: z.enum(languages),
  /** The contact this one was merged into. */
  mergedInto: Person.nullable(),
  erasedAt: Moment.nullable(),
  addresses: z.array(ContactAddress),
  enrollmentList: z.array(
    z.strictObject({
      id: id('enrollment'),
      campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
      code: Code,
      link: z.string(),
      referrals: z.int(),
      converted: z.int(),
      createdAt: Moment,
      archivedAt: Moment.nullable(),
    }),
  ),
  asFriend: z.array(ReferralOf),
  asAdvocate: z.array(ReferralOf),
  /** What they were asked, the newest first. */
  asks: z.array(AskRow),
  /** Why they get no text and no email about the program; null if they may. */
  unreachable: z.strictObject({
    text: z.enum(noTextReasons).nullable(),
    email: z.enum(noEmailReasons).nullable(),
  }),
  /** How they agreed to texts, for each number. */
  textConsents: z.array(
    z.strictObject({
      addressId: id('contactAddress'),
      source: z.enum(textConsentSources),
      at: Moment,
      wording: z.string(),
    }),
  ),
  /** Minor units of `currency`. */
  balances: z.array(z.strictObject({ currency: Currency, available: Amount, held: Amount, owed: Amount })),
  messages: z.array(
    z.strictObject({
      id: id('message'),
      channel: z.enum(['email', 'sms']),
      template: TemplateName,
      subject: z.string(),
      state: MessageState,
      createdAt: Moment,
    }),
  ),
  duplicateList: z.array(
    z.strictObject({
      contact: Person,
      email: z.string().nullable(),
      phone: z.string().nullable(),
      reason: z.enum(duplicateReasons),
      noticedAt: Moment,
    }),
  ),
  /** The label follows the name: "Maya Ortiz" "changed the details". */
  audit: z.array(
    z.strictObject({ id: id('audit'), at: Moment, by: z.string(), action: z.string(), label: z.string() }),
  ),
}).meta({ id: 'ContactDetail' })
export type ContactDetail = z.infer<typeof ContactDetail>

export const UpdateContact = z
  .strictObject({
    name: Name.optional(),
    /** The day they became a customer; null if they are not one yet. */
    customerSince: Day.nullable().optional(),
    language: z.enum(languages).optional(),
    sharesName: z.boolean().optional(),
    notify: z.enum(notifyPreferences).optional(),
  })
  .meta({ id: 'UpdateContact' })
export type UpdateContact = z.infer<typeof UpdateContact>

export const AddAddress = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), value: Email }),
    z.strictObject({ kind: z.literal('phone'), value: Phone }),
  ])
  .meta({ id: 'AddAddress' })
export type AddAddress = z.infer<typeof AddAddress>

export const NameAddress = z.strictObject({ addressId: id('contactAddress') })
export const NameOther = z.strictObject({ otherId: id('contact') })

/** Merges the contact `otherId` into the one that is kept. */
export const MergeContacts = z
  .strictObject({
    otherId: id('contact'),
    /** Unverified addresses that staff confirm; the other unverified ones are removed. */
    confirm: z.array(id('contactAddress')).max(50).default([]),
  })
  .meta({ id: 'MergeContacts' })
export type MergeContacts = z.infer<typeof MergeContacts>

/** What merging two contacts would do. */
export const MergePreview = z
  .strictObject({
    kept: Person,
    other: Person,
    /** Why they cannot be merged now and what to do about it; null when they can. */
    refusal: z.string().nullable(),
    /** The addresses of both; those with `unvouched: true` are removed unless confirmed. */
    addresses: z.array(
      z.strictObject({
        id: id('contactAddress'),
        kind: z.enum(['email', 'phone']),
        value: z.string(),
        of: z.enum(['kept', 'other']),
        unvouched: z.boolean(),
        falls: z.boolean(),
      }),
    ),
    /** Codes that move; if both are advocates in the code's campaign, it keeps working for the kept enrollment. */
    codes: z.array(z.strictObject({ code: Code, campaignName: z.string(), joins: z.boolean() })),
    referralsAsFriend: z.int(),
    referralsAsAdvocate: z.int(),
    /** Credit that moves; minor units of `currency`. */
    balances: z.array(z.strictObject({ currency: Currency, available: Amount, held: Amount, owed: Amount })),
    messages: z.int(),
  })
  .meta({ id: 'MergePreview' })
export type MergePreview = z.infer<typeof MergePreview>

/** The contact's name, typed to confirm. */
export const EraseContact = z.strictObject({ name: Name }).meta({ id: 'EraseContact' })
export type EraseContact = z.infer<typeof EraseContact>
