import * as z from 'zod'
import { creditRequestStates, creditUses, notifyPreferences } from './people.ts'
import { Amount, Code, Currency, Email, id, Moment, Name, PageQuery, Phone, PositiveAmount } from './primitives.ts'
import { ReferralStatus } from './referrals.ts'

/** `view` opens balance, link and progress; `full` also lets the advocate act (SPEC §14). */
export const PortalSession = z.strictObject({ scope: z.enum(['view', 'full']), expiresAt: Moment })
export type PortalSession = z.infer<typeof PortalSession>

/** The same answer whether or not the address is known. */
export const RequestPortalLink = z
  .strictObject({ email: Email.optional(), phone: Phone.optional() })
  .refine((value) => Boolean(value.email) !== Boolean(value.phone), {
    message: 'Enter your email address or your phone number.',
    path: ['email'],
  })
export type RequestPortalLink = z.infer<typeof RequestPortalLink>

export const OpenPortal = z.strictObject({ token: z.string().min(20).max(200) })

/** One friend as their advocate may see them: first name and initial, never more. */
export const PortalFriend = z.strictObject({
  displayName: z.string(),
  initials: z.string(),
  status: ReferralStatus,
  at: Moment,
  /** Money earned, or what it will be in words: "5% back". */
  amount: Amount.nullable(),
  amountText: z.string(),
  /** "Expected Jun 12", "Added May 6", "Sent Jun 4". */
  whenText: z.string(),
  /** Why it waits, or what comes next; null when there is nothing to say. */
  why: z.string().nullable(),
  /** The discount code it brought the advocate. */
  code: z.string().nullable(),
})
export type PortalFriend = z.infer<typeof PortalFriend>

export const PortalStep = z.strictObject({
  nth: z.int(),
  amount: Amount.nullable(),
  state: z.enum(['done', 'held', 'open']),
})

export const PortalProgram = z.strictObject({
  campaignName: z.string(),
  open: z.boolean(),
  code: z.string(),
  link: z.string(),
  /** "Give $20, get 5% back". */
  headline: z.string(),
  explanation: z.string(),
  /** What the friend gets, as it is said to them: "$20 off your first plumbing visit"; "" for nothing. */
  friendOffer: z.string(),
  /** What the share targets put before the link. */
  shareText: z.string(),
  /** What happens from the link to the reward, in order; and the business's own small print. */
  howItWorks: z.array(z.string()),
  smallPrint: z.array(z.string()),
  nextReward: z
    .strictObject({ title: z.string(), countText: z.string(), steps: z.array(PortalStep), why: z.string().nullable() })
    .nullable(),
  /** The latest of them; the cursor leads to the others. */
  friends: z.array(PortalFriend),
  friendsCursor: z.string().nullable(),
  friendsTotal: z.int(),
})
export type PortalProgram = z.infer<typeof PortalProgram>

export const PortalEntry = z.strictObject({
  label: z.string(),
  at: Moment,
  /** Minor units; below zero for what went. What is owed back or on hold has not changed what can be used. */
  amount: z.int(),
  kind: z.enum(['in', 'out', 'held', 'owed']),
})

export type PortalEntry = z.infer<typeof PortalEntry>

/** A request to use credit, and what became of it. */
export const PortalRequest = z.strictObject({
  id: id('creditRequest'),
  amount: Amount,
  currency: Currency,
  use: z.enum(creditUses),
  state: z.enum(creditRequestStates),
  /** What the business answered: "Taken off invoice 1042", or the code itself. */
  answer: z.string().nullable(),
  at: Moment,
  closedAt: Moment.nullable(),
})
export type PortalRequest = z.infer<typeof PortalRequest>

/** What the advocate got as a friend that is not credit. */
export const PortalGift = z.strictObject({ text: z.string(), code: z.string().nullable(), whenText: z.string() })
export type PortalGift = z.infer<typeof PortalGift>

