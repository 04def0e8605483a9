import type { Client } from '@goodword/client'
import type { ReferralDetail } from '@goodword/contracts'
import { batch, signal } from '@preact/signals'
import { createCursorHistory } from '../core/cursorHistory.ts'
import { createDebounce } from '../core/debounce.ts'
import { createResource } from '../core/resource.ts'

const searchDelayMs = 300
const pageSize = 20

/** The statuses with a tab of their own; the others are under All. */
const referralFilters = ['pending', 'converted', 'all'] as const
export type ReferralFilter = (typeof referralFilters)[number]

export type CampaignReferralQuery = { status: ReferralFilter; q: string; cursor: string | null; page: number }

/** Ignores unknown values. */
export function readReferralQuery(query: Readonly<Record<string, string>>): CampaignReferralQuery {
  const cursor = query.cursor ?? null
  const page = Number(query.page)
  return {
    status: referralFilters.find((status) => status === query.status) ?? 'all',
    q: query.q ?? '',
    cursor,
    page: cursor !== null && Number.isInteger(page) && page > 1 ? page : 1,
  }
}

function writeReferralQuery(campaignId: string, { status, q, cursor, page }: CampaignReferralQuery): string {
  const query = new URLSearchParams({ tab: 'referrals' })
  if (status !== 'all') query.set('status', status)
  if (q) query.set('q', q)
  if (cursor !== null) {
    query.set('cursor', cursor)
    query.set('page', String(page))
  }
  return `/console/campaigns/${campaignId}?${query}`
}

type Options = {
  client: Client
  campaignId: string
  /** Changes the URL; the tab then calls `show` with the new query. */
  navigate: (url: string, replace?: boolean) => void
}

/** The referrals of one campaign, newest first, paged. */
export function createCampaignReferrals({ client, campaignId, navigate }: Options) {
  const query = signal<CampaignReferralQuery>({ status: 'all', q: '', cursor: null, page: 1 })
  const search = signal('')
  const cursorHistory = createCursorHistory()
  const debounced = createDebounce(searchDelayMs)
  let shown: string | null = null
  const page = createResource((abort) => {
    const { status, q, cursor } = query.value
    const given = { ...(status === 'all' ? {} : { status }), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) }
    return client.referrals.list(
      { query: { limit: pageSize, sort: 'newest', campaignId, ...given } },
      { signal: abort },
    )
  })

  function change(patch: Partial<Pick<CampaignReferralQuery, 'status' | 'q'>>, replace = false) {
    debounced.cancel()
    cursorHistory.clear()
    navigate(writeReferralQuery(campaignId, { ...query.value, ...patch, cursor: null, page: 1 }), replace)
  }

  return {
    query,
    search,
    page,
    change,
    searchNow: debounced.flush,
    leave: debounced.cancel,
    show(next: CampaignReferralQuery) {
      const url = writeReferralQuery(campaignId, next)
      if (shown === url) return
      shown = url
      batch(() => {
        query.value = next
        if (next.q !== search.value.trim()) search.value = next.q
      })
      void page.load()
    },
    typeSearch(text: string) {
      search.value = text
      debounced.run(() => change({ q: text.trim() }, true))
    },
    next() {
      const cursor = page.data.value?.nextCursor
      if (!cursor) return
      cursorHistory.push(query.value.cursor)
      navigate(writeReferralQuery(campaignId, { ...query.value, cursor, page: query.value.page + 1 }))
    },
    previous() {
      const cursor = cursorHistory.pop()
      navigate(
        writeReferralQuery(campaignId, { ...query.value, cursor, page: cursor === null ? 1 : query.value.page - 1 }),
      )
    },
    put(changed: ReferralDetail) {
      const known = page.data.value
      if (!known) return
      page.data.value = { ...known, items: known.items.map((row) => (row.id === changed.id ? changed : row)) }
    },
  }
}

export type CampaignReferrals = ReturnType<typeof createCampaignReferrals>
