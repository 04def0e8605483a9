import { GoodwordError } from '@goodword/client'
import type { Page } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { say, serverMessage } from '../words.ts'

export type OlderItems<Item> = ReturnType<typeof createOlderItems<Item>>

/** The items loaded after the first page; `from` is the cursor at the end of that page. */
type Read<Item> = { from: string; items: Item[]; next: string | null }

/**
 * Loads the rest of a list, page by page. The first page comes with the home; when it ends elsewhere, the rest
 * starts over.
 */
export function createOlderItems<Item>() {
  const read = signal<Read<Item> | null>(null)
  const busy = signal(false)
  const errorText = signal<string | null>(null)

  const since = (from: string | null) => (read.value && read.value.from === from ? read.value : null)

  /** The cursor of the next page; null at the end. */
  const cursorAfter = (from: string | null) => {
    const known = since(from)
    return known ? known.next : from
  }

  const itemsAfter = (from: string | null) => since(from)?.items ?? []

  /** Resolves to true if it added items. */
  async function load(
    from: string | null,
    ask: (cursor: string) => Promise<Pick<Page<Item>, 'items' | 'nextCursor'>>,
  ): Promise<boolean> {
    const cursor = cursorAfter(from)
    if (busy.value || cursor === null || from === null) return false
    busy.value = true
    errorText.value = null
    try {
      const page = await ask(cursor)
      read.value = { from, items: [...itemsAfter(from), ...page.items], next: page.nextCursor }
      return page.items.length > 0
    } catch (error) {
      errorText.value = error instanceof GoodwordError ? serverMessage(error.problem.detail) : say('portal.error.more')
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, errorText, cursorAfter, itemsAfter, load }
}
