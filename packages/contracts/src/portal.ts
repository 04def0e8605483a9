import * as z from 'zod'
import { creditRequestStates, creditUses } from './creditUses.ts'
import { languages } from './languages.ts'
import { PortalLeaderboard } from './leaderboard.ts'
import { notifyPreferences } from './notifyPreferences.ts'
import { Amount, Code, Currency, Email, id, Moment, Name, PageQuery, Phone, PositiveAmount } from './primitives.ts'
import { ReferralStatus } from './referrals.ts'

/** `view` shows balance, link and progress; `full` also lets the advocate act (SPEC §14). */
export const PortalSession = z.strictObject({ scope: z.enum(['view', 'full']), expiresAt: Moment })
export type PortalSession = z.infer<typeof PortalSession>

/** The response is the same whether or not the address is known. */
export const RequestPortalLink = z
  .strictObject({ email: Email.optional(), phone: Phone.optional() })
  .refine((value) => Boolean(value.email) !== Boolean(value.phone), {
    message: 'Enter your email address or your phone number.',
    path: ['email'],
  })
export type RequestPortalLink = z.infer<typeof RequestPortalLink>

export const OpenPortal = z.strictObject({ token: z.string().min(20).max(200) })

/**
 * What the recipient of a gift card uses. `locked` until they sign in with a fresh link, because whoever has it can spend it: a
 * link in an older message may have been passed on.
 */
export const PortalCard = z.strictObject({
  code: z.string().nullable(),
  link: z.string().nullable(),
  locked: z.boolean(),
  /** Where a card went that the provider emails itself, and what to do if it isn't there; null for other cards. */
  emailed: z.string().nullable(),
})
export type PortalCard = z.infer<typeof PortalCard>

/** A friend as their advocate may see them: first name and initial only. */
export const PortalFriend = z.strictObject({
  displayName: z.string(),
  initials: z.string(),
  status: ReferralStatus,
  at: Moment,
  /** Money earned, or the expected reward as text: "5% back". */
  amount: Amount.nullable(),
  amountText: z.string(),
  /** "Expected Jun 12", "Added May 6", "Sent Jun 4". */
  whenText: z.string(),
  /** Why it is pending, or the next step; null if there is none. */
  why: z.string().nullable(),
  /** The discount code the advocate got for it. */
  code: z.string().nullable(),
  /** The gift card the advocate got for it. */
  card: PortalCard.nullable(),
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
  /** The friend's reward, worded for them: "$20 credit after your first plumbing visit"; "" for none. */
  friendOffer: z.string(),
  /** The text that share targets put before the link. */
  shareText: z.string(),
  /** The steps from the link to the reward, in order, and the business's small print. */
  howItWorks: z.array(z.string()),
  smallPrint: z.array(z.string()),
  nextReward: z
    .strictObject({ title: z.string(), countText: z.string(), steps: z.array(PortalStep), why: z.string().nullable() })
    .nullable(),
  /** The latest friends; the cursor leads to the others. */
  friends: z.array(PortalFriend),
  friendsCursor: z.string().nullable(),
  friendsTotal: z.int(),
})
export type PortalProgram = z.infer<typeof PortalProgram>

export const PortalEntry = z.strictObject({
  label: z.string(),
  at: Moment,
  /** Minor units; negative for debits. Debt and credit on hold do not change the available credit. */
  amount: z.int(),
  kind: z.enum(['in', 'out', 'held', 'owed']),
})

export type PortalEntry = z.infer<typeof PortalEntry>

/** A request to use credit, and its answer. */
export const PortalRequest = z.strictObject({
  id: id('creditRequest'),
  amount: Amount,
  currency: Currency,
  use: z.enum(creditUses),
  state: z.enum(creditRequestStates),
  /** The business's answer: "Taken off invoice 1042", or the code itself. */
  answer: z.string().nullable(),
  at: Moment,
  closedAt: Moment.nullable(),
})
export type PortalRequest = z.infer<typeof PortalRequest>

/** Rewards other than credit that the advocate got as a friend. */
export const PortalGift = z.strictObject({
  text: z.string(),
  code: z.string().nullable(),
  card: PortalCard.nullable(),
  whenText: z.string(),
})
export type PortalGift = z.infer<typeof PortalGift>

