import * as z from 'zod'
import { Amount, Currency, Email, Moment, Phone } from './primitives.ts'
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
  /** What the share targets put before the link. */
  shareText: z.string(),
  nextReward: z
    .strictObject({ title: z.string(), countText: z.string(), steps: z.array(PortalStep), why: z.string().nullable() })
    .nullable(),
  friends: z.array(PortalFriend),
  friendsTotal: z.int(),
})
export type PortalProgram = z.infer<typeof PortalProgram>

export const PortalEntry = z.strictObject({
  label: z.string(),
  at: Moment,
  amount: z.int(),
  kind: z.enum(['in', 'out', 'held']),
})

export const PortalHome = z
  .strictObject({
    scope: z.enum(['view', 'full']),
    organization: z.strictObject({
      name: z.string(),
      phone: z.string().nullable(),
      brandColor: z.string(),
      timeZone: z.string(),
    }),
    firstName: z.string(),
    initials: z.string(),
    booked: z.int(),
    currency: Currency,
    available: Amount,
    held: Amount,
    /** The next day some of it is released. */
    heldUntil: Moment.nullable(),
    programs: z.array(PortalProgram),
    history: z.array(PortalEntry),
    asOf: Moment,
  })
  .meta({ id: 'PortalHome' })
export type PortalHome = z.infer<typeof PortalHome>
