import { referralStatuses } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countParams,
  defaultQuery,
  exportUrl,
  type ListQuery,
  nextSort,
  readQuery,
  sorts,
  withChange,
  writeQuery,
} from './listQuery.ts'
import { firstPlace } from './place.ts'

const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://goodword.test').searchParams)

describe('the list’s URL', () => {
  it('round-trips', () => {
    const text = fc.string({ maxLength: 20 })
    const list: fc.Arbitrary<ListQuery> = fc
      .record({
        status: fc.option(fc.constantFrom(...referralStatuses)),
        q: text,
        campaignId: fc.option(fc.constant('cam_1')),
        advocateId: fc.option(fc.constant('adv_1')),
        from: fc.option(fc.constant('2026-05-29')),
        to: fc.option(fc.constant('2026-06-12')),
        flagged: fc.boolean(),
        unattributed: fc.boolean(),
        assigneeId: fc.option(fc.constantFrom('none', 'mem_1')),
        sort: fc.constantFrom(...sorts),
        cursor: fc.option(fc.string({ minLength: 1, maxLength: 40 })),
        place: fc.option(
          fc.oneof(fc.record({ before: fc.nat({ max: 900 }) }), fc.record({ after: fc.nat({ max: 900 }) })),
        ),
      })
      .map((query) => ({ ...query, place: query.cursor === null ? firstPlace : query.place }))
    fc.assert(
      fc.property(list, (query) => {
        expect(readQuery(queryOf(writeQuery(query)))).toEqual(query)
      }),
    )
  })

  it('leaves out defaults', () => {
    expect(writeQuery(defaultQuery)).toBe('/console/referrals')
  })

  it('ignores unknown values', () => {
    expect(readQuery({ status: 'lost', sort: 'random', row: '7', from: 'May' })).toEqual(defaultQuery)
  })

  it('counts by the day of conversion only where the list is sorted by it', () => {
    const days = { ...defaultQuery, from: '2026-05-29' }
    expect(countParams(days)).toEqual({ from: '2026-05-29' })
    expect(countParams({ ...days, sort: 'converted' })).toEqual({ from: '2026-05-29', sort: 'converted' })
    expect(countParams({ ...defaultQuery, sort: 'converted' })).toEqual({})
  })

  it('restarts at the first page when a filter changes', () => {
    const third = { ...defaultQuery, cursor: 'abc', place: { before: 40 } }
    expect(withChange(third, { status: 'pending' })).toEqual({ ...defaultQuery, status: 'pending' })
  })

  it('cycles through the sort orders', () => {
    expect(nextSort('next_step')).toBe('newest')
    expect(nextSort('newest')).toBe('oldest')
    expect(nextSort('oldest')).toBe('converted')
    expect(nextSort('converted')).toBe('next_step')
  })

  it('links to the export of the same filter, or of the selection', () => {
    const flagged = { ...defaultQuery, flagged: true, status: 'pending' } as const
    expect(exportUrl(flagged)).toBe('/v1/referrals/export?sort=next_step&flagged=true&status=pending')
    expect(exportUrl(flagged, ['ref_1', 'ref_2'])).toBe('/v1/referrals/export?sort=next_step&ids=ref_1%2Cref_2')
  })
})
