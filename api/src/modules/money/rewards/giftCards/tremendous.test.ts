import { createHmac } from 'node:crypto'
import { type CardOrder, externalIdOf, nextAttempt } from '@goodword/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TremendousServer } from '../../../../../test/tremendousServer.ts'
import { buyCard, lookAtCard } from './buyCard.ts'
import { GiftCardError, type GiftCards } from './giftCards.ts'
import { type TremendousSettings, tremendous } from './tremendous.ts'
import { isFromTremendous, readCardEvent } from './tremendousWebhook.ts'

const apiKey = 'PROD_a key of the tests'
let server: TremendousServer
let cards: GiftCards

const connect = (given: Partial<TremendousSettings> = {}) =>
  tremendous({
    apiKey,
    campaignId: 'CAMPAIGN',
    fundingSourceId: 'balance',
    baseUrl: server.url,
    waitMs: 2_000,
    ...given,
  })

beforeEach(async () => {
  server = await new TremendousServer(apiKey).start()
  cards = connect()
})
afterEach(() => server.stop())

const order = (given: Partial<CardOrder> = {}): CardOrder => ({
  externalId: 'rwd_1',
  amount: 4_210,
  currency: 'USD',
  recipient: { name: 'Anna Kowalski', email: 'anna@example.com' },
  products: null,
  delivery: 'email',
  ...given,
})
const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof GiftCardError ? error.problem : error),
  )

describe('a card', () => {
  it('is ordered with its exact amount and issued', async () => {
    expect(await buyCard(cards, order())).toEqual({
      state: 'issued',
      orderId: 'O1',
      cardId: 'C1',
      link: null,
      delivery: 'pending',
    })
    expect(JSON.parse(server.bodies[0] ?? '')).toEqual({
      external_id: 'rwd_1',
      payment: { funding_source_id: 'balance' },
      reward: {
        campaign_id: 'CAMPAIGN',
        value: { denomination: 42.1, currency_code: 'USD' },
        recipient: { name: 'Anna Kowalski', email: 'anna@example.com' },
        delivery: { method: 'EMAIL' },
      },
    })
  })

  it('by link has its link, and a new one when it is asked for', async () => {
    const link = 'https://cards.example/C1'
    expect(await buyCard(cards, order({ delivery: 'link' }))).toMatchObject({ state: 'issued', link })
    expect(await cards.newLink('C1')).toBe(`${link}/2`)
  })

  it.each(['takes and hangs up', 'takes and says nothing'] as const)(
    'is bought once by a provider that %s',
    async (mood) => {
      server.moods.push(mood, mood)
      const impatient = connect({ waitMs: 100 })
      for (let tries = 0; tries < 2; tries += 1) expect(await problemOf(buyCard(impatient, order()))).toBe('unknown')
      expect(await buyCard(cards, order())).toMatchObject({ state: 'issued', orderId: 'O1' })
      expect(server.executed()).toHaveLength(1)
      expect(server.bodies).toHaveLength(3)
    },
  )

  it('is bought once by twenty who try at the same time', async () => {
    const states = await Promise.all(Array.from({ length: 20 }, () => buyCard(cards, order())))
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1)
    expect(server.executed()).toHaveLength(1)
  })

  it('needs a look if the order under its id is another one', async () => {
    await buyCard(cards, order())
    const needsLook = {
      state: 'needs_look',
      asked: '$50.00 for anna@example.com',
      found: '42.1 USD for anna@example.com',
    }
    // Answered with 409.
    expect(await buyCard(cards, order({ amount: 5_000 }))).toEqual(needsLook)
    // Answered with 201 and the first order, as if the provider compared nothing.
    const kept = server.orders.get('rwd_1')
    if (kept) kept.asked = server.bodies[1] ?? ''
    expect(await buyCard(cards, order({ amount: 5_000 }))).toEqual(needsLook)
    expect(server.executed()).toHaveLength(1)
  })
})

describe('without enough money', () => {
  it('the order fails, and after topping up another one is executed once', async () => {
    server.funds = 10
    const failed = await buyCard(cards, order())
    expect(failed).toEqual({ state: 'failed', because: 'insufficient_funds' })
    // Its id answers with the failed order for ever.
    expect(await buyCard(cards, order())).toEqual({ state: 'failed', because: 'order_failed' })
    server.funds = 1_000
    const again = order({ externalId: externalIdOf('rwd_1', nextAttempt(1, failed)) })
    expect(await buyCard(cards, again)).toMatchObject({ state: 'issued' })
    expect(await buyCard(cards, again)).toMatchObject({ state: 'issued' })
    expect(server.executed().map(({ external_id }) => external_id)).toEqual(['rwd_1.2'])
  })

  it('that never became an order is tried again under the same id', async () => {
    server.moods.push({ status: 402 })
    expect(await buyCard(cards, order())).toEqual({ state: 'rejected', because: 'insufficient_funds' })
    expect(await buyCard(cards, order())).toMatchObject({ state: 'issued' })
  })
})

describe('an order that waits', () => {
  it.each([
    ['PENDING APPROVAL', 'awaits_approval'],
    ['PENDING INTERNAL PAYMENT APPROVAL', 'in_review'],
    ['PENDING SETTLEMENT', 'settling'],
    ['CART', 'open'],
    ['SOMETHING NEW', 'open'],
  ])('as %s is pending, and issued once it is executed', async (status, because) => {
    server.status = status
    expect(await buyCard(cards, order())).toMatchObject({ state: 'pending', because, orderId: 'O1' })
    const kept = server.orders.get('rwd_1')
    if (kept) kept.status = 'EXECUTED'
    expect(await lookAtCard(cards, order())).toMatchObject({ state: 'issued' })
  })

  it('that is canceled there fails', async () => {
    server.status = 'CANCELED'
    expect(await buyCard(cards, order())).toEqual({ state: 'failed', because: 'order_canceled' })
  })
})

