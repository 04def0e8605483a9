import { batch, signal } from '@preact/signals'
import { createDebounce } from './debounce.ts'
import { createResource } from './resource.ts'
import { createTurning, fetchWithRows, type Page } from './turning.ts'

const searchDelayMs = 300

/** A path with a query of the pairs that have a value. */
export function pathWithQuery(path: string, pairs: Record<string, string | null>): string {
  const entries = Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const text = new URLSearchParams(entries).toString()
  return text ? `${path}?${text}` : path
}

type Paged = { cursor: string | null }
type Options<Query extends Paged, Row> = {
  /** The query until the URL has been read. */
  initial: Query
  write: (query: Query) => string
  fetchPage: (query: Query, abort: AbortSignal) => Promise<Page<Row>>
  navigate: (url: string, replace?: boolean) => void
}

/**
 * A paged list whose state is the URL, so that the back button and other tabs show the same. It restarts at the first
 * page when the filter changes, and a page that emptied meanwhile shows the one before it.
 */
export function createPagedList<Query extends Paged, Row>({
  initial,
  write,
  fetchPage,
  navigate,
}: Options<Query, Row>) {
  const query = signal<Query>(initial)
  const at = (cursor: string | null, replace = false) => navigate(write({ ...query.value, cursor }), replace)
  const page = createResource((abort) =>
    fetchWithRows<Row, Page<Row>>(
      query.value.cursor,
      (cursor) => fetchPage({ ...query.value, cursor }, abort),
      (cursor) => at(cursor, true),
    ),
  )
  return {
    query,
    page,
    ...createTurning(page, (cursor) => at(cursor)),
    show(next: Query) {
      query.value = next
      void page.load()
    },
    change(patch: Partial<Omit<Query, 'cursor'>>, replace = false) {
      navigate(write({ ...query.value, ...patch, cursor: null }), replace)
    },
  }
}

/** The same with a debounced search. */
export function createSearchedList<Query extends Paged & { q: string }, Row>(options: Options<Query, Row>) {
  const list = createPagedList(options)
  const search = signal('')
  const debounced = createDebounce(searchDelayMs)
  function change(patch: Partial<Omit<Query, 'cursor'>>, replace = false) {
    debounced.cancel()
    list.change(patch, replace)
  }
  return {
    ...list,
    change,
    search,
    show(next: Query) {
      batch(() => {
        if (next.q !== search.value.trim()) search.value = next.q
        list.show(next)
      })
    },
    typeSearch(text: string) {
      search.value = text
      debounced.run(() => list.change({ q: text.trim() } as Partial<Omit<Query, 'cursor'>>, true))
    },
    /** Skips the debounce. */
    searchNow: debounced.flush,
    /** Cancels a pending search, so that it cannot pull the user back to this page. */
    cancelSearch: debounced.cancel,
  }
}