export const PortalHome = z
  .strictObject({
    scope: z.enum(['view', 'full']),
    /** The person's language. */
    language: z.enum(languages),
    organization: z.strictObject({
      id: id('organization'),
      name: z.string(),
      logo: z.string().nullable(),
      phone: z.string().nullable(),
      brandColor: z.string(),
      timeZone: z.string(),
    }),
    /** The other businesses with the same verified address. */
    others: z.array(z.strictObject({ id: id('organization'), name: z.string() })),
    firstName: z.string(),
    initials: z.string(),
    booked: z.int(),
    currency: Currency,
    available: Amount,
    held: Amount,
    /** The debt; new credit pays it off first. */
    owed: Amount,
    /** The next date on which credit is released. */
    heldUntil: Moment.nullable(),
    programs: z.array(PortalProgram),
    gifts: z.array(PortalGift),
    history: z.array(PortalEntry),
    historyCursor: z.string().nullable(),
    /** What credit can be used for; empty when the business takes no requests. */
    creditUses: z.array(z.enum(creditUses)),
    requests: z.array(PortalRequest),
    /** Null unless the business shows its leaderboard. */
    leaderboard: PortalLeaderboard.nullable(),
    asOf: Moment,
  })
  .meta({ id: 'PortalHome' })
export type PortalHome = z.infer<typeof PortalHome>

/** The business on screen, so that switching businesses in another tab cannot redirect this request. */
const shownOrganization = { organizationId: id('organization') }

export const PortalHistoryQuery = PageQuery.omit({ limit: true })
/** The friends of one program, identified by its code. */
export const PortalFriendsQuery = z.strictObject({ ...PageQuery.shape, code: Code })
export type PortalFriendsQuery = z.infer<typeof PortalFriendsQuery>
export const SwitchPortal = z.strictObject(shownOrganization)
export const UsePortalCredit = z.strictObject({ ...shownOrganization, amount: PositiveAmount, use: z.enum(creditUses) })
export type UsePortalCredit = z.infer<typeof UsePortalCredit>

export const PortalAddress = z.strictObject({
  id: id('contactAddress'),
  kind: z.enum(['email', 'phone']),
  value: z.string(),
  /** The program the session was opened from. */
  current: z.boolean(),
})

/** The advocate's profile; only after signing in with a fresh link. */
export const PortalAccount = z
  .strictObject({
    name: z.string(),
    sharesName: z.boolean(),
    notify: z.enum(notifyPreferences),
    language: z.enum(languages),
    addresses: z.array(PortalAddress),
  })
  .meta({ id: 'PortalAccount' })
export type PortalAccount = z.infer<typeof PortalAccount>

export const UpdatePortalAccount = z.strictObject({
  ...shownOrganization,
  name: Name.optional(),
  sharesName: z.boolean().optional(),
  notify: z.enum(notifyPreferences).optional(),
  language: z.enum(languages).optional(),
  /** Whether the public leaderboard shows their first name and initial. */
  onLeaderboard: z.boolean().optional(),
})
export type UpdatePortalAccount = z.infer<typeof UpdatePortalAccount>

/** A new address takes effect once the same person has opened the link sent to it. */
export const AddPortalAddress = z
  .strictObject({ ...shownOrganization, email: Email.optional(), phone: Phone.optional() })
  .refine((value) => Boolean(value.email) !== Boolean(value.phone), {
    message: 'Enter an email address or a phone number.',
    path: ['email'],
  })
export type AddPortalAddress = z.infer<typeof AddPortalAddress>
export const ConfirmPortalAddress = z.strictObject({ token: z.string().min(20).max(800) })

const facts = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))

/** All data the organization has about the person, as they may see it: friends' names stay masked. */
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
    jobs: facts,
    invitations: facts,
    messages: facts,
  })
  .meta({ id: 'PortalExport' })
export type PortalExport = z.infer<typeof PortalExport>

export const ErasePortalAccount = z.strictObject({
  ...shownOrganization,
  confirm: z.literal('ERASE', { error: 'Type ERASE to go on.' }),
})
