import { type ReferralStatus, referralSorts, referralStatuses } from '@goodword/contracts'
import { pathWithQuery } from '../core/pagedList.ts'
import { firstPlace, type Place, placeInUrl, readPlace } from './place.ts'

export const pageSize = 20
export const sorts = referralSorts
export type Sort = (typeof sorts)[number]

/** The list's filters, besides the tabs. */
export type ListFilter = {
  q: string
  campaignId: string | null
  advocateId: string | null
  /** Submission dates: "2026-05-29". */
  from: string | null
  to: string | null
  flagged: boolean
  unattributed: boolean
  /** A member's id, or "none". */
  assigneeId: string | null
}

/** The list's state in the URL. `place` is only shown; `cursor` finds the page. */
export type ListQuery = ListFilter & {
  status: ReferralStatus | null
  sort: Sort
  cursor: string | null
  place: Place
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

export const defaultQuery: ListQuery = { ...noFilter, status: null, sort: 'next_step', cursor: null, place: firstPlace }

const parseOption = <T extends string>(known: readonly T[], text: string | undefined): T | null =>
  known.find((one) => one === text) ?? null

const parseDay = (text: string | undefined): string | null =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** Ignores unknown values. */
export function readQuery(query: Readonly<Record<string, string>>): ListQuery {
  const cursor = query.cursor ?? null
  return {
    status: parseOption(referralStatuses, query.status),
    q: query.q ?? '',
    campaignId: query.campaign ?? null,
    advocateId: query.advocate ?? null,
    from: parseDay(query.from),
    to: parseDay(query.to),
    flagged: query.flagged === 'yes',
    unattributed: query.nameless === 'yes',
    assigneeId: query.assignee ?? null,
    sort: parseOption(sorts, query.sort) ?? 'next_step',
    cursor,
    place: cursor === null ? firstPlace : readPlace(query),
  }
}

/** A list in a URL; defaults are left out. */
const inUrl = (query: ListQuery) => ({
  status: query.status,
  q: query.q,
  campaign: query.campaignId,
  advocate: query.advocateId,
  from: query.from,
  to: query.to,
  flagged: query.flagged ? 'yes' : null,
  nameless: query.unattributed ? 'yes' : null,
  assignee: query.assigneeId,
  sort: query.sort === 'next_step' ? null : query.sort,
  cursor: query.cursor,
  ...(query.cursor === null ? {} : placeInUrl(query.place)),
})

export const writeQuery = (query: ListQuery): string => pathWithQuery('/console/referrals', inUrl(query))

/** The URL of a referral that is opened from a list, to go on in it. `place`: where it stands there, if that is known. */
export const referralUrl = (id: string, list: Partial<ListQuery> = {}, place: string | null = null): string =>
  pathWithQuery(`/console/referrals/${id}`, { ...inUrl({ ...defaultQuery, ...list }), place })

/** The filter as API parameters; defaults are left out. */
export const filterParams = (filter: ListFilter) => ({
  ...(filter.q ? { q: filter.q } : {}),
  ...(filter.campaignId ? { campaignId: filter.campaignId } : {}),
  ...(filter.advocateId ? { advocateId: filter.advocateId } : {}),
  ...(filter.from ? { from: filter.from } : {}),
  ...(filter.to ? { to: filter.to } : {}),
  ...(filter.flagged ? { flagged: 'true' as const } : {}),
  ...(filter.unattributed ? { unattributed: 'true' as const } : {}),
  ...(filter.assigneeId ? { assigneeId: filter.assigneeId } : {}),
})

/** Which rows the list has, in which order, as API parameters. */
export const rowParams = (query: ListQuery) => ({
  sort: query.sort,
  ...(query.status ? { status: query.status } : {}),
  ...filterParams(query),
})

/** What is counted for the tabs: the filter, and by which date its days go. */
export const countParams = (query: ListQuery) => ({
  ...filterParams(query),
  ...(query.sort === 'converted' && (query.from || query.to) ? { sort: query.sort } : {}),
})

/** The URL of the CSV export: all rows of the list, or the selected ones. */
export function exportUrl(query: ListQuery, ids: readonly string[] = []): string {
  const { status, sort } = query
  const wanted = ids.length > 0 ? { ids: ids.join(',') } : { ...filterParams(query), ...(status ? { status } : {}) }
  return `/v1/referrals/export?${new URLSearchParams({ sort, ...wanted })}`
}

/** Changing a filter or the order restarts at the first page. */
export const withChange = (query: ListQuery, patch: Partial<Omit<ListQuery, 'cursor' | 'place'>>): ListQuery => ({
  ...query,
  ...patch,
  cursor: null,
  place: firstPlace,
})

/** The number of active filters, without the tabs. */
export const filterCount = (query: ListFilter): number => Object.keys(filterParams(query)).length

export const isFiltered = (query: ListQuery): boolean => query.status !== null || filterCount(query) > 0

/** Cycles through next step, newest, oldest and latest conversion. */
export const nextSort = (sort: Sort): Sort => sorts[(sorts.indexOf(sort) + 1) % sorts.length] ?? 'next_step'
