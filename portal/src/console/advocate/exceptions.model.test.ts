import type { AdvocateDetail } from '@goodword/contracts'
import { Terms } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json } from '../core/testClient.testing.ts'
import { createExceptions, parseExceptions, toSideDraft } from './exceptions.model.ts'

const none = { kind: 'campaign', amount: '', percent: '', most: '', text: '' } as const
const fixed = (amount: string) => ({ ...none, kind: 'fixed' as const, amount })

describe('custom terms for one advocate', () => {
  it('contain only what differs from the campaign', () => {
    expect(parseExceptions({ advocate: none, friend: none, liveMax: '' }, null, 'USD')).toEqual({
      ok: true,
      exceptions: null,
    })
    expect(parseExceptions({ advocate: fixed('75'), friend: none, liveMax: '5' }, null, 'USD')).toEqual({
      ok: true,
      exceptions: { advocate: { kind: 'credit', value: { type: 'fixed', amount: 7_500 } }, liveReferralsMax: 5 },
    })
  })

  it('are read back as they were written', () => {
    const percent = { ...none, kind: 'percent' as const, percent: '7,5', most: '200' }
    const read = parseExceptions({ advocate: percent, friend: none, liveMax: '' }, null, 'USD')
    const side = read.ok ? read.exceptions?.advocate : undefined
    expect(side).toEqual({ kind: 'credit', value: { type: 'percent', basisPoints: 750, maxAmount: 20_000 } })
    expect(toSideDraft(side, 'USD')).toEqual({ ...percent, percent: '7.5', most: '200.00' })
  })

  it('keep the parts that have no fields', () => {
    const before = {
      friend: { kind: 'discount_code', discount: { type: 'flat', amount: 1_000 }, source: 'generated' },
      holdDays: 3,
    } as const
    expect(parseExceptions({ advocate: none, friend: none, liveMax: '' }, before, 'USD')).toEqual({
      ok: true,
      exceptions: before,
    })
  })

  it.each([
    [{ advocate: fixed(''), friend: none, liveMax: '' }, 'advocate.amount'],
    [{ advocate: none, friend: { ...none, kind: 'percent' as const, percent: '120' }, liveMax: '' }, 'friend.percent'],
    [{ advocate: { ...none, kind: 'custom' as const }, friend: none, liveMax: '' }, 'advocate.text'],
    [{ advocate: none, friend: none, liveMax: '2.5' }, 'liveMax'],
  ])('say at the field what is wrong %#', (drafts, field) => {
    const read = parseExceptions(drafts, null, 'USD')
    expect(read.ok ? [] : Object.keys(read.errors)).toContain(field)
  })

  it('are not sent while a field is invalid, and keep what was typed', async () => {
    const { client, sent } = clientRespondingWith(() => json({}))
    const terms = Terms.parse({ advocate: { kind: 'none' }, friend: { kind: 'none' } })
    const advocate: AdvocateDetail = {
      id: idOf('adv', 1),
      contactId: idOf('con', 1),
      name: 'Anna Kowalski',
      email: null,
      phone: null,
      campaign: { id: idOf('cam', 1), name: 'Neighbor Thank-You' },
      code: 'ANNA7QK',
      codes: ['ANNA7QK'],
      link: 'https://refer.example/r/ANNA7QK',
      referrals: 0,
      converted: 0,
      earned: 0,
      sharedAt: null,
      lastAsk: null,
      tier: null,
      available: 0,
      held: 0,
      currency: 'USD',
      createdAt: '2026-01-05T18:00:00.000Z',
      archivedAt: null,
      exceptions: null,
      terms,
      asks: [],
    }
    const model = createExceptions({ client, advocate })
    model.edit('advocate', { kind: 'fixed', amount: 'a lot' })
    expect(await model.save()).toBeNull()
    expect(sent).toEqual([])
    expect(model.sides.advocate.value.amount).toBe('a lot')
  })
})
