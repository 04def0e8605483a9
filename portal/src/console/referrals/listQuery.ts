import { type ReferralStatus, referralSorts, referralStatuses } from '@goodword/contracts'

export const pageSize = 20
export const sorts = referralSorts
export type Sort = (typeof sorts)[number]

/** What the list is narrowed by, besides the tabs. */
export type ListFilter = {
  q: string
  campaignId: string | null
  advocateId: string | null
  /** Days of submission: "2026-05-29". */
  from: string | null
  to: string | null
  flagged: boolean
  unattributed: boolean
  /** A member's id, or "none". */
  assigneeId: string | null
}

/** What the list shows, as it stands in the address. `page` only says which one it is; `cursor` finds it. */
export type ListQuery = ListFilter & {
  status: ReferralStatus | null
  sort: Sort
  cursor: string | null
  page: number
}

export const noFilter: ListFilter = {
  q: '',
  campaignId: null,
  advocateId: null,
  from: null,
  to: null,
  flagged: false,
  unattributed: false,
  assigneeId: null,
}

export const wholeList: ListQuery = { ...noFilter, status: null, sort: 'next_step', cursor: null, page: 1 }

const oneOf = <T extends string>(known: readonly T[], text: string | undefined): T | null =>
  known.find((one) => one === text) ?? null

const dayOf = (text: string | undefined): string | null =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** Anything unknown in the address is passed over. */
export function readQuery(query: Readonly<Record<string, string>>): ListQuery {
  const page = Number(query.page)
  const cursor = query.cursor ?? null
  return {
    status: oneOf(referralStatuses, query.status),
    q: query.q ?? '',
    campaignId: query.campaign ?? null,
    advocateId: query.advocate ?? null,
    from: dayOf(query.from),
    to: dayOf(query.to),
    flagged: query.flagged === 'yes',
    unattributed: query.nameless === 'yes',
    assigneeId: query.assignee ?? null,
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
    ['from', query.from],
    ['to', query.to],
    ['flagged', query.flagged ? 'yes' : null],
    ['nameless', query.unattributed ? 'yes' : null],
    ['assignee', query.assigneeId],
    ['sort', query.sort === 'next_step' ? null : query.sort],
    ['cursor', query.cursor],
    ['page', query.cursor === null ? null : String(query.page)],
  ]
  const given = pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const text = new URLSearchParams(given).toString()
  return text ? `/console/referrals?${text}` : '/console/referrals'
}

/** The filter as the API takes it; what is as usual is left out. */
export const askedFilter = (filter: ListFilter) => ({
  ...(filter.q ? { q: filter.q } : {}),
  ...(filter.campaignId ? { campaignId: filter.campaignId } : {}),
  ...(filter.advocateId ? { advocateId: filter.advocateId } : {}),
  ...(filter.from ? { from: filter.from } : {}),
  ...(filter.to ? { to: filter.to } : {}),
  ...(filter.flagged ? { flagged: 'true' as const } : {}),
  ...(filter.unattributed ? { unattributed: 'true' as const } : {}),
  ...(filter.assigneeId ? { assigneeId: filter.assigneeId } : {}),
})

/** The address of the spreadsheet: of all the list shows, or of what is selected. */
export function exportAddress(query: ListQuery, ids: readonly string[] = []): string {
  const { status, sort } = query
  const wanted = ids.length > 0 ? { ids: ids.join(',') } : { ...askedFilter(query), ...(status ? { status } : {}) }
  return `/v1/referrals/export?${new URLSearchParams({ sort, ...wanted })}`
}

/** A changed filter or order starts again at the first page. */
export const changed = (query: ListQuery, patch: Partial<Omit<ListQuery, 'cursor' | 'page'>>): ListQuery => ({
  ...query,
  ...patch,
  cursor: null,
  page: 1,
})

/** How many things the list is narrowed by, the tabs left out. */
export const filterCount = (query: ListFilter): number => Object.keys(askedFilter(query)).length

export const isFiltered = (query: ListQuery): boolean => query.status !== null || filterCount(query) > 0

/** Next step, newest, oldest, latest conversion, and round again. */
export const nextSort = (sort: Sort): Sort => sorts[(sorts.indexOf(sort) + 1) % sorts.length] ?? 'next_step'
