import type { CreditBalance, RedeemCredit } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import {
  availableIn,
  createAdjustment,
  createLedger,
  createRedemption,
  createWallet,
  type Wallet,
} from './ledger.model.ts'

const contactId = idOf('con', 1)
const balance: CreditBalance = { currency: 'USD', available: 6_250, held: 0, owed: 0 }

const wallet: Wallet = [balance]
const euros: CreditBalance = { currency: 'EUR', available: 1_800, held: 0, owed: 0 }

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
  it('starts with the full balance and says on the button what will be recorded', () => {
    const { client } = clientRespondingWith(() => json(balance))
    const model = createRedemption({ today: '2026-11-30', client, contactId, wallet })
    expect(model.words.value).toBe('Record all $62.50')
    model.typed.value = '20'
    expect(model.words.value).toBe('Record $20.00 of $62.50')
    expect(model.left.value).toBe(4_250)
  })

  it('requires a note and no more than the balance, before anything is sent', async () => {
    const { client, sent } = clientRespondingWith(() => json(balance))
    const model = createRedemption({ today: '2026-11-30', client, contactId, wallet })
    model.typed.value = '62.51'
    expect(await model.record()).toBeNull()
    expect(model.sending.errors.value).toEqual({ amount: 'Enter $62.50 or less.' })
    model.typed.value = '62.50'
    expect(await model.record()).toBeNull()
    expect(model.sending.errors.value).toEqual({ note: 'Say what it is for.' })
    expect(sent).toEqual([])
  })

  it('keeps its idempotency key while there is no response, and uses a new one after a rejection', async () => {
    let keys = 0
    const answers = [() => Promise.reject(new TypeError('no network')), () => problemResponse('credit_insufficient')]
    const { client, sent } = clientRespondingWith(() => (answers.shift() ?? (() => json(balance)))())
    const newKey = () => {
      keys += 1
      return `key ${keys}`
    }
    const model = createRedemption({ today: '2026-11-30', client, contactId, wallet, newKey })
    model.note.value = 'applied to invoice 1042'
    while ((await model.record()) === null) expect(model.typed.value).toBe('62.50')
    expect(sent.at(-1)).toMatchObject({ body: { amount: 6_250, currency: 'USD', note: 'applied to invoice 1042' } })
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set(['key 1', 'key 2']))
  })
})

it('a payout is recorded with its method, day and reference, and only where it is one', async () => {
  const { client, sent } = clientRespondingWith(() => json(balance))
  const model = createRedemption({ today: '2026-11-30', client, contactId, wallet })
  model.note.value = 'Asked for it'
  model.payout.method.value = 'check'
  model.payout.reference.value = ' 1042 '
  await model.record()
  model.isPayout.value = true
  await model.record()
  expect(sent.map(({ body }) => (body as RedeemCredit).payout)).toEqual([
    undefined,
    { method: 'check', paidOn: '2026-11-30', reference: '1042' },
  ])
})

describe('adjusting credit', () => {
  it('shows the available balance afterwards: debt is paid back first', () => {
    const { client } = clientRespondingWith(() => json(balance))
    const owing = createAdjustment({ client, contactId, wallet: [{ ...balance, available: 0, owed: 1_500 }] })
    owing.typed.value = '20'
    expect([owing.words.value, owing.after.value]).toEqual(['Add $20.00', 500])
  })

  it('removes no more than there is, and sends it as a negative amount', async () => {
    const { client, sent } = clientRespondingWith(() => json(balance))
    const model = createAdjustment({ client, contactId, wallet })
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

describe('credit in several currencies', () => {
  it('starts with the campaign’s currency, and offers the organization’s and any with a balance', () => {
    const currenciesOf = (wallet: Wallet) => wallet.map(({ currency }) => currency)
    expect(currenciesOf(createWallet([balance, euros], ['EUR', 'USD']))).toEqual(['EUR', 'USD'])
    expect(currenciesOf(createWallet([euros], ['USD', 'USD']))).toEqual(['USD', 'EUR'])
    expect(createWallet([], ['USD', 'USD'])).toEqual([{ currency: 'USD', available: 0, held: 0, owed: 0 }])
  })

  it('is redeemed in a currency with a balance', () => {
    expect(availableIn(createWallet([euros], ['USD', 'USD']))).toEqual([euros])
    expect(availableIn(createWallet([], ['USD', 'USD']))).toBeNull()
  })

  it('changes in the chosen currency and keeps what was typed', async () => {
    const { client, sent } = clientRespondingWith(() => json(euros))
    const model = createAdjustment({ client, contactId, wallet: [balance, euros] })
    model.typed.value = '12.50'
    model.note.value = 'For the long wait'
    model.choose('EUR')
    expect([model.typed.value, model.words.value, model.after.value]).toEqual(['12.50', 'Add €12.50', 3_050])
    await model.adjust()
    expect(sent.map(({ body }) => body)).toEqual([{ amount: 1_250, currency: 'EUR', note: 'For the long wait' }])
  })

  it('is redeemed in full in the other currency too, unless less was typed', () => {
    const { client } = clientRespondingWith(() => json(euros))
    const model = createRedemption({ today: '2026-11-30', client, contactId, wallet: [balance, euros] })
    model.choose('EUR')
    expect(model.words.value).toBe('Record all €18.00')
    model.typed.value = '5'
    model.choose('USD')
    expect(model.words.value).toBe('Record $5.00 of $62.50')
  })
})

describe('the ledger', () => {
  it('appends earlier entries, no matter how often the button is pressed', async () => {
    const { client, sent } = clientRespondingWith(({ query }) =>
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
