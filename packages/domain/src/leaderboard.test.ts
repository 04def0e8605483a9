import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import {
  compareStandings,
  countsOnLeaderboard,
  leaderboardName,
  leaderboardSpan,
  nextPlace,
  placeIn,
  placesOfPage,
  type Standing,
  showsPlaces,
} from './leaderboard.ts'

const pacific = 'America/Los_Angeles'
const tallyOf = (closed: readonly number[]): Map<number, number> => {
  const tally = new Map<number, number>()
  for (const count of closed) tally.set(count, (tally.get(count) ?? 0) + 1)
  return tally
}
/** Pages of a list that is sorted already. */
function pagesOf(closed: number[], size: number) {
  const pages = []
  for (let ahead = 0; ahead < closed.length; ahead += size) {
    const page = closed.slice(ahead, ahead + size)
    const better = closed.filter((count) => count > (page[0] ?? 0)).length
    const edges = { ahead, better, before: closed[ahead - 1] ?? null, after: closed[ahead + size] ?? null }
    pages.push(placesOfPage(page, edges))
  }
  return pages
}

describe('places', () => {
  it('are shared by equal counts, and the next one skips, also across pages', () => {
    expect(pagesOf([5, 3, 3, 2], 2)).toEqual([
      [
        { place: 1, shared: false },
        { place: 2, shared: true },
      ],
      [
        { place: 2, shared: true },
        { place: 4, shared: false },
      ],
    ])
  })

  it('are one more than the number of those who have more, on pages of any size', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 })
    checkProperty(
      fc.property(counts, fc.integer({ min: 1, max: 12 }), (given, size) => {
        const closed = [...given].sort((a, b) => b - a)
        const expected = closed.map((count) => ({
          place: closed.filter((other) => other > count).length + 1,
          shared: closed.filter((other) => other === count).length > 1,
        }))
        expect(pagesOf(closed, size).flat()).toEqual(expected)
        expect(closed.map((count) => placeIn(tallyOf(closed), count))).toEqual(expected)
      }),
    )
  })

  it('are listed in an order that never changes by itself', () => {
    const standings: Standing[] = [
      { contactId: 'con_b', closed: 3 },
      { contactId: 'con_c', closed: 5 },
      { contactId: 'con_a', closed: 3 },
    ]
    const ids = (list: Standing[]) => [...list].sort(compareStandings).map(({ contactId }) => contactId)
    expect(ids(standings)).toEqual(['con_c', 'con_a', 'con_b'])
    expect(ids([...standings].reverse())).toEqual(['con_c', 'con_a', 'con_b'])
    expect(compareStandings({ contactId: 'con_a', closed: 3 }, { contactId: 'con_a', closed: 3 })).toBe(0)
  })
})

describe('what the next friend changes', () => {
  it.each([
    ['one of two with 3, below two with 4', [5, 4, 4, 3, 3], 3, { place: 2, shared: true, more: 1 }],
    ['one of two with 4, below one with 5', [5, 4, 4], 4, { place: 1, shared: true, more: 1 }],
    ['one of two who are first', [5, 5], 5, { place: 1, shared: false, more: 1 }],
    ['whoever is far behind', [9, 2], 2, { place: 1, shared: true, more: 7 }],
    ['whoever shares a far place', [9, 2, 2], 2, { place: 2, shared: false, more: 1 }],
    ['whoever is first alone', [5, 4], 5, null],
    ['the only one', [1], 1, null],
  ])('for %s', (_, closed, mine, expected) => {
    expect(nextPlace(tallyOf(closed), mine)).toEqual(expected)
  })
})

describe('periods', () => {
  const span = (period: 'month' | 'quarter' | 'year', at: string) => {
    const found = leaderboardSpan(period, Date.parse(at), pacific)
    return found && [new Date(found.from).toISOString(), new Date(found.until).toISOString()]
  }

  it('are those of the organization’s clock: half past eleven on November 30 is November', () => {
    const month = ['2026-11-01T07:00:00.000Z', '2026-12-01T08:00:00.000Z']
    expect(span('month', '2026-12-01T07:30:00Z')).toEqual(month)
    expect(span('month', '2026-12-01T08:00:00Z')).not.toEqual(month)
  })

  it('are calendar quarters and years, or all time', () => {
    expect(span('quarter', '2026-11-30T20:00:00Z')).toEqual(['2026-10-01T07:00:00.000Z', '2027-01-01T08:00:00.000Z'])
    expect(span('quarter', '2026-03-31T20:00:00Z')).toEqual(['2026-01-01T08:00:00.000Z', '2026-04-01T07:00:00.000Z'])
    expect(span('year', '2026-11-30T20:00:00Z')).toEqual(['2026-01-01T08:00:00.000Z', '2027-01-01T08:00:00.000Z'])
    expect(leaderboardSpan('all', 0, pacific)).toBeNull()
  })
})

describe('the public list', () => {
  it('shows first names and initials, and nobody without a name', () => {
    expect(['Anna Schmidt', 'Schmidt, Anna', 'Cher'].map(leaderboardName)).toEqual(['Anna S.', 'Anna S.', 'Cher'])
    expect(['', 'anna@example.com', '+1 628 555 0163'].map(leaderboardName)).toEqual([null, null, null])
  })

  it('shows places from three people on', () => {
    expect([0, 2, 3].map(showsPlaces)).toEqual([false, false, true])
  })

  it('counts neither reversed nor removed referrals, and flagged ones once they are cleared', () => {
    const referral = { converted: true, removed: false, flagged: false }
    const counts = (given: Partial<typeof referral>) =>
      (['console', 'public'] as const).map((where) => countsOnLeaderboard({ ...referral, ...given }, where))
    expect(counts({})).toEqual([true, true])
    expect(counts({ flagged: true })).toEqual([true, false])
    expect(counts({ converted: false })).toEqual([false, false])
    expect(counts({ removed: true })).toEqual([false, false])
  })
})
