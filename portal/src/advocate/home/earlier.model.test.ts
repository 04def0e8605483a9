import { describe, expect, it } from 'vitest'
import { createEarlier } from './earlier.model.ts'

const page = (items: string[], nextCursor: string | null) => Promise.resolve({ items, nextCursor })

describe('the rest of a list', () => {
  it('is read a page at a time, from where the first page ended, to the end', async () => {
    const earlier = createEarlier<string>()
    expect(earlier.cursorAfter('20')).toBe('20')
    const asked: string[] = []
    const pages = new Map([
      ['20', page(['u', 'v'], '22')],
      ['22', page(['w'], null)],
    ])
    const ask = (cursor: string) => {
      asked.push(cursor)
      return pages.get(cursor) ?? page([], null)
    }
    expect(await earlier.load('20', ask)).toBe(true)
    expect(await earlier.load('20', ask)).toBe(true)
    expect(earlier.itemsAfter('20')).toEqual(['u', 'v', 'w'])
    expect(earlier.cursorAfter('20')).toBeNull()
    expect(await earlier.load('20', ask)).toBe(false)
    expect(asked).toEqual(['20', '22'])
  })

  it('is asked for once, however often the button is pressed meanwhile', async () => {
    const earlier = createEarlier<string>()
    let asked = 0
    const ask = () => {
      asked += 1
      return page(['u'], '21')
    }
    expect(await Promise.all([earlier.load('20', ask), earlier.load('20', ask)])).toEqual([true, false])
    expect([asked, earlier.itemsAfter('20')]).toEqual([1, ['u']])
  })

  it('begins anew when the first page ends elsewhere: another campaign, or new lines', async () => {
    const earlier = createEarlier<string>()
    await earlier.load('20', () => page(['u'], null))
    expect([earlier.itemsAfter('other'), earlier.cursorAfter('other')]).toEqual([[], 'other'])
  })

  it('keeps what was read when the next page does not come, and says so until it does', async () => {
    const earlier = createEarlier<string>()
    await earlier.load('20', () => page(['u'], '21'))
    expect(await earlier.load('20', () => Promise.reject(new TypeError('fetch failed')))).toBe(false)
    expect([earlier.trouble.value, earlier.itemsAfter('20'), earlier.busy.value]).toEqual([
      'More of the list did not load. Try again.',
      ['u'],
      false,
    ])
    await earlier.load('20', () => page(['v'], null))
    expect([earlier.trouble.value, earlier.itemsAfter('20')]).toEqual([null, ['u', 'v']])
  })
})
