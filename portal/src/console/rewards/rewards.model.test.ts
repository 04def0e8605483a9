import type { Reward } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { describeKind, describeReward, describeState } from './rewards.labels.ts'
import { createRewards, describeDecision } from './rewards.model.ts'
import { readRewardList, writeRewardList } from './rewards.query.ts'

const now = Date.parse('2026-06-01T16:00:00Z')
const reward = (n: number, more: Partial<Reward> = {}): Reward => ({
  id: idOf('rwd', n),
  status: 'pending',
  waits: 'approval',
  refused: false,
  availableAt: '2026-06-12T07:00:00.000Z',
  side: 'advocate',
  kind: 'credit',
  text: null,
  amount: 6_250,
  offThisJob: false,
  currency: 'USD',
  code: null,
  delivery: null,
  contact: { id: idOf('con', n), name: 'Anna Kowalski' },
  campaign: { id: idOf('cam', 1), name: 'Neighbor Thank-You' },
  referral: { id: idOf('ref', n), friendName: 'Priya Shah' },
  reason: null,
  decidedBy: null,
  decidedAt: null,
  redeemedAt: null,
  createdAt: '2026-05-29T16:00:00.000Z',
  ...more,
})
const counts = { waiting: 0, to_approve: 2, issued: 0, redeemed: 0, voided: 0, requests: 0, capped: [] }
const stateOf = (more: Partial<Reward>) => describeState(reward(1, more), now, 'America/Los_Angeles')

describe('a reward’s text', () => {
  it('says why it is pending and until when', () => {
    expect(stateOf({ waits: 'hold' })).toMatchObject({ words: 'Until Jun 12', sub: 'On hold after the job was paid' })
    expect(stateOf({ waits: 'approval' })).toMatchObject({
      words: 'Waiting for your approval',
      sub: 'Then on hold until Jun 12',
    })
    expect(stateOf({ waits: 'code', kind: 'discount_code' }).words).toBe('Waiting for a code')
  })

  it('says who rejected it and why, or that it was reversed', () => {
    const voided = { status: 'voided', waits: null, reason: 'Paid in cash' } as const
    expect(stateOf({ ...voided, decidedBy: 'Maya Ortiz' })).toMatchObject({ words: 'Rejected by Maya Ortiz' })
    expect(stateOf(voided)).toMatchObject({ words: 'Taken back', sub: 'Paid in cash' })
  })

  it('says what it is', () => {
    expect([describeReward(reward(1)), describeKind(reward(1))]).toEqual(['$62.50', 'Credit'])
    const code = reward(1, { kind: 'discount_code', text: '20% off', code: 'K7P-R4MX' })
    expect([describeReward(code), describeKind(code)]).toEqual(['20% off', 'Code K7P-R4MX'])
  })
})

describe('the URL of the list', () => {
  it('contains only what differs from the default', () => {
    expect(writeRewardList(readRewardList({}))).toBe('/console/rewards')
    const address = '/console/rewards?tab=to_approve&q=anna&campaign=cam_1&cursor=x'
    expect(writeRewardList(readRewardList({ tab: 'to_approve', q: 'anna', campaign: 'cam_1', cursor: 'x' }))).toBe(
      address,
    )
    expect(readRewardList({ tab: 'nonsense', state: 'nonsense' })).toMatchObject({ tab: 'waiting', state: 'open' })
  })
})

describe('deciding rewards', () => {
  const world = (answer: () => Response) => {
    let changes = 0
    const edge = clientRespondingWith(({ method, path }) => {
      if (method === 'POST') return answer()
      if (path.endsWith('/summary')) return json(counts)
      return json({ items: [reward(1), reward(2)], nextCursor: null, previousCursor: null })
    })
    const onChanged = () => {
      changes += 1
    }
    const model = createRewards({ client: edge.client, navigate: () => undefined, onChanged })
    model.show(readRewardList({ tab: 'to_approve' }))
    return { ...edge, model, changes: () => changes }
  }

  it('approves the selected rewards once, no matter how often the button is pressed, and updates the counts', async () => {
    const { model, sent, changes } = world(() => json({ done: 2, skipped: 0 }))
    await model.load()
    model.toggleAll()
    const ids = model.chosenRows.value.map(({ id }) => id)
    const [done, again] = await Promise.all([model.approve(ids), model.approve(ids)])
    expect([done, again]).toEqual([{ done: 2, skipped: 0 }, null])
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ ids }])
    expect([changes(), model.chosenRows.value.length]).toEqual([1, 0])
  })

  it('says why it failed, and keeps the selection', async () => {
    const { model } = world(() => problemResponse('forbidden'))
    await model.load()
    model.toggle(idOf('rwd', 1))
    expect(await model.approve([idOf('rwd', 1)])).toBeNull()
    expect(model.problem.value).toContain('You may not do this')
    expect(model.chosenRows.value).toHaveLength(1)
  })

  it('reports how many were decided now, and how many someone else had decided before', () => {
    expect(describeDecision({ done: 3, skipped: 1 }, 'approved')).toBe(
      '3 rewards approved. 1 reward had been decided before.',
    )
  })
})
