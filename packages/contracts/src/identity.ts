import * as z from 'zod'
import { EmbedShare } from './embed.ts'
import { PortalGift } from './portal.ts'
import { Code, id } from './primitives.ts'
import { ReferralStatus } from './referrals.ts'

/** The longest identity token that is read, in characters. A real one has about 250. */
export const identityTokenMax = 4_000
/** How far ahead a token may expire, in seconds. */
export const identityLifetimeMax = 3_600

const token = z.string().min(1).max(identityTokenMax)

/**
 * A token that the business's own server signed for the customer who is signed in there: a JWT with HS256 and an identity
 * key. In the body, so that no log of addresses has it.
 */
export const IdentifyVisitor = z.strictObject({
  token,
  /** Only this campaign, and the one to join; otherwise every campaign they are an advocate of. */
  campaign: id('campaign').optional(),
})
export type IdentifyVisitor = z.infer<typeof IdentifyVisitor>

export const IdentifiedFriendsQuery = z.strictObject({ token, code: Code, cursor: z.string().max(1_000) })
export type IdentifiedFriendsQuery = z.infer<typeof IdentifiedFriendsQuery>

/** A friend as their advocate may see them: first name and initial only. Texts are in the page's language. */
export const IdentifiedFriend = z.strictObject({
  name: z.string(),
  status: ReferralStatus,
  /** "Sent Jun 4", "In touch", "Completed". */
  statusText: z.string(),
  /** What they earned or can expect: "$60.00", "5% back"; empty for nothing. */
  reward: z.string(),
  /** "Expected Jun 12"; empty if the status says it. */
  whenText: z.string(),
  /** Why it is waiting, or the next step; null if there is none. */
  why: z.string().nullable(),
  /** The discount code the advocate got for it. */
  code: z.string().nullable(),
})
export type IdentifiedFriend = z.infer<typeof IdentifiedFriend>

export const IdentifiedFriends = z.strictObject({
  items: z.array(IdentifiedFriend),
  nextCursor: z.string().nullable(),
})
export type IdentifiedFriends = z.infer<typeof IdentifiedFriends>

/** One campaign the visitor is an advocate of. */
export const IdentifiedProgram = z.strictObject({
  campaignId: id('campaign'),
  campaignName: z.string(),
  code: Code,
  share: EmbedShare,
  /** The latest friends; the cursor leads to the others. */
  friends: IdentifiedFriends,
  friendsTotal: z.int(),
})
export type IdentifiedProgram = z.infer<typeof IdentifiedProgram>

/** What a page shows the customer it identified: links, credit, friends and rewards, in the page's language. */
export const IdentifiedVisitor = z
  .strictObject({
    organization: z.strictObject({ name: z.string(), brandColor: z.string() }),
    /** For how many milliseconds the token is valid, by the server's clock. */
    validForMs: z.int(),
    firstName: z.string(),
    credit: z.strictObject({
      /** "$60.00" */
      available: z.string(),
      /** "$20.00 on the way. Expected Jun 12." */
      note: z.string(),
      /** "You owe $5.00 back. …"; null if they don't. */
      owed: z.string().nullable(),
    }),
    /** Rewards other than credit that they got as a friend. */
    gifts: z.array(PortalGift.omit({ card: true })),
    /** Empty if their link was deactivated, or the campaign isn't open to them. */
    programs: z.array(IdentifiedProgram),
    /** With a test key nobody is enrolled; a link that is shown then doesn't work. */
    test: z.literal(true).optional(),
  })
  .meta({ id: 'IdentifiedVisitor' })
export type IdentifiedVisitor = z.infer<typeof IdentifiedVisitor>
