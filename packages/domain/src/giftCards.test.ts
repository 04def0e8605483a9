import { currencies } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import {
  type CardOrder,
  type CardState,
  cardSentence,
  cardStateOf,
  externalIdOf,
  majorAmount,
  nextAttempt,
  type ProviderOrder,
} from './giftCards.ts'
import { InvariantError } from './invariant.ts'
import { minorDigits } from './money.ts'

const asked: CardOrder = {
  externalId: 'rwd_1',
  amount: 5_000,
  currency: 'USD',
  recipient: { name: 'Anna Kowalski', email: 'anna@example.com' },
  products: null,
  delivery: 'email',
}
const card = {
  id: 'C1',
  denomination: 50,
  currency: 'USD',
  email: 'Anna@Example.com',
  delivery: 'pending' as const,
  link: null,
}
const order = (given: Partial<ProviderOrder> = {}): ProviderOrder => ({ id: 'O1', status: 'executed', card, ...given })

describe('an amount for a provider', () => {
  it.each([
    [5_000, 'USD', '50.00'],
    [1_999, 'EUR', '19.99'],
    [5, 'USD', '0.05'],
    [500, 'JPY', '500'],
  ] as const)('of %i %s is %s', (amount, currency, text) => {
    expect(majorAmount(amount, currency)).toBe(text)
  })

  it('stays that very decimal as a number in JSON', () => {
    checkProperty(
      fc.property(fc.integer({ min: 1, max: 1e15 - 1 }), fc.constantFrom(...currencies), (amount, currency) => {
        const [major = '', minor = ''] = JSON.stringify(Number(majorAmount(amount, currency))).split('.')
        expect(Number(`${major}${minor.padEnd(minorDigits(currency), '0')}`)).toBe(amount)
      }),
      2_000,
    )
  })

  it('is never nothing, less or a fraction', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(() => majorAmount(wrong, 'USD')).toThrow(InvariantError)
  })
})

describe('a card', () => {
  it.each([
    ['is bought', order(), { state: 'issued', orderId: 'O1', cardId: 'C1', link: null, delivery: 'pending' }],
    ['is delivered', order({ card: { ...card, delivery: 'delivered' } }), { state: 'issued', delivery: 'delivered' }],
    ['came back', order({ card: { ...card, delivery: 'failed' } }), { state: 'undelivered', cardId: 'C1' }],
    ['waits for the business', order({ status: 'awaits_approval' }), { state: 'pending', because: 'awaits_approval' }],
    ['waits for the provider', order({ status: 'in_review' }), { state: 'pending', because: 'in_review' }],
    ['waits for money', order({ status: 'settling' }), { state: 'pending', because: 'settling' }],
    ['failed', order({ status: 'failed' }), { state: 'failed', because: 'order_failed' }],
    ['was canceled', order({ status: 'canceled' }), { state: 'failed', because: 'order_canceled' }],
    ['is not there yet', order({ card: null }), { state: 'pending', because: 'open' }],
    [
      'is another amount',
      order({ card: { ...card, denomination: 60 } }),
      { state: 'needs_look', asked: '$50.00 for anna@example.com', found: '60 USD for Anna@Example.com' },
    ],
    ['is another currency', order({ card: { ...card, currency: 'EUR' } }), { state: 'needs_look' }],
    ['is somebody else’s', order({ card: { ...card, email: 'x@example.com' } }), { state: 'needs_look' }],
    [
      'is somebody else’s and failed',
      order({ status: 'failed', card: { ...card, denomination: 6 } }),
      { state: 'needs_look' },
    ],
  ] as [string, ProviderOrder, object][])('%s', (_, found, state) => {
    expect(cardStateOf(asked, found)).toMatchObject(state)
  })

  it('is held for a fraud review, or blocked by it', () => {
    expect(cardStateOf(asked, order(), 'flagged')).toMatchObject({ state: 'pending', because: 'flagged', cardId: 'C1' })
    expect(cardStateOf(asked, order(), 'blocked')).toEqual({ state: 'blocked' })
    expect(cardStateOf(asked, order(), 'released')).toMatchObject({ state: 'issued' })
  })

  it('by link is nobody’s email, and shows its link', () => {
    const link = 'https://cards.example/C1'
    const found = order({ card: { ...card, email: null, link } })
    expect(cardStateOf({ ...asked, delivery: 'link' }, found)).toMatchObject({ state: 'issued', link })
    expect(cardStateOf(asked, found)).toMatchObject({ state: 'needs_look' })
  })
})

describe('the next try', () => {
  const after = (last: CardState) => externalIdOf('rwd_1', nextAttempt(1, last))
  it('has a new id only if the provider ended the order', () => {
    expect(after({ state: 'failed', because: 'insufficient_funds' })).toBe('rwd_1.2')
    expect(externalIdOf('rwd_1', nextAttempt(2, { state: 'failed', because: 'order_canceled' }))).toBe('rwd_1.3')
    expect(after({ state: 'rejected', because: 'unauthorized' })).toBe('rwd_1')
    expect(after({ state: 'pending', because: 'in_review' })).toBe('rwd_1')
    expect(after({ state: 'needs_look', asked: '', found: '' })).toBe('rwd_1')
  })
})

it('every state has a sentence that says what to do', () => {
  const states: CardState[] = [
    cardStateOf(asked, order()),
    cardStateOf(asked, order({ card: { ...card, delivery: 'delivered' } })),
    cardStateOf(asked, order({ card: { ...card, delivery: 'failed' } })),
    cardStateOf(asked, order({ card: { ...card, denomination: 60 } })),
    { state: 'blocked' },
    ...(['open', 'awaits_approval', 'in_review', 'settling', 'flagged'] as const).map(
      (because) => ({ state: 'pending', because }) as const,
    ),
    ...(['insufficient_funds', 'order_failed', 'order_canceled'] as const).map(
      (because) => ({ state: 'failed', because }) as const,
    ),
    ...(['insufficient_funds', 'invalid_recipient', 'invalid_order', 'unauthorized'] as const).map(
      (because) => ({ state: 'rejected', because }) as const,
    ),
  ]
  const sentences = states.map(cardSentence)
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(new Set(sentences).size).toBe(states.length - 1)
  expect(
    cardSentence({ state: 'needs_look', asked: '$50.00 for anna@example.com', found: '60 USD for x@y.example' }),
  ).toBe(
    'The provider has another order under this reward: 60 USD for x@y.example, not $50.00 for anna@example.com. Check it there.',
  )
})
