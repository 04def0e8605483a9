import type { Client } from '@goodword/client'
import type { ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, pageParams } from '../core/turning.ts'
import { createChanges } from './changes.ts'
import {
  countParams,
  defaultQuery,
  filterCount,
  type ListQuery,
  pageSize,
  rowParams,
  withChange,
  writeQuery,
} from './listQuery.ts'
import { firstPlace, type Place, placeAfter, type Shown } from './place.ts'
import { createSelection } from './selection.ts'

const searchDelayMs = 300

type Options = {
  client: Client
  /** Changes the URL; the page then calls `show` with the new query. */
  navigate: (url: string, replace?: boolean) => void
  /** Called after a change that affects the counts above the list. */
  onChange: () => void
}

/** The query as API parameters; defaults are left out. */
const listParams = (query: ListQuery, cursor: string | null) => ({
  limit: pageSize,
  ...rowParams(query),
  ...pageParams(cursor),
})

/** Filtering: each step is a new URL. */
function createSteps(navigate: Options['navigate'], query: { value: ListQuery }) {
  const debounced = createDebounce(searchDelayMs)
  function change(patch: Parameters<typeof withChange>[1], replace = false) {
    debounced.cancel()
    navigate(writeQuery(withChange(query.value, patch)), replace)
  }
  return {
    change,
    searchSoon: (text: string) => debounced.run(() => change({ q: text.trim() }, true)),
    searchNow: debounced.flush,
    leave: debounced.cancel,
  }
}

/** The list of referrals: its rows, focus, selection and changes. */
export function createReferrals({ client, navigate, onChange }: Options) {
  const query = signal<ListQuery>(defaultQuery)
  const search = signal('')
  let shownUrl: string | null = null

  const at = (cursor: string | null, place: Place, replace = false) =>
    navigate(writeQuery({ ...query.value, cursor, place }), replace)
  const page = createResource((abort) =>
    fetchWithRows(
      query.value.cursor,
      (cursor) => client.referrals.list({ query: listParams(query.value, cursor) }, { signal: abort }),
      (cursor) => at(cursor, cursor === null ? firstPlace : null, true),
    ),
  )
  /** Tab counts while a filter is active; without one the summary has them. */
  const counts = createResource((abort) =>
    client.referrals.counts({ query: countParams(query.value) }, { signal: abort }),
  )
  const count = () => void (filterCount(query.value) > 0 && counts.load())
  const rows = computed<ReferralRow[]>(() => page.data.value?.items ?? [])
  const selection = createSelection(rows)
  function replaceRow(changedRow: ReferralDetail) {
    const known = page.data.value
    if (!known) return
    page.data.value = { ...known, items: known.items.map((row) => (row.id === changedRow.id ? changedRow : row)) }
    count()
    onChange()
  }
  /** After a bulk change, some rows may no longer match the filter. */
  async function reload() {
    count()
    onChange()
    await page.load()
  }
  const changes = createChanges({ client, rows, selection, put: replaceRow, reload })
  const steps = createSteps(navigate, query)
  const turning = createTurning(page, (cursor, to) => at(cursor, placeAfter(shown(), to, pageSize)))
  /** The page on screen. */
  const shown = (): Shown => ({
    place: query.value.place,
    rows: rows.value.length,
    hasPrevious: turning.hasPrevious.value,
    hasNext: turning.hasNext.value,
  })

  return {
    query,
    search,
    page,
    counts,
    rows,
    put: replaceRow,
    ...selection,
    ...changes,
    ...turning,
    shown,
    change: steps.change,
    /** Skips the debounce. */
    searchNow: steps.searchNow,
    /** Cancels a pending search, so that it cannot pull the user back to this page. */
    leave: steps.leave,
    show(next: ListQuery) {
      const url = writeQuery(next)
      if (shownUrl === url) return
      shownUrl = url
      const narrowed = JSON.stringify(countParams(next)) !== JSON.stringify(countParams(query.value))
      batch(() => {
        query.value = next
        if (narrowed) counts.data.value = null
        if (next.q !== search.value.trim()) search.value = next.q
        selection.clear()
        changes.report.value = null
      })
      if (narrowed || counts.data.value === null) count()
      void page.load()
    },
    typeSearch(text: string) {
      search.value = text
      steps.searchSoon(text)
    },
  }
}

export type ReferralsModel = ReturnType<typeof createReferrals>
