import { describe, expect, it } from 'vitest'
import { bodyKey, splitBody } from './interpret.ts'
import { by, bytes, event, noon, read, why } from './reading.fixture.ts'

const seconds = noon / 1_000

describe('Stripe', () => {
  const stripe = (type: string, object: object, more: object = {}) => ({
    id: 'evt_1',
    object: 'event',
    type,
    created: seconds,
    livemode: true,
    data: { object },
    ...more,
  })
  const session = (more: object) =>
    stripe('checkout.session.completed', {
      id: 'cs_1',
      object: 'checkout.session',
      mode: 'payment',
      payment_status: 'paid',
      amount_total: 38_500,
      currency: 'usd',
      customer: null,
      customer_details: { email: 'rosa@medina.co', name: 'Rosa Medina', phone: '+16285550117' },
      payment_intent: 'pi_1',
      invoice: null,
      ...more,
    })

  it('reports a paid invoice with its number, customer and amount', () => {
    const paid = event(
      'stripe',
      stripe('invoice.paid', {
        id: 'in_9',
        object: 'invoice',
        number: 'HS-0042',
        amount_paid: 84_000,
        currency: 'usd',
        customer: 'cus_7',
        customer_name: 'Leo Moreau',
        customer_email: 'leo@moreau.co',
        customer_phone: null,
        status_transitions: { paid_at: seconds - 60 },
        lines: { data: [{ description: 'Drain cleaning' }] },
      }),
    )
    expect(paid).toMatchObject({
      type: 'job.invoiced',
      isTest: false,
      occurredAt: noon - 60_000,
      jobIds: ['in_9'],
      invoiceNumber: 'HS-0042',
      title: 'Drain cleaning',
      value: { amount: 84_000, currency: 'USD' },
      marks: { invoiced: noon - 60_000 },
      person: { externalId: 'cus_7', name: 'Leo Moreau', email: 'leo@moreau.co', phone: null },
    })
  })

  it('names a checkout by its invoice, else its payment, else itself', () => {
    expect(event('stripe', session({ invoice: 'in_9' })).jobIds).toEqual(['in_9', 'pi_1', 'cs_1'])
    expect(event('stripe', session({})).jobIds).toEqual(['pi_1', 'cs_1'])
    expect(event('stripe', session({ payment_intent: null })).jobIds).toEqual(['cs_1'])
    expect(event('stripe', session({ payment_intent: { id: 'pi_2', object: 'payment_intent' } })).jobIds).toEqual([
      'pi_2',
      'cs_1',
    ])
  })

  it('opens an unpaid checkout, invoices it when the payment succeeds, and cancels it when it fails (C13)', () => {
    expect(event('stripe', session({ payment_status: 'unpaid' }))).toMatchObject({
      type: 'job.opened',
      marks: { opened: noon },
    })
    const later = (type: string) => event('stripe', { ...session({ payment_status: 'unpaid' }), type })
    expect(later('checkout.session.async_payment_succeeded')).toMatchObject({
      type: 'job.invoiced',
      jobIds: ['pi_1', 'cs_1'],
    })
    expect(later('checkout.session.async_payment_failed')).toMatchObject({ type: 'job.canceled' })
  })

  it('reads a free checkout without a currency as 0 (C13)', () => {
    const free = event(
      'stripe',
      session({ amount_total: 0, currency: null, payment_status: 'no_payment_required', payment_intent: null }),
    )
    expect(free).toMatchObject({ type: 'job.invoiced', value: { amount: 0, currency: null } })
  })

  it('keeps which payment belongs to which invoice (C16)', () => {
    const pair = {
      object: 'invoice_payment',
      invoice: 'in_9',
      payment: { type: 'payment_intent', payment_intent: 'pi_1' },
    }
    expect(read('stripe', stripe('invoice_payment.paid', pair))).toEqual({
      is: 'link',
      jobId: 'in_9',
      alias: 'pi_1',
      isTest: false,
      occurredAt: noon,
    })
  })

  it('tells refunds by their ids, and a charge by its running total (C17)', () => {
    const refund = {
      id: 're_1',
      object: 'refund',
      amount: 20_000,
      currency: 'usd',
      status: 'succeeded',
      payment_intent: 'pi_1',
      charge: 'ch_1',
    }
    const refundOf = (type: string, more: object = {}) => event('stripe', stripe(type, { ...refund, ...more }))
    expect(refundOf('refund.created')).toMatchObject({
      jobIds: ['pi_1', 'ch_1'],
      refund: { is: 'one', id: 're_1', amount: 20_000, state: 'done' },
    })
    expect(refundOf('refund.created', { status: 'pending' }).refund).toMatchObject({ state: 'pending' })
    expect(refundOf('refund.updated', { status: 'requires_action' }).refund).toMatchObject({ state: 'pending' })
    expect(refundOf('refund.updated', { status: 'canceled' }).refund).toMatchObject({ state: 'failed' })
    expect(refundOf('refund.failed').refund).toMatchObject({ state: 'failed' })
    const charge = stripe('charge.refunded', {
      id: 'ch_1',
      object: 'charge',
      amount_refunded: 50_000,
      currency: 'usd',
      payment_intent: 'pi_1',
    })
    expect(event('stripe', charge)).toMatchObject({ jobIds: ['pi_1', 'ch_1'], refund: { is: 'total', amount: 50_000 } })
    const dispute = stripe('charge.dispute.created', { id: 'du_1', amount: 1_000, currency: 'usd', charge: 'ch_1' })
    expect(event('stripe', dispute).refund).toEqual({ is: 'dispute', amount: 1_000 })
  })

  it('marks what was sent in test mode', () => {
    expect(event('stripe', { ...session({}), livemode: false }).isTest).toBe(true)
  })

  it('asks for snapshot payloads where an event has none', () => {
    expect(why('stripe', { id: 'evt_1', object: 'v2.core.event', type: 'v1.invoice.paid' })).toEqual({
      rejected: 'stripe_thin_payload',
      type: 'v1.invoice.paid',
    })
    expect(why('stripe', { id: 'evt_1', object: 'event', type: 'invoice.paid' })).toMatchObject({
      rejected: 'stripe_thin_payload',
    })
  })

  it('is not disturbed by types nobody needs, or by the names of built-in properties', () => {
    expect(why('stripe', stripe('customer.created', {}))).toEqual({
      ignored: 'type_not_used',
      type: 'customer.created',
    })
    for (const type of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(why('stripe', stripe(type, {}))).toEqual({ ignored: 'type_not_used', type })
  })

  it('delivers an event under its own id', () => {
    const [part] = splitBody(bytes(session({})), by('stripe'))
    expect(part?.json && bodyKey(part.json, by('stripe'))).toBe('evt_1')
  })
})
