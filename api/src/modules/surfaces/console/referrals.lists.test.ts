import {
  type Page,
  type ReferralCountQuery,
  type ReferralNeighbors,
  type ReferralStatus,
  referralSorts,
  referralStatuses,
} from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { idsOfList, type Listed, oneOf, type Written, writeReferrals } from '../../../../test/naiveReferralLists.ts'
import { rebuildProjections } from '../../../projections.ts'
import type { Ctx } from '../../../shared/context.ts'
import { cursorAfter, cursorBefore, type PageRequest } from '../../../shared/keyset.ts'
import { verify } from '../../../verify.ts'
import { countReferrals } from './referrals.counts.queries.ts'
import { neighborsOf, places } from './referrals.neighbors.queries.ts'
import { pageOfIds } from './referrals.pages.queries.ts'
import { listReferrals } from './referrals.queries.ts'

const day = 86_400_000
const perPage = 250

let test: TestServices
let world: World
let ctx: Ctx
let written: Written[] = []
let filters: Record<string, Omit<Listed, 'sort'>>

beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  ctx = world.ctx
  ;({ written, filters } = await writeReferrals(test.services, world))
})
afterAll(() => test.close())

const expected = (query: Listed) => idsOfList(written, query)

type Walked = { change?: () => Promise<void>; readMost?: number }

async function walk(query: Listed, by: 'nextCursor' | 'previousCursor', { change, readMost }: Walked = {}) {
  const pages: string[][] = []
  const limit = perPage
  let request: PageRequest | null = by === 'nextCursor' ? { limit } : { limit, last: 'true' }
  while (request !== null) {
    const page: Page<string> = await pageOfIds(ctx, query, request, readMost)
    pages.push(page.items)
    const cursor: string | null = page[by]
    request = cursor === null ? null : { limit, cursor }
    expect(pages.length).toBeLessThan(100)
    await change?.()
  }
  return pages
}

const namesOfFilters = [
  ...['none', 'campaign', 'advocate', 'assignee', 'nobody assigned', 'flagged', 'not flagged', 'unattributed'],
  ...['attributed', 'days', 'from a day', 'campaign and assignee', 'campaign, assignee, flagged and days'],
  ...['assignee and not flagged', 'few: advocate and flagged', 'an outside id', 'ids'],
]

describe.each(referralSorts)('referrals sorted by %s', (sort) => {
  it.each(namesOfFilters)('are the same forward and backward, with the filter: %s', async (name) => {
    const query = { ...filters[name], sort }
    const all = expected(query)
    if (!(sort === 'converted' && name === 'an outside id')) expect(all).not.toEqual([])
    const forward = await walk(query, 'nextCursor')
    expect(forward.flat()).toEqual(all)
    const backward = (await walk(query, 'previousCursor')).toReversed()
    // The first page is a full one and may repeat rows of the second.
    expect([...new Set(backward.flat())]).toEqual(all)
    expect(backward[0]).toEqual(forward[0])
  })

  it.each(referralStatuses)('are the same forward and backward in the status %s', async (status) => {
    for (const name of ['none', 'assignee', 'campaign, assignee, flagged and days']) {
      const query = { ...filters[name], sort, status }
      const all = expected(query)
      expect((await walk(query, 'nextCursor')).flat()).toEqual(all)
      expect([...new Set((await walk(query, 'previousCursor')).toReversed().flat())]).toEqual(all)
    }
  })
})

describe('a filter that few of many rows fulfill', () => {
  const query = (): Listed => ({ ...filters['campaign, assignee, flagged and days'], sort: 'oldest' })

  it('has shorter pages when reading takes too long, which go on where they stopped', async () => {
    const all = expected(query())
    const forward = await walk(query(), 'nextCursor', { readMost: 500 })
    expect(forward.flat()).toEqual(all)
    expect(forward.filter((page) => page.length < perPage).length).toBeGreaterThan(1)
    const backward = await walk(query(), 'previousCursor', { readMost: 500 })
    expect([...new Set(backward.toReversed().flat())]).toEqual(all)
    const none: Listed = { ...filters.advocate, unattributed: true, sort: 'oldest' }
    const cursor = (await pageOfIds(ctx, none, { limit: 9 }, 1)).nextCursor ?? ''
    const onward = { items: [], nextCursor: expect.any(String), previousCursor: null }
    expect(await pageOfIds(ctx, none, { limit: 9, cursor }, 1)).toEqual(onward)
  })

  it('lists whole referrals in that order', async () => {
    const { items, previousCursor } = await listReferrals(ctx, { ...query(), limit: 50 })
    expect(items.map(({ id }) => id)).toEqual(expected(query()).slice(0, 50))
    expect(items[0]).toMatchObject({ friend: { name: 'Priya Shah' }, flags: ['same_network'] })
    expect(previousCursor).toBeNull()
  })
})

