import { describe, expect, it } from 'vitest'
import { processEvents } from '../../../../../test/inbound.ts'
import { percent, priya, send, start, test, useJobs, world } from '../../../../../test/jobWorld.ts'
import { first, referral, settle, status, terms, todos } from '../../../../../test/refunds.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { loadReferral } from '../../../surfaces/console/referrals.detail.queries.ts'
import { listJobs } from '../jobs.queries.ts'

useJobs()

describe('an order of Shopify', () => {
  const order = (more: object = {}) => ({
    id: 450789469,
    name: '#1001',
    email: priya.email,
    total_price: '100.00',
    current_total_price: '100.00',
    currency: 'USD',
    test: false,
    updated_at: new Date(test.clock.now()).toISOString(),
    customer: { id: 207119551, first_name: 'Priya', last_name: 'Shah', email: priya.email },
    ...more,
  })
  const refunded = (id: number, amount: string, state = 'success') => ({
    id,
    order_id: 450789469,
    processed_at: new Date(test.clock.now()).toISOString(),
    transactions: [{ kind: 'refund', status: state, amount, currency: 'USD' }],
  })
  const say = async (topic: string, body: unknown) => {
    test.clock.advance(60_000)
    await send(body, { topic })
    await processEvents(test.services)
  }

  it('converts as it was paid; edits change nothing, and only its refund does (C10, C31, C32)', async () => {
    await start('shopify')
    const { id, anna } = await referral()
    const earned = async () => (await balanceIn(world.ctx, anna.contactId, 'USD')).available
    await say('orders/updated', order())
    expect(await status(id)).toBe('pending')
    await say('orders/paid', order())
    // 5% of $100.00
    expect(await earned()).toBe(500)
    await say('orders/updated', order({ total_price: '130.00' }))
    await say('orders/edited', { order_edit: { id: 1, order_id: 450789469 } })
    expect([await earned(), await todos()]).toEqual([500, []])
    expect((await loadReferral(world.ctx, id)).conversion).toMatchObject({ jobValue: 10_000, invoice: '#1001' })
    await say('refunds/create', refunded(1, '20.00', 'pending'))
    expect(await todos()).toEqual([])
    await say('refunds/create', refunded(1, '20.00'))
    await say('orders/updated', order({ total_price: '100.00', current_total_price: '80.00' }))
    expect(await todos()).toHaveLength(1)
    expect((await first()).rewards).toMatchObject({ refunded: 2_000, changes: [{ from: 500, to: 400 }] })
    await say('refunds/create', refunded(2, '80.00'))
    expect((await first()).rewards).toMatchObject({ proposal: 'take_back', refunded: 10_000 })
    await settle()
    expect([await status(id), await earned()]).toEqual(['reversed', 0])
  })
})

it('an order of WooCommerce of a guest, told twice with every change, converts once and by its decimals (C8, C23, C26)', async () => {
  await start('woocommerce')
  const { id, anna } = await referral(terms({}, { advocate: percent(1_000) }))
  const at = () => new Date(test.clock.now()).toISOString().slice(0, 19)
  const order = (state: string, more: object = {}) => ({
    id: 501,
    number: '501',
    status: state,
    currency: 'USD',
    total: '409.94',
    customer_id: 0,
    date_created_gmt: at(),
    date_modified_gmt: at(),
    date_paid_gmt: state === 'pending' ? null : at(),
    billing: { first_name: 'Priya', last_name: 'Shah', email: priya.email, phone: '' },
    refunds: [],
    ...more,
  })
  const say = async (state: string, more: object = {}) => {
    test.clock.advance(60_000)
    const body = JSON.stringify(order(state, more))
    for (const delivery of ['a', 'b']) await send(body, { topic: 'order.updated', id: delivery })
    await processEvents(test.services)
  }
  await say('pending')
  expect(await status(id)).toBe('pending')
  await say('processing')
  await say('completed')
  // 10% of $409.94 = $40.994
  expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 4_099 })
  expect((await listJobs(world.ctx, { limit: 5 })).items).toHaveLength(1)
  await say('completed', { refunds: [{ id: 726, total: '-9.94' }] })
  // 10% of $400.00
  expect((await first()).rewards).toMatchObject({ refunded: 994, changes: [{ from: 4_099, to: 4_000 }] })
})
