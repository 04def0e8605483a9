import { GoodwordError } from '@goodword/client'
import type { Page } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { said, say } from '../words.ts'

export type Earlier<Item> = ReturnType<typeof createEarlier<Item>>

/** What was read beyond the first page; `from` is the cursor that page ended with. */
type Read<Item> = { from: string; items: Item[]; next: string | null }

/** The rest of a list whose first page comes with the home, a page at a time. A first page that ends elsewhere starts anew. */
export function createEarlier<Item>() {
  const read = signal<Read<Item> | null>(null)
  const busy = signal(false)
  const trouble = signal<string | null>(null)

  const since = (from: string | null) => (read.value && read.value.from === from ? read.value : null)

  /** Where the next page begins; null at the end. */
  const cursorAfter = (from: string | null) => {
    const known = since(from)
    return known ? known.next : from
  }

  const itemsAfter = (from: string | null) => since(from)?.items ?? []

  /** Answers whether there is more to see now. */
  async function load(from: string | null, ask: (cursor: string) => Promise<Page<Item>>): Promise<boolean> {
    const cursor = cursorAfter(from)
    if (busy.value || cursor === null || from === null) return false
    busy.value = true
    trouble.value = null
    try {
      const page = await ask(cursor)
      read.value = { from, items: [...itemsAfter(from), ...page.items], next: page.nextCursor }
      return page.items.length > 0
    } catch (error) {
      trouble.value = error instanceof GoodwordError ? said(error.problem.detail) : say('portal.trouble.more')
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, trouble, cursorAfter, itemsAfter, load }
}
