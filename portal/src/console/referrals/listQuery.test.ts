import { referralStatuses } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changed,
  exportAddress,
  type ListQuery,
  nextSort,
  readQuery,
  sorts,
  wholeList,
  writeQuery,
} from './listQuery.ts'

const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://goodword.test').searchParams)

describe('the list in the address', () => {
  it('reads back what it wrote', () => {
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
        page: fc.integer({ min: 2, max: 40 }),
      })
      .map((query) => ({ ...query, page: query.cursor === null ? 1 : query.page }))
    fc.assert(
      fc.property(list, (query) => {
        expect(readQuery(queryOf(writeQuery(query)))).toEqual(query)
      }),
    )
  })

  it('is short when nothing is out of the ordinary', () => {
    expect(writeQuery(wholeList)).toBe('/console/referrals')
  })

  it('passes over what it does not know', () => {
    expect(readQuery({ status: 'lost', sort: 'random', page: '7', from: 'May' })).toEqual(wholeList)
  })

  it('starts at the first page again when a filter changes', () => {
    const third = { ...wholeList, cursor: 'abc', page: 3 }
    expect(changed(third, { status: 'pending' })).toEqual({ ...wholeList, status: 'pending' })
  })

  it('goes through the orders and round again', () => {
    expect(nextSort('next_step')).toBe('newest')
    expect(nextSort('newest')).toBe('oldest')
    expect(nextSort('oldest')).toBe('converted')
    expect(nextSort('converted')).toBe('next_step')
  })

  it('leads to the spreadsheet of the same filter, or of what is selected', () => {
    const flagged = { ...wholeList, flagged: true, status: 'pending' } as const
    expect(exportAddress(flagged)).toBe('/v1/referrals/export?sort=next_step&flagged=true&status=pending')
    expect(exportAddress(flagged, ['ref_1', 'ref_2'])).toBe('/v1/referrals/export?sort=next_step&ids=ref_1%2Cref_2')
  })
})
