import type { ReferralDetail } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, referralRow } from '../core/testClient.testing.ts'
import { createReferral, mayUndo } from './referral.model.ts'

const note = {
  id: idOf('not', 1),
  text: 'Wants a call after five',
  author: 'Maya Ortiz',
  at: '2026-06-01T16:00:00.000Z',
}

describe('undoing a conversion', () => {
  const [stan, stella] = [idOf('mem', 1), idOf('mem', 2)]
  const convertedAt = '2026-06-01T16:00:00.000Z'
  const converted: ReferralDetail = {
    ...referralRow(1, { status: 'converted', convertedAt }),
    timeline: [],
    rivalList: [],
    supersededBy: null,
    friendErased: false,
    conversion: {
      id: idOf('cnv', 1),
      jobValue: 100_000,
      currency: 'USD',
      paidOn: null,
      invoice: null,
      convertedAt,
      termsVersion: 1,
      advocateReward: 5_000,
      friendReward: 2_000,
      convertedBy: stan,
      undoUntil: '2026-06-01T16:10:00.000Z',
    },
    rewards: [],
    answer: null,
    metadata: {},
  }
  const offeredTo = (id: string, role: 'admin' | 'staff', minutes: number) =>
    mayUndo(
      converted,
      { type: 'member', id, name: 'Somebody', email: 'somebody@harborsons.example', role },
      Date.parse(convertedAt) + minutes * 60_000,
    )

  it('is offered for ten minutes to the person who converted, and to an admin any time', () => {
    expect([offeredTo(stan, 'staff', 1), offeredTo(stan, 'staff', 11)]).toEqual([true, false])
    expect([offeredTo(stella, 'admin', 1), offeredTo(stella, 'admin', 11)]).toEqual([true, true])
  })

  it('is not offered to another staff member', () => {
    expect(offeredTo(stella, 'staff', 1)).toBe(false)
  })
})

function openReferral(whileSaving: (text: { value: string }) => void) {
  const { client, sent } = clientRespondingWith(({ method }) => {
    if (method === 'GET') return new Promise<Response>(() => {})
    whileSaving(model.notes.text)
    return json(note, 201)
  })
  const model = createReferral({ client, id: idOf('ref', 1), onChange: () => {} })
  return { notes: model.notes, sent }
}

describe('a note on a referral', () => {
  it('clears its field once it is saved, no matter how long the list of notes takes to reload', async () => {
    const { notes, sent } = openReferral(() => {})
    notes.text.value = ' Wants a call after five '
    await notes.save()
    expect(sent.map(({ body }) => body)).toContainEqual({ text: 'Wants a call after five' })
    expect(notes.text.value).toBe('')
  })

  it('keeps what is typed while the response is in flight', async () => {
    const { notes } = openReferral((text) => {
      text.value = 'Wants a call after five, on Friday'
    })
    notes.text.value = 'Wants a call after five'
    await notes.save()
    expect(notes.text.value).toBe('Wants a call after five, on Friday')
  })
})
