import type { Client } from '@goodword/client'
import { type Leaderboard, type LeaderboardPeriod, type LeaderboardRow, leaderboardPeriods } from '@goodword/contracts'
import { computed } from '@preact/signals'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

export const leaderboardPath = '/console/advocates/leaderboard'
const pageSize = 20

export const periodLabels: Record<LeaderboardPeriod, string> = {
  month: 'This month',
  quarter: 'This quarter',
  year: 'This year',
  all: 'All time',
}

export type LeaderboardList = { period: LeaderboardPeriod; cursor: string | null }
const atFirst: LeaderboardList = { period: 'quarter', cursor: null }

export const readLeaderboardList = (query: Readonly<Record<string, string>>): LeaderboardList => ({
  period: leaderboardPeriods.find((period) => period === query.period) ?? atFirst.period,
  cursor: query.cursor ?? null,
})

const writeLeaderboardList = ({ period, cursor }: LeaderboardList): string =>
  pathWithQuery(leaderboardPath, { period: period === atFirst.period ? null : period, cursor })

/** Where the whole list of a period is downloaded. */
export const exportAddress = (period: LeaderboardPeriod): string =>
  `/v1/leaderboard/export?${new URLSearchParams({ period })}`

type Options = { client: Client; navigate: (url: string, replace?: boolean) => void }

/** Everyone with a converted referral in a period, and how the leaderboard is shown to everyone. */
export function createLeaderboard({ client, navigate }: Options) {
  const { query: list, ...paged } = createPagedList<LeaderboardList, LeaderboardRow>({
    initial: atFirst,
    write: writeLeaderboardList,
    fetchPage: ({ period, cursor }, abort) =>
      client.leaderboard.get({ query: { limit: pageSize, period, ...pageParams(cursor) } }, { signal: abort }),
    navigate,
  })
  return {
    ...paged,
    list,
    answer: computed(() => paged.page.data.value as Leaderboard | null),
    settings: createResource((abort) => client.leaderboard.settings(undefined, { signal: abort })),
  }
}

export type LeaderboardModel = ReturnType<typeof createLeaderboard>

/** How much of what somebody sent closed: "83%". Null if more closed than came in, from an earlier period. */
export const rateOf = ({ closed, sent }: LeaderboardRow): string | null =>
  sent >= closed && sent > 0 ? `${Math.round((closed / sent) * 100)}%` : null

/** "October to December 2026", "November 2026", or nothing for all time. */
export function monthsText(months: Leaderboard['months']): string {
  if (!months) return ''
  const [first, last] = [months.first, months.last].map((month) => Date.parse(`${month}-01T00:00Z`))
  const name = (at: number | undefined, year: boolean) =>
    new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC', ...(year ? { year: 'numeric' } : {}) }).format(
      at,
    )
  return first === last ? name(first, true) : `${name(first, false)} to ${name(last, true)}`
}
