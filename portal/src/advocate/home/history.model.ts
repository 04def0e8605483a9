import { type Client, GoodwordError } from '@goodword/client'
import type { PortalEntry, PortalHome } from '@goodword/contracts'
import { signal } from '@preact/signals'

export type HistoryModel = ReturnType<typeof createHistoryModel>

/** What was read beyond the first page of a home; `from` is the cursor that page ended with. */
type Earlier = { from: string; entries: PortalEntry[]; next: string | null }

/** Older lines of the history, a page at a time. A home that was renewed with other lines starts anew. */
export function createHistoryModel(client: Client) {
  const earlier = signal<Earlier | null>(null)
  const busy = signal(false)
  const trouble = signal<string | null>(null)

  const of = ({ historyCursor }: PortalHome) =>
    earlier.value && earlier.value.from === historyCursor ? earlier.value : null

  const cursorAfter = (home: PortalHome) => {
    const known = of(home)
    return known ? known.next : home.historyCursor
  }

  async function loadEarlier(home: PortalHome) {
    const cursor = cursorAfter(home)
    const from = home.historyCursor
    if (busy.value || cursor === null || from === null) return
    busy.value = true
    trouble.value = null
    try {
      const page = await client.portal.history({ query: { cursor } })
      earlier.value = { from, entries: [...(of(home)?.entries ?? []), ...page.items], next: page.nextCursor }
    } catch (error) {
      trouble.value = error instanceof GoodwordError ? error.problem.detail : 'Earlier lines did not load. Try again.'
    } finally {
      busy.value = false
    }
  }

  return { busy, trouble, cursorAfter, loadEarlier, earlierThan: (home: PortalHome) => of(home)?.entries ?? [] }
}
