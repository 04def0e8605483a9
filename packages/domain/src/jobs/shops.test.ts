import { describe, expect, it } from 'vitest'
import { bodyKey, splitBody } from './interpret.ts'
import { isMadeUpEmail } from './madeUp.ts'
import { by, bytes, event, noon, why } from './reading.fixture.ts'

describe('Shopify', () => {
  const order = (more: object = {}) => ({
    id: 450789469,
    name: '#1001',
    email: 'bob@norman.co',
    total_price: '409.94',
    current_total_price: '359.94',
    currency: 'USD',
    test: false,
    created_at: '2026-11-30T06:00:00-05:00',
    updated_at: '2026-11-30T07:00:00-05:00',
    customer: { id: 207119551, first_name: 'Bob', last_name: 'Norman', email: 'bob@norman.co', phone: null },
    billing_address: { name: 'Bob Norman', phone: '555-625-1199' },
    line_items: [{ title: 'Faucet' }],
    ...more,
  })

  it('reports an order paid as it was paid, before edits and refunds', () => {
    expect(event('shopify', order(), 'orders/paid')).toMatchObject({
      type: 'job.invoiced',
      jobIds: ['450789469'],
      invoiceNumber: '#1001',
      title: 'Faucet',
      value: { amount: 40_994, currency: 'USD' },
      marks: { invoiced: noon },
      person: { externalId: '207119551', name: 'Bob Norman', email: 'bob@norman.co', phone: '555-625-1199' },
    })
  })

  it('sends "updated" for any change, which moves nothing; the topic "paid" does (C10)', () => {
    expect(event('shopify', order(), 'orders/updated')).toMatchObject({ type: 'job.opened', marks: { opened: noon } })
    expect(event('shopify', order(), 'orders/fulfilled').marks).toEqual({ completed: noon })
    expect(event('shopify', order({ cancelled_at: '2026-11-30T12:30:00Z' }), 'orders/cancelled').marks).toEqual({
      canceled: noon + 30 * 60_000,
    })
  })

  it('has guests without a customer, who are found by what the order says', () => {
    expect(event('shopify', order({ customer: null }), 'orders/paid').person).toEqual({
      externalId: null,
      name: 'Bob Norman',
      email: 'bob@norman.co',
      phone: '555-625-1199',
    })
  })

  it('ignores edits, which have another shape (C32)', () => {
    expect(why('shopify', { order_edit: { id: 1, order_id: 2 } }, 'orders/edited')).toEqual({
      ignored: 'type_not_used',
      type: 'orders/edited',
    })
  })

  it('refunds what its successful transactions say', () => {
    const refund = (transactions: object[]) =>
      event(
        'shopify',
        { id: 509562969, order_id: 450789469, created_at: '2026-11-30T12:00:00Z', transactions },
        'refunds/create',
      ).refund
    const paid = { kind: 'refund', status: 'success', amount: '41.94', currency: 'USD' }
    expect(refund([paid, { ...paid, amount: '8.06' }])).toEqual({
      is: 'one',
      id: '509562969',
      amount: 5_000,
      state: 'done',
    })
    expect(refund([{ ...paid, status: 'pending' }])).toMatchObject({ amount: 4_194, state: 'pending' })
    expect(refund([{ ...paid, kind: 'void' }])).toMatchObject({ amount: 0, state: 'failed' })
  })

  it('rounds a yen price with decimals, and says so (C23)', () => {
    const yen = event('shopify', order({ currency: 'JPY', total_price: '16.24' }), 'orders/paid')
    expect([yen.value, yen.notes]).toEqual([{ amount: 16, currency: 'JPY' }, ['amount_rounded']])
  })

  it('test orders are tests', () => {
    expect(event('shopify', order({ test: true }), 'orders/paid').isTest).toBe(true)
  })
})