describe('after it was bought', () => {
  beforeEach(() => buyCard(cards, order()))

  it('a fraud review holds a card, blocks it or releases it', async () => {
    server.reviews.set('C1', 'flagged')
    expect(await lookAtCard(cards, order())).toMatchObject({ state: 'pending', because: 'flagged' })
    server.reviews.set('C1', 'blocked')
    expect(await lookAtCard(cards, order())).toEqual({ state: 'blocked' })
    server.reviews.set('C1', 'released')
    expect(await lookAtCard(cards, order())).toMatchObject({ state: 'issued' })
  })

  it('a card that came back is sent to another address, and is the same card', async () => {
    server.cardOf('rwd_1').delivery.status = 'FAILED'
    expect(await lookAtCard(cards, order())).toEqual({ state: 'undelivered', orderId: 'O1', cardId: 'C1' })
    expect(await cards.resend('C1', 'anna.k@example.com')).toBe(true)
    const corrected = order({ recipient: { name: 'Anna Kowalski', email: 'anna.k@example.com' } })
    expect(await lookAtCard(cards, corrected)).toMatchObject({ state: 'issued', cardId: 'C1' })
    expect(server.executed()).toHaveLength(1)
  })

  it('is taken back if it never arrived, and not after it did', async () => {
    server.cardOf('rwd_1').delivery.status = 'SUCCEEDED'
    expect(await cards.cancel('C1')).toBe(false)
    expect(await cards.resend('C1', 'x@example.com')).toBe(false)
    server.cardOf('rwd_1').delivery.status = 'FAILED'
    expect(await cards.cancel('C1')).toBe(true)
  })

  it('an order that was never made is none', async () => {
    expect(await lookAtCard(cards, order({ externalId: 'rwd_2' }))).toBeNull()
  })
})

describe('what the provider does not accept', () => {
  it.each([
    ['the recipient', { recipient: { name: 'A', email: 'anna@example' } }, {}, 'invalid_recipient'],
    ['the funding source', {}, { fundingSourceId: 'unknown' }, 'invalid_order'],
    ['the key', {}, { apiKey: 'another' }, 'unauthorized'],
  ])('is told apart: %s', async (_, given, settings, because) => {
    expect(await buyCard(connect(settings), order(given))).toEqual({ state: 'rejected', because })
    expect(server.executed()).toHaveLength(0)
  })

  it.each([
    [429, { 'retry-after': '30' }, 'busy', 30_000],
    [500, {}, 'down', null],
    [503, { 'retry-after': 'soon' }, 'down', null],
  ] as const)('%i is tried again later', async (status, headers, problem, retryAfterMs) => {
    server.moods.push({ status, headers })
    const error = await buyCard(cards, order()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'GiftCardError', problem, retryAfterMs })
  })

  it('never puts the key into an error', async () => {
    await server.stop()
    const error = await buyCard(cards, order()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ problem: 'unknown' })
    expect(`${error instanceof Error ? error.stack : ''}${JSON.stringify(error)}`).not.toContain(apiKey)
    await server.start()
  })
})

describe('a webhook', () => {
  const text = '{"id":5001,"total":"409.94","note":"Caf\\u00e9 \\/ 2"}'
  const bytes = (body: string) => new TextEncoder().encode(body)
  const signed = 'sha256=fb20747934fe0a67ca077234f3bdeb5fd203d43bcf0d6e25aea81a2efe17fabf'

  it('is genuine if its very bytes are signed with the key', () => {
    expect(isFromTremendous('goodword_case', bytes(text), signed)).toBe(true)
    expect(isFromTremendous('goodword_case', bytes(JSON.stringify(JSON.parse(text))), signed)).toBe(false)
    expect(isFromTremendous('another', bytes(text), signed)).toBe(false)
    const hex = createHmac('sha256', 'goodword_case').update(text).digest('hex')
    for (const wrong of ['', hex, `sha1=${hex}`, 'sha256=', `sha256=${hex.slice(2)}`, `${signed}00`, 'sha256=zz'])
      expect(isFromTremendous('goodword_case', bytes(text), wrong)).toBe(false)
  })

  it('says which card or order to look at', () => {
    const event = (name: string, more: object = {}) =>
      bytes(
        JSON.stringify({
          event: name,
          uuid: 'e8d1',
          created_utc: '2026-11-30T20:00:00.000Z',
          payload: { resource: { id: 'C1', type: 'rewards' }, meta: { failure_reason: 'bounce' } },
          ...more,
        }),
      )
    expect(readCardEvent(event('REWARDS.DELIVERY.FAILED'))).toEqual({
      id: 'e8d1',
      type: 'REWARDS.DELIVERY.FAILED',
      resource: { type: 'card', id: 'C1' },
    })
    expect(readCardEvent(event('ORDERS.CANCELED'))?.resource.type).toBe('order')
    expect(readCardEvent(event('CAMPAIGNS.CREATED'))).toBeNull()
    expect(readCardEvent(event('REWARDS.FLAGGED', { payload: null }))).toBeNull()
    for (const body of ['', '[]', 'null', '{', text]) expect(readCardEvent(bytes(body))).toBeNull()
  })
})
