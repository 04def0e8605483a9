import { batch, signal } from '@preact/signals'
import { createTrail } from './cursorHistory.ts'
import { createLater } from './debounce.ts'
import { createResource } from './resource.ts'

const searchDelayMs = 300

/** A path with what is given of the query; what is null or empty is left out. */
export function addressWith(path: string, pairs: Record<string, string | null>): string {
  const given = Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const text = new URLSearchParams(given).toString()
  return text ? `${path}?${text}` : path
}

type Paged = { cursor: string | null }
type Page<Row> = { items: Row[]; nextCursor: string | null }
type Needs<Query extends Paged, Row> = {
  /** What is asked for before the address has said anything. */
  begin: Query
  write: (query: Query) => string
  ask: (query: Query, abort: AbortSignal) => Promise<Page<Row>>
  go: (url: string, replace?: boolean) => void
}

/** A list whose state is the address: shown page by page, from the first again once something else is asked for. */
export function createPagedList<Query extends Paged, Row>({ begin, write, ask, go }: Needs<Query, Row>) {
  const query = signal<Query>(begin)
  const trail = createTrail()
  const page = createResource((abort) => ask(query.value, abort))
  return {
    query,
    page,
    show(next: Query) {
      query.value = next
      void page.load()
    },
    change(patch: Partial<Omit<Query, 'cursor'>>, replace = false) {
      trail.clear()
      go(write({ ...query.value, ...patch, cursor: null }), replace)
    },
    next() {
      const cursor = page.data.value?.nextCursor
      if (!cursor) return
      trail.push(query.value.cursor)
      go(write({ ...query.value, cursor }))
    },
    previous() {
      go(write({ ...query.value, cursor: trail.pop() }))
    },
  }
}

/** The same with a search, which follows what is typed after a moment. */
export function createSearchedList<Query extends Paged & { q: string }, Row>(needs: Needs<Query, Row>) {
  const list = createPagedList(needs)
  const search = signal('')
  const later = createLater(searchDelayMs)
  function change(patch: Partial<Omit<Query, 'cursor'>>, replace = false) {
    later.stop()
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
      later.run(() => list.change({ q: text.trim() } as Partial<Omit<Query, 'cursor'>>, true))
    },
    /** What is typed is all there is: nobody waits for the moment after the last letter. */
    searchNow: later.hurry,
    /** The page is left: a search still being typed takes nobody back to it. */
    leave: later.stop,
  }
}
