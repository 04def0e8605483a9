import * as z from 'zod'
import { LeaderboardPeriod } from './leaderboardPeriods.ts'
import { Amount, Currency, Day, id, PageQuery, page } from './primitives.ts'

const asked = {
  period: LeaderboardPeriod.default('quarter'),
  /** A day in the period; today without one. */
  on: Day.optional(),
}
export const LeaderboardQuery = PageQuery.extend(asked)
export type LeaderboardQuery = z.infer<typeof LeaderboardQuery>

export const LeaderboardExportQuery = z.strictObject(asked)
export type LeaderboardExportQuery = z.infer<typeof LeaderboardExportQuery>

/** Equal counts share a place, and the next one skips: 1, 2, 2, 4. */
const place = { place: z.int(), shared: z.boolean() }

/** An advocate, over all campaigns. */
export const LeaderboardRow = z
  .strictObject({
    ...place,
    contactId: id('contact'),
    name: z.string(),
    /** Their referrals that converted in the period. */
    closed: z.int(),
    /** Their referrals that came in during the period. */
    sent: z.int(),
    /** What those that converted in the period earned them, in minor units, by currency. */
    earned: z.array(z.strictObject({ amount: Amount, currency: Currency })),
    /** Those of `closed` with a flag that nobody has cleared. They don't count on the public page. */
    unchecked: z.int(),
    /** What the public page shows of them; null if they aren't on it. */
    inPublic: z.strictObject({ name: z.string(), ...place }).nullable(),
  })
  .meta({ id: 'LeaderboardRow' })
export type LeaderboardRow = z.infer<typeof LeaderboardRow>

const Month = z.string().regex(/^\d{4}-\d{2}$/)
/** The first and the last month of the period ("2026-10" and "2026-12"); null for all time. */
const months = z.strictObject({ first: Month, last: Month }).nullable()

export const Leaderboard = page(LeaderboardRow)
  .extend({
    months,
    /** The advocates with a converted referral in the period, and those of them on the public page. */
    advocates: z.int(),
    listed: z.int(),
  })
  .meta({ id: 'Leaderboard' })
export type Leaderboard = z.infer<typeof Leaderboard>

/** How many advocates the public page can list. */
export const leaderboardLengths = [5, 10, 25, 50] as const

export const LeaderboardSettings = z
  .strictObject({
    /** Whether everyone can see it, on its page, in the widget and in the portal. */
    isPublic: z.boolean(),
    slug: z.string(),
    /** The address of the public page. */
    url: z.string(),
    opensWith: LeaderboardPeriod,
    shows: z.literal(leaderboardLengths),
    /** Whether the advocates on it get an email about who was first in a month, once it has ended. */
    announcesWinner: z.boolean(),
  })
  .meta({ id: 'LeaderboardSettings' })
export type LeaderboardSettings = z.infer<typeof LeaderboardSettings>

/** Absent fields stay as they are. */
export const UpdateLeaderboardSettings = z
  .strictObject({
    isPublic: z.boolean(),
    slug: z
      .string()
      .trim()
      .toLowerCase()
      .max(60, 'Use 60 characters or fewer.')
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use letters, digits and single dashes.'),
    opensWith: LeaderboardPeriod,
    shows: z.literal(leaderboardLengths, 'Choose 5, 10, 25 or 50.'),
    announcesWinner: z.boolean(),
  })
  .partial()
export type UpdateLeaderboardSettings = z.infer<typeof UpdateLeaderboardSettings>

/** What everyone may see of an advocate. With fewer than three of them, their names only. */
const PublicStanding = z.strictObject({
  /** First name and initial. */
  name: z.string(),
  place: z.int().nullable(),
  shared: z.boolean(),
  closed: z.int().nullable(),
  /** "5 friends" */
  countText: z.string(),
})
export type PublicStanding = z.infer<typeof PublicStanding>

/** The leaderboard as everyone may see it, in the language asked for. */
export const EmbedLeaderboard = z.strictObject({
  organization: z.strictObject({ name: z.string(), brandColor: z.string() }),
  title: z.string(),
  period: LeaderboardPeriod,
  /** "October – December 2026" */
  spanText: z.string(),
  periods: z.array(z.strictObject({ period: LeaderboardPeriod, label: z.string() })),
  rows: z.array(PublicStanding),
  /** The word for a place that several have. */
  sharedText: z.string(),
  /** Shown instead of rows; null if there are any. */
  emptyText: z.string().nullable(),
  /** When it was counted, and how. */
  updatedText: z.string(),
  /** The public page. */
  url: z.string(),
})
export type EmbedLeaderboard = z.infer<typeof EmbedLeaderboard>

/** What an advocate sees of the leaderboard in the portal; among the others only if they asked to be listed. */
export const PortalLeaderboard = z.strictObject({
  spanText: z.string(),
  /** "You’re tied for 4th place." */
  placeText: z.string(),
  /** What the next friend changes; null if nothing. */
  nextText: z.string().nullable(),
  rows: z.array(PublicStanding.extend({ you: z.boolean() })),
  sharedText: z.string(),
  listed: z.boolean(),
  /** How they are shown, or would be; null without a name. */
  name: z.string().nullable(),
  url: z.string(),
})
export type PortalLeaderboard = z.infer<typeof PortalLeaderboard>
