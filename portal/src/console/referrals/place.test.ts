import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../shared/ui/pager.tsx'
import { describePage, describeRange, firstPlace, type Place, placeAfter, placeInUrl, readPlace } from './place.ts'

const all = (count: number) => ({ count, isCapped: false })
const amid = { hasPrevious: true, hasNext: true }

describe('which rows a page shows', () => {
  it('is said with commas, and with a plus where the count stops', () => {
    const shown = { place: { before: 1_000 }, rows: 20, ...amid }
    expect(describeRange(shown, all(1_284))).toBe('Showing 1,001–1,020 of 1,284')
    expect(describeRange(shown, { count: 1_000, isCapped: true })).toBe('Showing 1,001–1,020 of 1,000+')
    expect(describeRange(shown, null)).toBe('Showing 1,001–1,020')
  })

  it('is known at both ends of the list, however one got there', () => {
    const end = { place: null, rows: 20, hasPrevious: true, hasNext: false }
    expect(describeRange(end, all(1_284))).toBe('Showing 1,265–1,284 of 1,284')
    expect(describeRange(end, { count: 1_000, isCapped: true })).toBe('')
    expect(describeRange({ ...end, hasPrevious: false, hasNext: true }, null)).toBe('Showing 1–20')
    expect(describePage(end, 20)).toBe('Last page')
    expect(describePage({ ...end, hasPrevious: false, hasNext: true }, 20)).toBe('Page 1')
  })

  it('is not guessed in between', () => {
    expect(describeRange({ place: null, rows: 20, ...amid }, all(1_284))).toBe('')
    expect(describePage({ place: null, ...amid }, 20)).toBe('')
  })

  it('is right on every page of every walk through a list', () => {
    const size = 20
    const turns = fc.array(fc.constantFrom<Turn>('first', 'previous', 'next', 'last'), { maxLength: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), turns, (count, walk) => {
        let from = 0
        let place: Place = firstPlace
        for (const to of walk) {
          const rows = Math.min(size, count - from)
          const [hasPrevious, hasNext] = [from > 0, from + rows < count]
          if (to === 'next' || to === 'last' ? !hasNext : !hasPrevious) continue
          place = readPlace(turned(placeInUrl(placeAfter({ place, rows, hasPrevious, hasNext }, to, size))))
          const last = Math.max(0, count - size)
          from = { first: 0, last, next: from + rows, previous: Math.max(0, from - size) }[to]
          const shown = Math.min(size, count - from)
          const text = describeRange(
            { place, rows: shown, hasPrevious: from > 0, hasNext: from + shown < count },
            all(count),
          )
          expect(text).toBe(`Showing ${from + 1}–${from + shown} of ${count}`)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

const turned = (given: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