export const PortalHome = z
  .strictObject({
    scope: z.enum(['view', 'full']),
    organization: z.strictObject({
      id: id('organization'),
      name: z.string(),
      logo: z.string().nullable(),
      phone: z.string().nullable(),
      brandColor: z.string(),
      timeZone: z.string(),
    }),
    /** The other businesses that know the same proven address. */
    others: z.array(z.strictObject({ id: id('organization'), name: z.string() })),
    firstName: z.string(),
    initials: z.string(),
    booked: z.int(),
    currency: Currency,
    available: Amount,
    held: Amount,
    /** What has to be given back; new credit pays it first. */
    owed: Amount,
    /** The next day some of it is released. */
    heldUntil: Moment.nullable(),
    programs: z.array(PortalProgram),
    gifts: z.array(PortalGift),
    history: z.array(PortalEntry),
    historyCursor: z.string().nullable(),
    /** What credit can be used for; empty when the business takes no requests. */
    creditUses: z.array(z.enum(creditUses)),
    requests: z.array(PortalRequest),
    asOf: Moment,
  })
  .meta({ id: 'PortalHome' })
export type PortalHome = z.infer<typeof PortalHome>

/** Names the business the page shows, so that another tab's switch never decides for whom something is done. */
const here = { organizationId: id('organization') }

export const PortalHistoryQuery = z.strictObject({ cursor: z.string().max(400).optional() })
/** The friends of one program, named by its code. */
export const PortalFriendsQuery = z.strictObject({ ...PageQuery.shape, code: Code })
export type PortalFriendsQuery = z.infer<typeof PortalFriendsQuery>
export const SwitchPortal = z.strictObject(here)
export const UsePortalCredit = z.strictObject({ ...here, amount: PositiveAmount, use: z.enum(creditUses) })
export type UsePortalCredit = z.infer<typeof UsePortalCredit>

export const PortalAddress = z.strictObject({
  id: id('contactAddress'),
  kind: z.enum(['email', 'phone']),
  value: z.string(),
  /** The one this session was opened from. */
  current: z.boolean(),
})

/** What the business knows of the advocate; only for who signed in with a fresh link. */
export const PortalAccount = z
  .strictObject({
    name: z.string(),
    sharesName: z.boolean(),
    notify: z.enum(notifyPreferences),
    addresses: z.array(PortalAddress),
  })
  .meta({ id: 'PortalAccount' })
export type PortalAccount = z.infer<typeof PortalAccount>

export const UpdatePortalAccount = z.strictObject({
  ...here,
  name: Name.optional(),
  sharesName: z.boolean().optional(),
  notify: z.enum(notifyPreferences).optional(),
})
export type UpdatePortalAccount = z.infer<typeof UpdatePortalAccount>

/** A new address counts once the link sent to it was opened by the same person. */
export const AddPortalAddress = z
  .strictObject({ ...here, email: Email.optional(), phone: Phone.optional() })
  .refine((value) => Boolean(value.email) !== Boolean(value.phone), {
    message: 'Enter an email address or a phone number.',
    path: ['email'],
  })
export type AddPortalAddress = z.infer<typeof AddPortalAddress>
export const ConfirmPortalAddress = z.strictObject({ token: z.string().min(20).max(800) })

const facts = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))

/** Everything the organization keeps about the person, as they may read it: friends stay masked. */
export const PortalExport = z
  .strictObject({
    exportedAt: Moment,
    organization: z.string(),
    person: PortalAccount.extend({ customerSince: Moment.nullable() }),
    programs: facts,
    friendsReferred: facts,
    referredAsFriend: facts,
    rewards: facts,
    credit: facts,
    creditRequests: facts,
    messages: facts,
  })
  .meta({ id: 'PortalExport' })
export type PortalExport = z.infer<typeof PortalExport>

export const ErasePortalAccount = z.strictObject({
  ...here,
  confirm: z.literal('ERASE', { error: 'Type ERASE to go on.' }),
})
