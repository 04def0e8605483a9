import type { OutstandingQuery } from '@goodword/contracts'
import { addDays, dayIn, startOfDay } from '@goodword/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices } from '../../../../test/harness.ts'
import { naiveOutstanding } from '../../../../test/naiveReports.ts'
import type { Ctx } from '../../../shared/context.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { reportOutstanding } from './outstanding.queries.ts'

const timeZone = 'America/Los_Angeles'
let test: TestServices
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(() => test.close())

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const worthOf = ([available = 0, held = 0, owed = 0]: number[]) => available + held - owed

/** Every row, page by page, in the order of the list. Backward, the first page is full, so it overlaps with the second. */
async function pagesOf(at: Ctx, query: OutstandingQuery, follow: 'nextCursor' | 'previousCursor') {
  const pages: [string, number, number, number][][] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await reportOutstanding(
      at,
      cursor === undefined ? query : { asOf: query.asOf, limit: query.limit, cursor },
    )
    pages.push(page.items.map((one) => [one.contactId, one.available, one.held, one.owed]))
    cursor = page[follow]
  }
  const rows = (follow === 'nextCursor' ? pages : pages.reverse()).flat()
  return [...new Map(rows.map((row) => [row[0], row])).values()]
}

describe('outstanding credit of a past day', () => {
  it('has the same pages and totals as adding up every transfer, near the beginning and near today', async () => {
    const world = await createWorld(test.services, 'Many Days & Sons')
    const campaign = await world.campaign()
    const contacts: string[] = []
    for (let n = 0; n < 7; n += 1) contacts.push((await world.advocate(campaign.id)).contactId)
    const now = test.clock.now()
    const today = dayIn(timeZone, now)
    // Also in the first quarter of an hour of a day, to the millisecond, and back to nothing.
    for (let ago = 20; ago >= 0; ago -= 1) {
      test.clock.set(startOfDay(addDays(today, -ago), timeZone) + (ago % 3) * 450_000)
      const contactId = contacts[ago % contacts.length] ?? ''
      await adjustCredit(world.ctx, contactId, { amount: ago % 2 ? 300 : 200 + ago, note: 'By hand' })
      if (ago % 4 === 0) await redeemCredit(world.ctx, contactId, { amount: 200 + ago, note: 'Invoice' })
    }
    test.clock.set(now)
    for (let ago = 20; ago > 0; ago -= 1) {
      const asOf = addDays(today, -ago)
      const naive = await naiveOutstanding(world.ctx, startOfDay(addDays(asOf, 1), timeZone), 'USD')
      const expected = naive.sort(
        ([one, ...first], [other, ...second]) => worthOf(second) - worthOf(first) || (one < other ? 1 : -1),
      )
      expect(await pagesOf(world.ctx, { asOf, limit: 2 }, 'nextCursor'), asOf).toEqual(expected)
      expect(await pagesOf(world.ctx, { asOf, limit: 2, last: 'true' }, 'previousCursor'), asOf).toEqual(expected)
      const { contacts: count, totals } = await reportOutstanding(world.ctx, { asOf, limit: 2 })
      expect({ count, available: totals.available }).toEqual({
        count: naive.length,
        available: sum(naive.map((row) => row[1])),
      })
    }
  })
})
