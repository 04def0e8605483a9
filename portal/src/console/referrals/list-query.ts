import { type ReferralStatus, referralStatuses } from '@goodword/contracts'

export const pageSize = 20
export const sorts = ['next_step', 'newest', 'oldest'] as const
export type Sort = (typeof sorts)[number]

/** What the list shows, as it stands in the address. `page` only says which one it is; `cursor` finds it. */
export type ListQuery = {
  status: ReferralStatus | null
  q: string
  campaignId: string | null
  advocateId: string | null
  sort: Sort
  cursor: string | null
  page: number
}

export const wholeList: ListQuery = {
  status: null,
  q: '',
  campaignId: null,
  advocateId: null,
  sort: 'next_step',
  cursor: null,
  page: 1,
}

const oneOf = <T extends string>(known: readonly T[], text: string | undefined): T | null =>
  known.find((one) => one === text) ?? null

/** Anything unknown in the address is passed over. */
export function readQuery(query: Readonly<Record<string, string>>): ListQuery {
  const page = Number(query.page)
  const cursor = query.cursor ?? null
  return {
    status: oneOf(referralStatuses, query.status),
    q: query.q ?? '',
    campaignId: query.campaign ?? null,
    advocateId: query.advocate ?? null,
    sort: oneOf(sorts, query.sort) ?? 'next_step',
    cursor,
    page: cursor !== null && Number.isInteger(page) && page > 1 ? page : 1,
  }
}

/** The address of a list; what is as usual is left out. */
export function writeQuery(query: ListQuery): string {
  const pairs: [string, string | null][] = [
    ['status', query.status],
    ['q', query.q || null],
    ['campaign', query.campaignId],
    ['advocate', query.advocateId],
    ['sort', query.sort === 'next_step' ? null : query.sort],
    ['cursor', query.cursor],
    ['page', query.cursor === null ? null : String(query.page)],
  ]
  const given = pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const text = new URLSearchParams(given).toString()
  return text ? `/console/referrals?${text}` : '/console/referrals'
}

/** A changed filter or order starts again at the first page. */
export const changed = (query: ListQuery, patch: Partial<Omit<ListQuery, 'cursor' | 'page'>>): ListQuery => ({
  ...query,
  ...patch,
  cursor: null,
  page: 1,
})

export const isFiltered = (query: ListQuery): boolean =>
  query.q !== '' || query.status !== null || query.campaignId !== null || query.advocateId !== null

/** Next step, then newest, then oldest, and round again. */
export const nextSort = (sort: Sort): Sort => sorts[(sorts.indexOf(sort) + 1) % sorts.length] ?? 'next_step'
