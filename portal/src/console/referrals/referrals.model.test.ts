import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answering, clientAnsweredBy, idOf, json, referralRow, refusal } from '../core/edge.testing.ts'
import { readQuery, wholeList } from './list-query.ts'
import { createReferrals } from './referrals.model.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const three = [referralRow(1), referralRow(2, { status: 'accepted' }), referralRow(3)]
const listOf = (nextCursor: string | null) => json({ items: three, nextCursor })

/** The list on a page whose address follows, as the router does it. */
function openList(answer: Answering) {
  const { client, sent } = clientAnsweredBy(answer)
  const visited: string[] = []
  const changes = { count: 0 }
  const model = createReferrals({
    client,
    go: (url) => {
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
  it('asks for what the address says', async () => {
    const { model, sent } = openList(() => listOf(null))
    model.show({ ...wholeList, status: 'pending', sort: 'oldest' })
    await settle()
    expect(sent.map(({ path, query }) => [path, String(query)])).toEqual([
      ['/v1/referrals', 'limit=20&sort=oldest&status=pending'],
    ])
    expect(model.rows.value).toHaveLength(3)
  })

  it('waits for a pause in typing before it searches, and keeps the text as typed', async () => {
    const { model, visited } = openList(() => listOf(null))
    model.show(wholeList)
    model.typeSearch('to')
    await vi.advanceTimersByTimeAsync(200)
    model.typeSearch('tomas ')
    await vi.advanceTimersByTimeAsync(299)
    expect(visited).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(visited).toEqual(['/console/referrals?q=tomas'])
    expect(model.search.value).toBe('tomas ')
  })

  it('goes forward by cursor and back the same way', async () => {
    const { model, visited } = openList(({ query }) => listOf(query.get('cursor') === null ? 'c2' : 'c3'))
    model.show(wholeList)
    await settle()
    model.next()
    await settle()
    model.next()
    await settle()
    model.previous()
    await settle()
    model.previous()
    expect(visited).toEqual([
      '/console/referrals?cursor=c2&page=2',
      '/console/referrals?cursor=c3&page=3',
      '/console/referrals?cursor=c2&page=2',
      '/console/referrals',
    ])
  })

  it('leads to the first page from a cursor it was opened with', async () => {
    const { model, visited } = openList(() => listOf(null))
    model.show({ ...wholeList, cursor: 'c5', page: 5 })
    model.previous()
    expect(visited).toEqual(['/console/referrals'])
  })

  it('moves from row to row and stops at the ends', async () => {
    const { model } = openList(() => listOf(null))
    model.show(wholeList)
    await settle()
    expect([model.move(1), model.move(1), model.move(1), model.move(1), model.move(-1)]).toEqual(
      [1, 2, 3, 3, 2].map((n) => idOf('ref', n)),
    )
  })

  it('puts an accepted referral in its place and has the figures counted again', async () => {
    const { model, changes } = openList(({ method }) =>
      method === 'GET' ? listOf(null) : json({ ...referralRow(1), status: 'accepted' }),
    )
    model.show(wholeList)
    await settle()
    expect(await model.accept(three[0] ?? referralRow(1))).toBe(true)
    expect(model.rows.value.map((row) => row.status)).toEqual(['accepted', 'accepted', 'pending'])
    expect(changes.count).toBe(1)
  })

  it('declines many one by one, and names each it did not work for; those stay selected', async () => {
    const { model, sent } = openList(({ method, path }) => {
      if (method === 'GET') return listOf(null)
      return path.includes(idOf('ref', 3))
        ? refusal('transition_not_allowed')
        : json({ ...referralRow(path.includes(idOf('ref', 1)) ? 1 : 2), status: 'declined' })
    })
    model.show(wholeList)
    await settle()
    model.toggleAll()
    await model.bulkDecline('Outside service area')
    expect(sent.slice(1).map(({ body }) => body)).toEqual(Array(3).fill({ reason: 'Outside service area' }))
    expect(model.report.value).toEqual({
      done: 2,
      word: 'declined',
      refused: [
        {
          id: idOf('ref', 3),
          name: 'Priya Shah 3',
          sentence: 'The referral has moved on. Load it again to see its status.',
        },
      ],
    })
    expect([...model.selected.value]).toEqual([idOf('ref', 3)])
  })

  it('does not ask to accept what is accepted already', async () => {
    const { model, sent } = openList(({ method }) =>
      method === 'GET' ? listOf(null) : json({ ...referralRow(1), status: 'accepted' }),
    )
    model.show(wholeList)
    await settle()
    model.toggle(idOf('ref', 1))
    model.toggle(idOf('ref', 2))
    await model.bulkAccept()
    expect(sent.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      `/v1/referrals/${idOf('ref', 1)}/accept`,
    ])
    expect(model.report.value?.refused.map(({ name }) => name)).toEqual(['Priya Shah 2'])
  })
})
