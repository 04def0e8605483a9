import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  clientRespondingWith,
  idOf,
  json,
  problemResponse,
  type Respond,
  referralRow,
} from '../core/testClient.testing.ts'
import { defaultQuery, readQuery } from './listQuery.ts'
import { createReferrals } from './referrals.model.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const threeRows = [referralRow(1), referralRow(2, { status: 'accepted' }), referralRow(3)]
const listOf = (nextCursor: string | null, previousCursor: string | null = null) =>
  json({ items: threeRows, nextCursor, previousCursor })

/** The list with an address bar that follows, like the router. */
function openList(answer: Respond) {
  const { client, sent } = clientRespondingWith(answer)
  const visited: string[] = []
  const changes = { count: 0 }
  const model = createReferrals({
    client,
    navigate: (url) => {
      visited.push(url)
      model.show(readQuery(Object.fromEntries(new URL(url, 'http://goodword.test').searchParams)))
    },
    onChange: () => {
      changes.count += 1
    },
  })
  return { model, sent, visited, changes }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the list of referrals', () => {
  it('loads what the URL says', async () => {
    const { model, sent } = openList(() => listOf(null))
    model.show({ ...defaultQuery, status: 'pending', sort: 'oldest' })
    await settle()
    expect(sent.map(({ path, query }) => [path, String(query)])).toEqual([
      ['/v1/referrals', 'limit=20&sort=oldest&status=pending'],
    ])
    expect(model.rows.value).toHaveLength(3)
  })

  it('waits for a pause in typing before it searches, and keeps the text as typed', async () => {
    const { model, visited } = openList(() => listOf(null))
    model.show(defaultQuery)
    model.typeSearch('to')
    await vi.advanceTimersByTimeAsync(200)
    model.typeSearch('tomas ')
    await vi.advanceTimersByTimeAsync(299)
    expect(visited).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(visited).toEqual(['/console/referrals?q=tomas'])
    expect(model.search.value).toBe('tomas ')
  })

  it('turns pages by cursor, and knows which rows they show as long as it can', async () => {
    const { model, visited } = openList(({ query }) =>
      query.get('cursor') === null && query.get('last') === null ? listOf('c2') : listOf('c3', 'c1'),
    )
    model.show(defaultQuery)
    await settle()
    for (const to of ['next', 'next', 'previous', 'last', 'previous', 'first'] as const) {
      model.turn(to)
      await settle()
    }
    expect(visited).toEqual([
      '/console/referrals?cursor=c2&row=4',
      '/console/referrals?cursor=c3&row=7',
      '/console/referrals?cursor=c1&row=1',
      '/console/referrals?cursor=last&after=0',
      '/console/referrals?cursor=c1&after=3',
      '/console/referrals',
    ])
  })

  it('moves from row to row and stops at the ends', async () => {
    const { model } = openList(() => listOf(null))
    model.show(defaultQuery)
    await settle()
    expect([model.move(1), model.move(1), model.move(1), model.move(1), model.move(-1)]).toEqual(
      [1, 2, 3, 3, 2].map((n) => idOf('ref', n)),
    )
  })

  it('replaces an accepted referral in place and reloads the counts', async () => {
    const { model, changes } = openList(({ method }) =>
      method === 'GET' ? listOf(null) : json({ ...referralRow(1), status: 'accepted' }),
    )
    model.show(defaultQuery)
    await settle()
    expect(await model.accept(threeRows[0] ?? referralRow(1))).toBe(true)
    expect(model.rows.value.map((row) => row.status)).toEqual(['accepted', 'accepted', 'pending'])
    expect(changes.count).toBe(1)
  })

  it('sends a change once, however often its key is pressed', async () => {
    const { model, sent } = openList(({ method }) =>
      method === 'GET' ? listOf(null) : json({ ...referralRow(1), status: 'accepted' }),
    )
    model.show(defaultQuery)
    await settle()
    const row = threeRows[0] ?? referralRow(1)
    expect(await Promise.all([model.accept(row), model.accept(row)])).toEqual([true, false])
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('declines many in one request, and names each failure; those stay selected', async () => {
    const results = threeRows.map(({ id, friend }, index) => ({
      id,
      name: friend.name,
      done: index < 2,
      code: index < 2 ? null : 'transition_not_allowed',
      sentence: index < 2 ? null : 'This referral is declined. Load it again to go on.',
    }))
    const { model, sent, changes } = openList(({ method }) => (method === 'GET' ? listOf(null) : json({ results })))
    model.show(defaultQuery)
    await settle()
    model.toggleAll()
    await model.bulkDecline({ reason: 'Outside service area' })
    expect(sent.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/v1/referrals/bulk',
      body: { ids: threeRows.map(({ id }) => id), action: 'decline', reason: 'Outside service area' },
    })
    expect(model.report.value).toEqual({
      done: 2,
      word: 'declined',
      failed: [
        { id: idOf('ref', 3), name: 'Priya Shah 3', sentence: 'This referral is declined. Load it again to go on.' },
      ],
    })
    expect([...model.selected.value]).toEqual([idOf('ref', 3)])
    // The list reloads, because some rows may no longer match the filter.
    expect(sent.filter(({ path }) => path === '/v1/referrals')).toHaveLength(2)
    expect(changes.count).toBe(1)
  })

  it('keeps all selected and says why if there is no response', async () => {
    const { model } = openList(({ method }) => (method === 'GET' ? listOf(null) : problemResponse('forbidden')))
    model.show(defaultQuery)
    await settle()
    model.toggle(idOf('ref', 1))
    await model.bulkAccept()
    expect(model.report.value).toMatchObject({ done: 0, failed: [{ name: 'Priya Shah 1' }] })
    expect([...model.selected.value]).toEqual([idOf('ref', 1)])
  })

  it('counts the tabs within the filter, and requests no counts without one', async () => {
    const counts = { counts: { pending: 2, accepted: 0, converted: 1, declined: 0, expired: 0, reversed: 0 }, total: 3 }
    const { model, sent } = openList(({ path }) => (path.endsWith('/counts') ? json(counts) : listOf(null)))
    model.show(defaultQuery)
    await settle()
    expect(sent.map(({ path }) => path)).toEqual(['/v1/referrals'])
    model.show({ ...defaultQuery, flagged: true })
    await settle()
    expect(String(sent.find(({ path }) => path.endsWith('/counts'))?.query)).toBe('flagged=true')
    expect(model.counts.data.value?.total).toBe(3)
  })
})
