import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addressWith, createSearchedList } from './pagedList.ts'

type Query = { q: string; cursor: string | null }

/** Three pages of a list, in an address bar that follows at once. */
function createList() {
  const gone: string[] = []
  const asked: Query[] = []
  const nextOf: Record<string, string | null> = { '': 'two', two: 'three', three: null }
  const list = createSearchedList<Query, string>({
    begin: { q: '', cursor: null },
    write: ({ q, cursor }) => addressWith('/list', { q, cursor }),
    ask: async (query) => {
      asked.push(query)
      return { items: ['row'], nextCursor: nextOf[query.cursor ?? ''] ?? null }
    },
    go: (url) => {
      gone.push(url)
      const { searchParams } = new URL(url, 'http://x.test')
      list.show({ q: searchParams.get('q') ?? '', cursor: searchParams.get('cursor') })
    },
  })
  return { list, gone, asked }
}

describe('a list in pages', () => {
  it('goes on and back by the address, and begins anew when something else is asked for', async () => {
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

  it('goes back to the first page when the way here is not known', () => {
    const { list, gone } = createList()
    list.show({ q: '', cursor: 'three' })
    list.previous()
    expect(gone).toEqual(['/list'])
  })
})

describe('a list with a search', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks once, a moment after the last letter', () => {
    const { list, gone } = createList()
    for (const text of ['a', 'an', 'ann ']) list.typeSearch(text)
    expect(gone).toEqual([])
    vi.runAllTimers()
    expect([gone, list.search.value]).toEqual([['/list?q=ann'], 'ann '])
  })

  it('asks at once when told that this is all, and once only', () => {
    const { list, gone } = createList()
    list.typeSearch('anna')
    list.searchNow()
    list.searchNow()
    vi.runAllTimers()
    expect(gone).toEqual(['/list?q=anna'])
  })

  it('takes nobody back who has left, or asked for something else meanwhile', () => {
    const { list, gone } = createList()
    list.typeSearch('anna')
    list.change({ q: 'bo' })
    list.typeSearch('cleo')
    list.leave()
    vi.runAllTimers()
    expect(gone).toEqual(['/list?q=bo'])
  })
})
