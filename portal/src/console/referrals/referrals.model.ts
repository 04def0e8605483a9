import type { Client } from '@goodword/client'
import type { ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createCursorHistory } from '../core/cursorHistory.ts'
import { createDebounce } from '../core/debounce.ts'
import { createResource } from '../core/resource.ts'
import { createChanges } from './changes.ts'
import { askedFilter, changed, filterCount, type ListQuery, pageSize, wholeList, writeQuery } from './listQuery.ts'
import { createSelection } from './selection.ts'

const searchDelayMs = 300

type Options = {
  client: Client
  /** Changes the address; the page then calls `show` with what it says. */
  navigate: (url: string, replace?: boolean) => void
  /** Something changed that the figures above the list count. */
  onChange: () => void
}

/** What the API is asked for; what is as usual is left out. */
const asked = (query: ListQuery) => ({
  limit: pageSize,
  sort: query.sort,
  ...(query.status ? { status: query.status } : {}),
  ...askedFilter(query),
  ...(query.cursor ? { cursor: query.cursor } : {}),
})

/** Moving through the list: every step is a new address. */
function createSteps(
  navigate: Options['navigate'],
  list: { query: { value: ListQuery }; nextCursor: () => string | null },
) {
  const cursorHistory = createCursorHistory()
  const debounced = createDebounce(searchDelayMs)
  function change(patch: Parameters<typeof changed>[1], replace = false) {
    debounced.cancel()
    cursorHistory.clear()
    navigate(writeQuery(changed(list.query.value, patch)), replace)
  }
  return {
    change,
    searchSoon: (text: string) => debounced.run(() => change({ q: text.trim() }, true)),
    searchNow: debounced.flush,
    leave: debounced.cancel,
    next() {
      const cursor = list.nextCursor()
      if (!cursor) return
      cursorHistory.push(list.query.value.cursor)
      navigate(writeQuery({ ...list.query.value, cursor, page: list.query.value.page + 1 }))
    },
    previous() {
      const cursor = cursorHistory.pop()
      navigate(writeQuery({ ...list.query.value, cursor, page: cursor === null ? 1 : list.query.value.page - 1 }))
    },
  }
}

/** The list of referrals: what it shows, which row one is at, which are selected, and what is done to them. */
export function createReferrals({ client, navigate, onChange }: Options) {
  const query = signal<ListQuery>(wholeList)
  const search = signal('')
  let shown: string | null = null

  const page = createResource((abort) => client.referrals.list({ query: asked(query.value) }, { signal: abort }))
  /** What the tabs say while a filter is on; without one the summary says it. */
  const counts = createResource((abort) =>
    client.referrals.counts({ query: askedFilter(query.value) }, { signal: abort }),
  )
  const count = () => void (filterCount(query.value) > 0 && counts.load())
  const rows = computed<ReferralRow[]>(() => page.data.value?.items ?? [])
  const selection = createSelection(rows)
  function put(changedRow: ReferralDetail) {
    const known = page.data.value
    if (!known) return
    page.data.value = { ...known, items: known.items.map((row) => (row.id === changedRow.id ? changedRow : row)) }
    count()
    onChange()
  }
  /** After a change to many: some may have left what the filter shows. */
  async function reload() {
    count()
    onChange()
    await page.load()
  }
  const changes = createChanges({ client, rows, selection, put, reload })
  const steps = createSteps(navigate, { query, nextCursor: () => page.data.value?.nextCursor ?? null })

  return {
    query,
    search,
    page,
    counts,
    rows,
    put,
    ...selection,
    ...changes,
    change: steps.change,
    next: steps.next,
    previous: steps.previous,
    /** What is typed is all there is: nobody waits for the moment after the last letter. */
    searchNow: steps.searchNow,
    /** The page is left: a search still being typed takes nobody back to it. */
    leave: steps.leave,
    show(next: ListQuery) {
      const url = writeQuery(next)
      if (shown === url) return
      shown = url
      const narrowed = JSON.stringify(askedFilter(next)) !== JSON.stringify(askedFilter(query.value))
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