describe('the referrals before and after one', () => {
  const neighbors = (id: string, query: Listed & { place?: string }, readMost?: number) =>
    neighborsOf(ctx, id, query, readMost)
  const beside = (all: string[], at: number) => [all[at - 1] ?? null, all[at + 1] ?? null]
  const idsOf = ({ previous, next }: ReferralNeighbors) => [previous?.id ?? null, next?.id ?? null]

  it.each(namesOfFilters)('are those of the list in each order, up to its ends, with the filter: %s', async (name) => {
    for (const sort of referralSorts) {
      const query = { ...filters[name], sort }
      const all = expected(query)
      const middle = Math.floor(all.length / 2)
      for (const at of new Set([0, 1, middle, middle + 1, all.length - 1].filter((one) => one in all))) {
        const found = await neighbors(all[at] ?? '', query)
        expect(idsOf(found)).toEqual(beside(all, at))
        if (!found.next?.id) continue
        expect(idsOf(await neighbors(found.next.id, { ...query, place: found.next.place }))).toEqual(
          beside(all, at + 1),
        )
      }
    }
  })

  it('are found a stretch at a time where few of many match', async () => {
    const query: Listed = { ...filters['campaign and assignee'], flagged: true, sort: 'oldest' }
    const early = written.toSorted((one, other) => one.createdAt - other.createdAt)[400]?.createdAt ?? 0
    await test.services.database.write(async (tx) => {
      await tx.run(sql`UPDATE referrals SET assignee_id = NULL WHERE flags <> '[]' AND created_at > ${early}`)
    })
    written = written.map((row) => (row.isFlagged && row.createdAt > early ? { ...row, assigneeId: null } : row))
    const last = expected(query).at(-1) ?? ''
    const steps: ReferralNeighbors['next'][] = []
    for (
      let { next } = await neighbors(last, query, 1);
      ;
      { next } = await neighbors(last, { ...query, place: next.place }, 1)
    ) {
      steps.push(next)
      if (next === null) break
    }
    expect(steps.length).toBeGreaterThan(1)
    expect(steps.map((step) => step?.id)).toEqual([...steps.slice(1).map(() => null), undefined])
  })

  it('stay the same at the place it had, after it has moved on', async () => {
    const query: Listed = { sort: 'next_step', status: 'pending' }
    const all = expected(query)
    const [at, id = ''] = [7, all[7]]
    const { place } = await neighbors(id, query)
    await test.services.database.write(async (tx) => {
      await tx.run(sql`UPDATE referrals SET status = 'accepted' WHERE id = ${id}`)
    })
    expect(idsOf(await neighbors(id, { ...query, place: place ?? '' }))).toEqual(beside(all, at))
    // It waited since then, so that is its place even for a colleague whose list was not fresh.
    expect(idsOf(await neighbors(id, query))).toEqual(beside(all, at))
    expect(await neighbors(id, { ...query, sort: 'converted', from: '2026-05-01' })).toEqual({
      place: null,
      previous: null,
      next: null,
    })
    written = written.map((row) => (row.id === id ? { ...row, status: 'accepted' } : row))
  })

  it('are not said of a deleted one, and a foreign place is refused', async () => {
    const gone = written.find(({ archived }) => archived)?.id ?? ''
    await expect(neighbors(gone, { sort: 'newest' })).rejects.toMatchObject({ code: 'not_found' })
    const [id = ''] = expected({ sort: 'newest' })
    const { nextCursor } = await listReferrals(ctx, { sort: 'newest', limit: 5 })
    for (const place of ['nonsense', cursorAfter(places, [1]), cursorBefore(places, []), nextCursor ?? ''])
      await expect(neighbors(id, { sort: 'newest', place })).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

describe('the numbers above the list', () => {
  const counted = ['pending', 'accepted', 'converted', 'declined', 'expired', 'reversed'] as const
  it.each(namesOfFilters)('are those of the list, with the filter: %s', async (name) => {
    for (const sort of ['newest', 'converted'] as const) {
      const { ids: _, ...filter } = filters[name] ?? {}
      const { counts, total, capped } = await countReferrals(ctx, { ...filter, sort } as ReferralCountQuery)
      const hasDays = filter.from !== undefined || filter.to !== undefined
      const real = counted.map((status) => expected({ ...filter, sort: hasDays ? sort : 'newest', status }).length)
      const shown = counted.map((status, at) =>
        capped.includes(status) ? Math.min(counts[status], real[at] ?? 0) : counts[status],
      )
      expect(shown.map((count, at) => (capped.includes(counted[at] ?? 'pending') ? '+' : count))).toEqual(
        real.map((count, at) => (capped.includes(counted[at] ?? 'pending') ? '+' : count)),
      )
      expect(total).toBe(counted.reduce((sum, status) => sum + counts[status], 0))
    }
  })

  it('stop at a thousand under a filter, and say so', async () => {
    await test.services.database.write(async (tx) => {
      await tx.run(sql`UPDATE referrals SET status = 'declined' WHERE status = 'expired'`)
    })
    written = written.map((row) => (row.status === 'expired' ? { ...row, status: 'declined' } : row))
    const byDays = { from: '2026-05-01' }
    const declined = expected({ ...byDays, sort: 'newest', status: 'declined' }).length
    expect(declined).toBeGreaterThan(1_000)
    expect(await countReferrals(ctx, byDays)).toMatchObject({
      counts: { declined: 1_000, expired: 0 },
      capped: ['declined'],
    })
    expect(await countReferrals(ctx, {})).toMatchObject({ counts: { declined, expired: 0 }, capped: [] })
  })
})

describe('kept counts and dates', () => {
  const findings = async () =>
    (await verify(test.services.database.read))
      .map(({ invariant }) => invariant)
      .filter((one) => /kept|date of/i.test(one))
  const run = (statement: string) => test.services.database.write(async (tx) => void (await tx.run(sql.raw(statement))))

  it('equal the rows after any writes, and a rebuild derives them again', async () => {
    expect(await findings()).toEqual([])
    await run(`UPDATE referral_counts SET count = count + 1 WHERE status = 'pending'`)
    await run(`UPDATE referrals SET converted_at = converted_at + 1`)
    await run(`UPDATE enrollment_counts SET count = 7`)
    await run(`INSERT INTO ledger_totals VALUES ('${ctx.organizationId}', 'contact', 'held', 'CHF', 5)`)
    expect(await findings()).toHaveLength(4)
    await test.services.database.write((tx) => rebuildProjections(tx, ctx.organizationId))
    expect(await findings()).toEqual([])
  })

  it('follow a referral that is deleted, comes back, moves to another campaign and is removed', async () => {
    const [one] = written.filter(({ archived, status }) => !archived && status === 'pending')
    const [other] = written.filter(({ campaignId }) => campaignId !== one?.campaignId)
    for (const statement of [
      `UPDATE referrals SET archived_at = 1 WHERE id = '${one?.id}'`,
      `UPDATE referrals SET campaign_id = '${other?.campaignId}' WHERE id = '${one?.id}'`,
      `UPDATE referrals SET archived_at = NULL, status = 'accepted' WHERE id = '${one?.id}'`,
      `DELETE FROM referrals WHERE id = '${one?.id}'`,
    ]) {
      await run(statement)
      expect(await findings()).toEqual([])
    }
  })
})

describe('a list that changes while somebody pages through it', () => {
  it('neither breaks nor loops, and shows once whatever did not change', async () => {
    for (const sort of referralSorts) {
      const query: Listed = { sort }
      const before = expected(query)
      const changed = new Set<string>()
      const forward = await walk(query, 'nextCursor', {
        change: async () => {
          const { id } = oneOf(written)
          changed.add(id)
          const status = oneOf(['pending', 'accepted', 'declined', 'expired'])
          await test.services.database.write(async (tx) => {
            await tx.run(sql`UPDATE referrals SET status = ${status}, updated_at = updated_at + ${day}
            WHERE id = ${id} AND converted_at IS NULL`)
          })
        },
      })
      const unchanged = (ids: string[]) => ids.filter((id) => !changed.has(id))
      const alive = new Set(forward.flat())
      expect(unchanged(forward.flat())).toEqual(unchanged(before).filter((id) => alive.has(id)))
      expect(unchanged(before).filter((id) => !alive.has(id)).length).toBeLessThanOrEqual(1)
      const rows = await test.services.database.read.all<[string, ReferralStatus, number]>(
        sql`SELECT id, status, updated_at FROM referrals`,
      )
      const now = new Map(rows.map(([id, status, updatedAt]) => [id, { status, updatedAt }]))
      written = written.flatMap((row) => {
        const current = now.get(row.id)
        return current ? [{ ...row, ...current }] : []
      })
    }
  })
})

describe("another organization's", () => {
  it('referrals are in no list and no count', async () => {
    const rival = await createWorld(test.services, 'Rival Rooter')
    const theirs = { campaignId: written[0]?.campaignId ?? '' }
    for (const filter of [{}, theirs, ...Object.values(filters)]) {
      for (const sort of referralSorts) {
        const page = await listReferrals(rival.ctx, { ...filter, sort, limit: 20 })
        expect(page).toEqual({ items: [], nextCursor: null, previousCursor: null })
        await expect(neighborsOf(rival.ctx, written[0]?.id ?? '', { ...filter, sort })).rejects.toMatchObject({
          code: 'not_found',
        })
      }
      const { ids: _, ...counted } = filter as Listed
      expect((await countReferrals(rival.ctx, counted)).total).toBe(0)
    }
  })
})