describe('WooCommerce', () => {
  const order = (more: object = {}) => ({
    id: 501,
    number: '501',
    status: 'completed',
    currency: 'USD',
    total: '300.00',
    customer_id: 0,
    date_created_gmt: '2026-11-29T12:00:00',
    date_modified_gmt: '2026-11-30T12:00:00',
    date_paid_gmt: '2026-11-29T13:00:00',
    date_completed_gmt: '2026-11-30T11:00:00',
    billing: { first_name: 'Irene', last_name: 'Cho', email: 'irene@cho.co', phone: '+1 415 555 0133' },
    line_items: [{ name: 'Water heater' }],
    refunds: [],
    ...more,
  })
  const woo = (more: object = {}) => event('woocommerce', order(more), 'order.updated')
  const keyOf = (more: object = {}) => {
    const [part] = splitBody(bytes(order(more)), by('woocommerce'))
    return part?.json ? bodyKey(part.json, by('woocommerce')) : null
  }

  it('reads a completed order as done and paid, in GMT though it has no Z', () => {
    expect(woo()).toMatchObject({
      type: 'job.invoiced',
      occurredAt: noon,
      marks: { invoiced: Date.parse('2026-11-29T13:00:00Z'), completed: Date.parse('2026-11-30T11:00:00Z') },
      value: { amount: 30_000, currency: 'USD' },
      refund: { is: 'list', refunds: [] },
    })
    expect(woo({ status: 'processing' }).marks).toEqual({ invoiced: Date.parse('2026-11-29T13:00:00Z') })
    expect(woo({ status: 'on-hold' })).toMatchObject({ type: 'job.opened', refund: null })
    expect(woo({ status: 'cancelled' }).type).toBe('job.canceled')
    expect(woo({ status: 'constructor' }).type).toBe('job.opened')
  })

  it('lists all refunds, below zero (C20)', () => {
    expect(
      woo({
        refunds: [
          { id: 726, total: '-50.00' },
          { id: 731, total: '-250.00' },
        ],
      }).refund,
    ).toEqual({
      is: 'list',
      refunds: [
        { id: '726', amount: 5_000 },
        { id: '731', amount: 25_000 },
      ],
    })
  })

  it('guests are customer 0, which is nobody (C26)', () => {
    expect(woo().person).toEqual({
      externalId: null,
      name: 'Irene Cho',
      email: 'irene@cho.co',
      phone: '+1 415 555 0133',
    })
    expect(woo({ customer_id: 12 }).person?.externalId).toBe('12')
    expect(woo({ customer_id: null }).person?.externalId).toBeNull()
  })

  it('is recognized by the order and its state, not by the id of a second (C8)', () => {
    expect(keyOf()).toBe(keyOf())
    const others = [
      keyOf({ id: 502 }),
      keyOf({ status: 'refunded' }),
      keyOf({ date_modified_gmt: '2026-11-30T12:00:01' }),
      keyOf({ refunds: [{ id: 726, total: '-50.00' }] }),
    ]
    expect(new Set([keyOf(), ...others]).size).toBe(5)
  })
})

describe('an address', () => {
  const own = { emails: ['office@harborsons.com'], domains: ['harborsons.com'] }
  it.each([
    'none@gmail.com',
    'noemail@noemail.com',
    'NA@x.com',
    'no-email@yahoo.com',
    'anna@example.com',
    'a@example.org',
    'xx@x.com',
    'noreply2@shop.com',
    'office@harborsons.com',
    'info@mail.harborsons.com',
    'a@b.invalid',
  ])('%s is made up (C28)', (email) => expect(isMadeUpEmail(email, own)).toBe(true))
  it.each([
    'nora@gmail.com',
    'nathan@mail.com',
    'anna@mail.example',
    'x@y.co',
    '12345@qq.com',
    'noah@none-such.com',
    'info@harbor.com',
  ])('%s is somebody’s', (email) => expect(isMadeUpEmail(email, own)).toBe(false))
})
