import type { CreditBalance } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientAnsweredBy, idOf, json, refusal } from '../core/edge.testing.ts'
import { createAdjustment, createLedger, createRedemption } from './ledger.model.ts'

const contactId = idOf('con', 1)
const balance: CreditBalance = { currency: 'USD', available: 6_250, held: 0, owed: 0 }

const entry = (n: number) => ({
  id: idOf('trf', n),
  at: '2026-06-01T16:00:00.000Z',
  label: 'Redeemed',
  note: null,
  by: null,
  currency: 'USD',
  available: -100,
  held: 0,
  owed: 0,
  balance: 6_250,
  referralId: null,
})

describe('recording a redemption', () => {
  it('begins with all there is and says on the button what will be recorded', () => {
    const { client } = clientAnsweredBy(() => json(balance))
    const model = createRedemption({ client, contactId, balance })
    expect(model.words.value).toBe('Record all $62.50')
    model.typed.value = '20'
    expect(model.words.value).toBe('Record $20.00 of $62.50')
    expect(model.left.value).toBe(4_250)
  })

  it('asks for a note and for no more than there is, before anything is sent', async () => {
    const { client, sent } = clientAnsweredBy(() => json(balance))
    const model = createRedemption({ client, contactId, balance })
    model.typed.value = '62.51'
    expect(await model.record()).toBeNull()
    expect(model.sending.errors.value).toEqual({ amount: 'Enter $62.50 or less.' })
    model.typed.value = '62.50'
    expect(await model.record()).toBeNull()
    expect(model.sending.errors.value).toEqual({ note: 'Say what it is for.' })
    expect(sent).toEqual([])
  })

  it('keeps its key while there was no answer, and takes a new one once the server said no', async () => {
    let keys = 0
    const answers = [() => Promise.reject(new TypeError('no network')), () => refusal('credit_insufficient')]
    const { client, sent } = clientAnsweredBy(() => (answers.shift() ?? (() => json(balance)))())
    const newKey = () => {
      keys += 1
      return `key ${keys}`
    }
    const model = createRedemption({ client, contactId, balance, newKey })
    model.note.value = 'applied to invoice 1042'
    while ((await model.record()) === null) expect(model.typed.value).toBe('62.50')
    expect(sent.at(-1)).toMatchObject({ body: { amount: 6_250, currency: 'USD', note: 'applied to invoice 1042' } })
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set(['key 1', 'key 2']))
  })
})

describe('adjusting', () => {
  it('shows what can be used afterwards: what is owed is paid back first', () => {
    const { client } = clientAnsweredBy(() => json(balance))
    const owing = createAdjustment({ client, contactId, balance: { ...balance, available: 0, owed: 1_500 } })
    owing.typed.value = '20'
    expect([owing.words.value, owing.after.value]).toEqual(['Add $20.00', 500])
  })

  it('takes away no more than there is, and sends it as a minus', async () => {
    const { client, sent } = clientAnsweredBy(() => json(balance))
    const model = createAdjustment({ client, contactId, balance })
    model.direction.value = 'take'
    model.typed.value = '62.51'
    model.note.value = 'Entered twice'
    expect(await model.adjust()).toBeNull()
    model.typed.value = '12.50'
    expect(model.after.value).toBe(5_000)
    await model.adjust()
    expect(sent.map(({ body }) => body)).toEqual([{ amount: -1_250, currency: 'USD', note: 'Entered twice' }])
  })
})

describe('the ledger', () => {
  it('adds earlier entries below, however often the button is pressed', async () => {
    const { client, sent } = clientAnsweredBy(({ query }) =>
      json({
        balances: [balance],
        items: [entry(query.has('cursor') ? 2 : 1)],
        nextCursor: query.has('cursor') ? null : 'next',
      }),
    )
    const model = createLedger({ client, contactId })
    await model.ledger.load()
    await Promise.all([model.more(), model.more()])
    expect(model.ledger.data.value?.items.map(({ id }) => id)).toEqual([idOf('trf', 1), idOf('trf', 2)])
    expect(sent).toHaveLength(2)
  })
})
