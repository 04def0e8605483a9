import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSearchedList, pathWithQuery } from './pagedList.ts'

type Query = { q: string; cursor: string | null }

/** Three pages of a list, with an address bar that follows at once. */
function createList() {
  const gone: string[] = []
  const asked: Query[] = []
  const nextOf: Record<string, string | null> = { '': 'two', two: 'three', three: null }
  const list = createSearchedList<Query, string>({
    initial: { q: '', cursor: null },
    write: ({ q, cursor }) => pathWithQuery('/list', { q, cursor }),
    fetchPage: async (query) => {
      asked.push(query)
      return { items: ['row'], nextCursor: nextOf[query.cursor ?? ''] ?? null }
    },
    navigate: (url) => {
      gone.push(url)
      const { searchParams } = new URL(url, 'http://x.test')
      list.show({ q: searchParams.get('q') ?? '', cursor: searchParams.get('cursor') })
    },
  })
  return { list, gone, asked }
}

describe('a paged list', () => {
  it('pages forward and back by URL, and restarts when the filter changes', async () => {
    const { list, gone, asked } = createList()
    list.show({ q: '', cursor: null })
    await expect.poll(() => list.page.data.value?.nextCursor).toBe('two')
    list.next()
    await expect.poll(() => list.page.data.value?.nextCursor).toBe('three')
    list.next()
    await expect.poll(() => list.page.data.value?.nextCursor).toBeNull()
    list.next()
    list.previous()
    list.previous()
    list.change({ q: 'anna' })
    expect(gone).toEqual(['/list?cursor=two', '/list?cursor=three', '/list?cursor=two', '/list', '/list?q=anna'])
    expect(asked.at(-1)).toEqual({ q: 'anna', cursor: null })
  })

  it('goes back to the first page when the history is unknown', () => {
    const { list, gone } = createList()
    list.show({ q: '', cursor: 'three' })
    list.previous()
    expect(gone).toEqual(['/list'])
  })
})

describe('a searchable list', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('searches once, shortly after the last keystroke', () => {
    const { list, gone } = createList()
    for (const text of ['a', 'an', 'ann ']) list.typeSearch(text)
    expect(gone).toEqual([])
    vi.runAllTimers()
    expect([gone, list.search.value]).toEqual([['/list?q=ann'], 'ann '])
  })

  it('searches at once on request, and only once', () => {
    const { list, gone } = createList()
    list.typeSearch('anna')
    list.searchNow()
    list.searchNow()
    vi.runAllTimers()
    expect(gone).toEqual(['/list?q=anna'])
  })

  it('cancels a pending search when the user leaves or changes the filter', () => {
    const { list, gone } = createList()
    list.typeSearch('anna')
    list.change({ q: 'bo' })
    list.typeSearch('cleo')
    list.cancelSearch()
    vi.runAllTimers()
    expect(gone).toEqual(['/list?q=bo'])
  })
})
