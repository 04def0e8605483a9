import { describe, expect, it } from 'vitest'
import { createOlderItems } from './olderItems.model.ts'

const page = (items: string[], nextCursor: string | null) => Promise.resolve({ items, nextCursor })

describe('older items of a list', () => {
  it('load page by page, from the end of the first page to the last', async () => {
    const older = createOlderItems<string>()
    expect(older.cursorAfter('20')).toBe('20')
    const sent: string[] = []
    const pages = new Map([
      ['20', page(['u', 'v'], '22')],
      ['22', page(['w'], null)],
    ])
    const ask = (cursor: string) => {
      sent.push(cursor)
      return pages.get(cursor) ?? page([], null)
    }
    expect(await older.load('20', ask)).toBe(true)
    expect(await older.load('20', ask)).toBe(true)
    expect(older.itemsAfter('20')).toEqual(['u', 'v', 'w'])
    expect(older.cursorAfter('20')).toBeNull()
    expect(await older.load('20', ask)).toBe(false)
    expect(sent).toEqual(['20', '22'])
  })

  it('are requested once, no matter how often the button is pressed meanwhile', async () => {
    const older = createOlderItems<string>()
    let sent = 0
    const ask = () => {
      sent += 1
      return page(['u'], '21')
    }
    expect(await Promise.all([older.load('20', ask), older.load('20', ask)])).toEqual([true, false])
    expect([sent, older.itemsAfter('20')]).toEqual([1, ['u']])
  })

  it('start over when the first page ends elsewhere: another campaign, or new items', async () => {
    const older = createOlderItems<string>()
    await older.load('20', () => page(['u'], null))
    expect([older.itemsAfter('other'), older.cursorAfter('other')]).toEqual([[], 'other'])
  })

  it('stay when the next page fails to load, with an error until it does', async () => {
    const older = createOlderItems<string>()
    await older.load('20', () => page(['u'], '21'))
    expect(await older.load('20', () => Promise.reject(new TypeError('fetch failed')))).toBe(false)
    expect([older.errorText.value, older.itemsAfter('20'), older.busy.value]).toEqual([
      'More of the list did not load. Try again.',
      ['u'],
      false,
    ])
    await older.load('20', () => page(['v'], null))
    expect([older.errorText.value, older.itemsAfter('20')]).toEqual([null, ['u', 'v']])
  })
})
