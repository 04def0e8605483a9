import type { Client } from '@goodword/client'
import type { ReferralDetail } from '@goodword/contracts'
import { batch, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, pageParams } from '../core/turning.ts'

const searchDelayMs = 300
const pageSize = 20

/** The statuses with a tab of their own; the others are under All. */
const referralFilters = ['pending', 'converted', 'all'] as const
export type ReferralFilter = (typeof referralFilters)[number]

export type CampaignReferralQuery = { status: ReferralFilter; q: string; cursor: string | null }

/** Ignores unknown values. */
export function readReferralQuery(query: Readonly<Record<string, string>>): CampaignReferralQuery {
  return {
    status: referralFilters.find((status) => status === query.status) ?? 'all',
    q: query.q ?? '',
    cursor: query.cursor ?? null,
  }
}

function writeReferralQuery(campaignId: string, { status, q, cursor }: CampaignReferralQuery): string {
  const query = new URLSearchParams({ tab: 'referrals' })
  if (status !== 'all') query.set('status', status)
  if (q) query.set('q', q)
  if (cursor !== null) query.set('cursor', cursor)
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
  const query = signal<CampaignReferralQuery>({ status: 'all', q: '', cursor: null })
  const search = signal('')
  const debounced = createDebounce(searchDelayMs)
  let shown: string | null = null
  const at = (cursor: string | null, replace = false) =>
    navigate(writeReferralQuery(campaignId, { ...query.value, cursor }), replace)
  const page = createResource((abort) => {
    const { status, q } = query.value
    const given = { ...(status === 'all' ? {} : { status }), ...(q ? { q } : {}) }
    return fetchWithRows(
      query.value.cursor,
      (cursor) =>
        client.referrals.list(
          { query: { limit: pageSize, sort: 'newest', campaignId, ...given, ...pageParams(cursor) } },
          { signal: abort },
        ),
      (cursor) => at(cursor, true),
    )
  })

  function change(patch: Partial<Pick<CampaignReferralQuery, 'status' | 'q'>>, replace = false) {
    debounced.cancel()
    navigate(writeReferralQuery(campaignId, { ...query.value, ...patch, cursor: null }), replace)
  }

  return {
    query,
    search,
    page,
    ...createTurning(page, (cursor) => at(cursor)),
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
    put(changed: ReferralDetail) {
      const known = page.data.value
      if (!known) return
      page.data.value = { ...known, items: known.items.map((row) => (row.id === changed.id ? changed : row)) }
    },
  }
}

export type CampaignReferrals = ReturnType<typeof createCampaignReferrals>
