import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSearchedList, pathWithQuery } from './pagedList.ts'
import { clientRespondingWith, problemResponse } from './testClient.testing.ts'

type Query = { q: string; cursor: string | null }

/** What the client throws for a cursor that the server refuses. */
const refusedCursor = () =>
  clientRespondingWith(() =>
    problemResponse('validation_failed', { errors: [{ path: 'cursor', message: 'Start again.' }] }),
  )
    .client.contacts.list({ query: {} })
    .catch((error) => error)

/** Pages of one row each, with an address bar that follows at once. A cursor is ">row" or "<row". */
function createList(rows: string[] = ['one', 'two', 'three'], unfinished = 0) {
  let left = unfinished
  const gone: string[] = []
  const asked: Query[] = []
  const list = createSearchedList<Query, string>({
    initial: { q: '', cursor: null },
    write: ({ q, cursor }) => pathWithQuery('/list', { q, cursor }),
    fetchPage: async (query) => {
      asked.push(query)
      const { cursor } = query
      if (cursor === 'cut off') throw await refusedCursor()
      if (left-- > 0) {
        const on = { nextCursor: null, previousCursor: null }
        return { items: [], ...on, [cursor?.startsWith('<') ? 'previousCursor' : 'nextCursor']: cursor ?? '>start' }
      }
      const named = cursor === null || cursor === '>start' ? -1 : rows.indexOf(cursor.slice(1))
      const at = cursor === 'last' ? rows.length - 1 : cursor?.startsWith('<') ? named - 1 : named + 1
      const found = named === -1 && cursor?.startsWith('>') && cursor !== '>start' ? [] : rows.slice(at, at + 1)
      return {
        items: found,
        nextCursor: found.length > 0 && at < rows.length - 1 ? `>${rows[at]}` : null,
        previousCursor: found.length === 0 && cursor !== null ? 'last' : at > 0 ? `<${rows[at]}` : null,
      }
    },
    navigate: (url, replace) => {
      gone.push(replace ? `${url} instead` : url)
      const { searchParams } = new URL(url, 'http://x.test')
      list.show({ q: searchParams.get('q') ?? '', cursor: searchParams.get('cursor') })
    },
  })
  const shows = (row: string) => expect.poll(() => list.page.data.value?.items).toEqual([row])
  return { list, gone, asked, rows, shows }
}

describe('a paged list', () => {
  it('turns to the next, previous, first and last page by URL, and no further', async () => {
    const { list, gone, shows } = createList()
    list.show({ q: '', cursor: null })
    await shows('one')
    list.turn('previous')
    list.turn('first')
    list.turn('next')
    await shows('two')
    list.turn('next')
    await shows('three')
    list.turn('next')
    list.turn('last')
    list.turn('previous')
    await shows('two')
    list.turn('first')
    await shows('one')
    list.turn('last')
    await shows('three')
    expect(gone.map((url) => decodeURIComponent(url))).toEqual([
      '/list?cursor=>one',
      '/list?cursor=>two',
      '/list?cursor=<three',
      '/list',
      '/list?cursor=last',
    ])
    expect([list.hasPrevious.value, list.hasNext.value]).toEqual([true, false])
  })

  it('restarts at the first page when the filter changes', async () => {
    const { list, asked, shows } = createList()
    list.show({ q: '', cursor: '>one' })
    await shows('two')
    list.change({ q: 'anna' })
    expect(asked.at(-1)).toEqual({ q: 'anna', cursor: null })
  })

  it('shows the page of an address on its own, so that the back button and a second tab do', async () => {
    const { list, shows, gone } = createList()
    list.show({ q: '', cursor: '>two' })
    await shows('three')
    list.show({ q: '', cursor: '>one' })
    await shows('two')
    expect(gone).toEqual([])
  })

  it('shows the page before when its rows are all gone, in place of the empty one', async () => {
    const { list, shows, gone, rows } = createList()
    list.show({ q: '', cursor: '>two' })
    await shows('three')
    rows.splice(1)
    await list.page.load()
    await shows('one')
    expect(gone).toEqual(['/list?cursor=last instead'])
  })

  it('shows the first page for a cursor that the server refuses, such as one of an earlier version', async () => {
    const { list, shows, gone } = createList()
    list.show({ q: '', cursor: 'cut off' })
    await shows('one')
    expect([gone, list.page.failure.value]).toEqual([['/list instead'], null])
  })

  it('reads on past pages that the server ended before it found a row, in either direction', async () => {
    const forward = createList(undefined, 4)
    forward.list.show({ q: '', cursor: null })
    await forward.shows('one')
    expect(forward.gone).toEqual([])
    const backward = createList(undefined, 4)
    backward.list.show({ q: '', cursor: '<three' })
    await backward.shows('two')
  })

  it('reads on only so far at a time, and then again on request', async () => {
    const { list, asked, shows } = createList(undefined, 15)
    list.show({ q: '', cursor: null })
    await expect.poll(() => list.page.data.value?.items).toEqual([])
    expect([asked.length, list.hasNext.value]).toEqual([10, true])
    list.turn('next')
    await shows('one')
  })

  it('stays empty when nothing is left anywhere', async () => {
    const { list, gone } = createList([])
    list.show({ q: '', cursor: null })
    await expect.poll(() => list.page.data.value?.items).toEqual([])
    expect([gone, list.hasPrevious.value, list.hasNext.value]).toEqual([[], false, false])
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
    expect([gone, list.search.value]).toEqual([['/list?q=ann instead'], 'ann '])
  })

  it('searches at once on request, and only once', () => {
    const { list, gone } = createList()
    list.typeSearch('anna')
    list.searchNow()
    list.searchNow()
    vi.runAllTimers()
    expect(gone).toEqual(['/list?q=anna instead'])
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
