import { computed, type ReadonlySignal } from '@preact/signals'
import type { Turn } from '../../shared/ui/pager.tsx'
import { isFieldRefused } from './failure.ts'

type Cursors = { nextCursor: string | null; previousCursor: string | null }
export type Page<Row> = Cursors & { items: Row[] }

/** In a URL in place of a cursor: the last page, wherever it starts. */
const lastPage = 'last'

/** The page of a URL as API parameters. */
export const pageParams = (cursor: string | null) =>
  cursor === null ? {} : cursor === lastPage ? { last: 'true' as const } : { cursor }

export type Turning = {
  hasPrevious: ReadonlySignal<boolean>
  hasNext: ReadonlySignal<boolean>
  turn: (to: Turn) => void
}

/** Turning the pages of a list. `go` opens the page at a cursor; null is the first. */
export function createTurning(
  page: { data: ReadonlySignal<Cursors | null> },
  go: (cursor: string | null, to: Turn) => void,
): Turning {
  const previous = computed(() => page.data.value?.previousCursor ?? null)
  const next = computed(() => page.data.value?.nextCursor ?? null)
  return {
    hasPrevious: computed(() => previous.value !== null),
    hasNext: computed(() => next.value !== null),
    turn(to) {
      if (to === 'first' || to === 'previous') {
        if (previous.value !== null) go(to === 'first' ? null : previous.value, to)
      } else if (next.value !== null) go(to === 'last' ? lastPage : next.value, to)
    },
  }
}

/** Past so many pages without a row, the person decides whether to look further. */
const emptyPagesMax = 10

/**
 * The page at a cursor. Under filters that few rows match, the server ends a page before it found one: it is read on,
 * within a limit. A page whose rows are all gone by now gives way to the page before it, and a cursor that the server
 * refuses to the first page; `moved` is called with the cursor of the page instead.
 */
export async function fetchWithRows<Row, P extends Page<Row>>(
  cursor: string | null,
  fetchPage: (cursor: string | null) => Promise<P>,
  moved: (cursor: string | null) => void,
): Promise<P> {
  let shown = cursor
  const first = async () => {
    shown = null
    return await fetchPage(null)
  }
  let page = await fetchPage(cursor).catch((error: unknown) => {
    if (cursor !== null && isFieldRefused(error, 'cursor')) return first()
    throw error
  })
  for (let read = 1; page.items.length === 0 && read < emptyPagesMax; read++) {
    const { nextCursor, previousCursor } = page
    // No row lies between, so the address stays.
    if (nextCursor !== null) page = await fetchPage(nextCursor)
    else if (previousCursor !== null) {
      shown = previousCursor
      page = await fetchPage(previousCursor)
    } else break
  }
  if (shown !== cursor) moved(shown)
  return page
}
