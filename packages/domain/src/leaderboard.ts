import type { LeaderboardPeriod } from '@goodword/contracts'
import { addMonths, startOfMonth } from './calendar.ts'
import { monthIn } from './days.ts'
import { isPersonName, maskName } from './identity.ts'

/** Below this many people, places would say more about them than they agreed to. */
const placesLeast = 3
const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** The months of a period around a moment, in the organization's time zone: "2026-10" until before "2027-01". */
export function monthsAround(
  period: Exclude<LeaderboardPeriod, 'all'>,
  at: number,
  timeZone: string,
): { first: string; after: string } {
  const month = monthIn(timeZone, at)
  const length = monthsOf[period]
  const behind = (Number(month.slice(5)) - 1) % length
  const first = addMonths(month, -behind)
  return { first, after: addMonths(first, length) }
}

/** The moments of a period around a moment; `until` is excluded. Null for all time. */
export function leaderboardSpan(
  period: LeaderboardPeriod,
  at: number,
  timeZone: string,
): { from: number; until: number } | null {
  if (period === 'all') return null
  const { first, after } = monthsAround(period, at, timeZone)
  return { from: startOfMonth(first, timeZone), until: startOfMonth(after, timeZone) }
}

/** A period around a moment by its name: "2026-11", "2026-Q4", "2026" or "all". */
export function periodName(period: LeaderboardPeriod, at: number, timeZone: string): string {
  if (period === 'all') return 'all'
  const { first } = monthsAround(period, at, timeZone)
  const [year = '', month = ''] = first.split('-')
  return { month: first, quarter: `${year}-Q${(Number(month) + 2) / 3}`, year }[period]
}

/** The end of an address made from a name: "Harbor & Sons" is "harbor-sons". */
export const slugFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '') || 'friends'

/** An advocate, over all campaigns, with the referrals that count in the period. */
export type Standing = { contactId: string; closed: number }

/** The more closed referrals, the better. Within a tie, the order is always the same, and says nothing. */
export const compareStandings = (one: Standing, other: Standing): number =>
  other.closed - one.closed || (one.contactId < other.contactId ? -1 : Number(one.contactId > other.contactId))

/** `shared`: somebody else has the same place. */
export type Place = { place: number; shared: boolean }

/** What stands around a page of the list. */
export type PageEdges = {
  /** How many are before the page. */
  ahead: number
  /** How many have more closed referrals than the first of the page. */
  better: number
  /** The closed referrals of those right before and right after the page; null at an end of the list. */
  before: number | null
  after: number | null
}

/**
 * The places of a page of the list, which is in the order of `compareStandings`: equal counts share a place, and the next
 * one skips (1, 2, 2, 4). They are the same on whatever page somebody stands.
 */
export function placesOfPage(closed: readonly number[], { ahead, better, before, after }: PageEdges): Place[] {
  let place = better + 1
  return closed.map((count, index) => {
    const previous = index > 0 ? closed[index - 1] : before
    const next = index < closed.length - 1 ? closed[index + 1] : after
    if (index > 0 && previous !== count) place = ahead + index + 1
    return { place, shared: previous === count || next === count }
  })
}

/** How many advocates have each number of closed referrals; small, however many advocates there are. */
export type Tally = ReadonlyMap<number, number>

/** The place of somebody with `closed` referrals; they are part of the tally. */
export function placeIn(tally: Tally, closed: number): Place {
  let better = 0
  for (const [count, advocates] of tally) if (count > closed) better += advocates
  return { place: better + 1, shared: (tally.get(closed) ?? 0) > 1 }
}

/**
 * The fewest further referrals that change somebody's place, and that place; null for whoever is first alone. "One more
 * friend who books ties you for 2nd place."
 */
export function nextPlace(tally: Tally, closed: number): (Place & { more: number }) | null {
  const now = placeIn(tally, closed)
  const others = new Map([...tally, [closed, Math.max(0, (tally.get(closed) ?? 0) - 1)] as const])
  const reachable = [...others].flatMap(([count, advocates]) =>
    advocates > 0 && count >= closed ? [count, count + 1] : [],
  )
  for (const goal of [...new Set(reachable)].sort((a, b) => a - b)) {
    if (goal <= closed) continue
    const then = placeIn(new Map([...others, [goal, (others.get(goal) ?? 0) + 1] as const]), goal)
    if (then.place < now.place || (then.place === now.place && now.shared && !then.shared))
      return { ...then, more: goal - closed }
  }
  return null
}

/** "Anna S.", as an advocate who asked to be listed is shown; null for whoever has no name to show. */
export const leaderboardName = (name: string): string | null => (isPersonName(name) ? maskName(name) : null)

/** Whether the public list shows places, or so few people that it shows their names only. */
export const showsPlaces = (listed: number): boolean => listed >= placesLeast

/**
 * Whether a converted referral counts for its advocate: everywhere unless it was reversed or removed, and in public only once
 * staff cleared its flags.
 */
export const countsOnLeaderboard = (
  referral: { converted: boolean; removed: boolean; flagged: boolean },
  where: 'console' | 'public',
): boolean => referral.converted && !referral.removed && (where === 'console' || !referral.flagged)
