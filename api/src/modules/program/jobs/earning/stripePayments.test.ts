import { describe, expect, it } from 'vitest'
import { stranger } from '../../../../../test/harness.ts'
import { percent, play, playByMinute, priya, start, test, useJobs, world } from '../../../../../test/jobWorld.ts'
import { first, referral, settle, status, terms, todos } from '../../../../../test/refunds.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { updateOrganization } from '../../../platform/organizations/settings.ts'
import { listJobEvents } from '../jobEvents.queries.ts'
import { listJobs } from '../jobs.queries.ts'

useJobs()

/** Each event has an id of its own, a minute after the one before. */
let sent = 0
const stripe = (type: string, object: object, more: object = {}) => {
  sent += 1
  const created = Math.floor(test.clock.now() / 1_000)
  return { id: `evt_${sent}`, object: 'event', type, livemode: true, created, data: { object }, ...more }
}
const session = (more: object = {}) => ({
  id: 'cs_1',
  object: 'checkout.session',
  mode: 'payment',
  payment_status: 'paid',
  amount_total: 80_000,
  currency: 'usd',
  customer: null,
  customer_details: { email: priya.email, name: priya.name, phone: null },
  payment_intent: 'pi_1',
  invoice: null,
  ...more,
})
const invoice = (more: object = {}) => ({
  id: 'in_9',
  object: 'invoice',
  number: 'HS-9',
  amount_paid: 80_000,
  currency: 'usd',
  customer: 'cus_1',
  customer_name: priya.name,
  customer_email: priya.email,
  ...more,
})
const pair = { object: 'invoice_payment', invoice: 'in_9', payment: { type: 'payment_intent', payment_intent: 'pi_1' } }
const refundOf = (id: string, amount: number, more: object = {}) => ({
  id,
  object: 'refund',
  amount,
  currency: 'usd',
  status: 'succeeded',
  payment_intent: 'pi_1',
  charge: 'ch_1',
  ...more,
})
const completed = (more: object = {}) => stripe('checkout.session.completed', session(more))
const paid = (more: object = {}) => stripe('invoice.paid', invoice(more))
const linked = () => stripe('invoice_payment.paid', pair)

/** Anna earns 5% of the job of Priya, whom she referred. */
const connected = async (given = terms()) => {
  await start('stripe')
  const { id, anna } = await referral(given)
  return {
    id,
    earned: async (currency = 'USD') => (await balanceIn(world.ctx, anna.contactId, currency as 'USD')).available,
  }
}
const effects = async () =>
  (await listJobEvents(world.ctx, { limit: 100 })).items.reverse().map((one) => one.effects.map(({ reason }) => reason))
const jobs = async () => (await listJobs(world.ctx, { limit: 100 })).items

describe('a payment by Stripe', () => {
  it('that is slow converts when it succeeds, once (C13)', async () => {
    const { id, earned } = await connected()
    const unpaid = { payment_status: 'unpaid' }
    await playByMinute(() => completed(unpaid))
    expect([await status(id), (await jobs()).map(({ state }) => state)]).toEqual(['pending', ['open']])
    await playByMinute(
      () => stripe('checkout.session.async_payment_succeeded', session()),
      () => stripe('checkout.session.async_payment_succeeded', session()),
      () => completed(unpaid),
    )
    // 5% of $800.00
    expect([await status(id), await earned(), (await jobs()).length]).toEqual(['converted', 4_000, 1])
  })

  it('that fails, is free, or is a test converts nothing (C13)', async () => {
    const { id, earned } = await connected()
    await playByMinute(
      () => completed({ payment_status: 'unpaid' }),
      () => stripe('checkout.session.async_payment_failed', session({ payment_status: 'unpaid' })),
    )
    expect((await jobs()).map(({ state }) => state)).toEqual(['canceled'])
    const free = { amount_total: 0, currency: null, payment_status: 'no_payment_required', payment_intent: null }
    await playByMinute(
      () => completed({ ...free, id: 'cs_2' }),
      () => stripe('invoice.paid', invoice({ id: 'in_8' }), { livemode: false }),
    )
    expect((await effects()).slice(-2)).toEqual([['value_zero'], []])
    expect([await status(id), await earned()]).toEqual(['pending', 0])
  })

  it.each([
    ['the checkout, its invoice, their payment', () => [completed({ invoice: 'in_9' }), paid(), linked()]],
    ['the invoice, its checkout, their payment', () => [paid(), completed({ invoice: 'in_9' }), linked()]],
    ['their payment, the invoice, its checkout', () => [linked(), paid(), completed({ invoice: 'in_9' })]],
    ['a checkout that doesn’t name its invoice, their payment, the invoice', () => [completed(), linked(), paid()]],
    [
      'a subscription, which names no payment',
      () => [completed({ mode: 'subscription', invoice: 'in_9', payment_intent: null }), paid(), linked()],
    ],
  ])('is one job, whichever comes first: %s (C13, C16)', async (_, events) => {
    // Further jobs would earn, so that a second job for one payment would be paid for.
    const repeat = { limit: { type: 'times', times: 9 }, advocate: percent(500), friend: { kind: 'none' } } as const
    const { id, earned } = await connected(terms({ repeat }))
    await playByMinute(...events())
    expect([await status(id), await earned(), (await jobs()).length]).toEqual(['converted', 4_000, 1])
    await playByMinute(() => stripe('refund.created', refundOf('re_1', 20_000)))
    expect((await first()).rewards).toMatchObject({ refunded: 20_000, changes: [{ from: 4_000, to: 3_000 }] })
  })

  it('that was taken for two jobs is one as soon as Stripe says so: its refund finds what it earned', async () => {
    const { earned } = await connected()
    await playByMinute(
      () => completed(),
      () => paid(),
      () => linked(),
    )
    expect([await earned(), (await effects()).slice(0, 2)]).toEqual([4_000, [['converted'], ['earns_once']]])
    await playByMinute(() => stripe('refund.created', refundOf('re_1', 80_000)))
    expect((await first()).rewards).toMatchObject({ proposal: 'take_back', refunded: 80_000 })
  })

  it('that earned as two jobs before Stripe said so is for a person to look at', async () => {
    const repeat = { limit: { type: 'times', times: 9 }, advocate: percent(200), friend: { kind: 'none' } } as const
    const { id } = await connected(terms({ repeat }))
    await playByMinute(
      () => completed(),
      () => paid(),
      () => linked(),
    )
    const { items } = await listJobEvents(world.ctx, { limit: 5, tab: 'needs_you' })
    expect(items.map(({ reason, facts }) => [reason, facts])).toEqual([
      ['ids_linked', { job: 'in_9', alias: 'pi_1', twice: true, referralId: id }],
    ])
  })

  it('with several refunds of one charge is proposed by what each adds, also out of order (C14, C17)', async () => {
    const { earned, id } = await connected()
    // The refund of the invoice comes first of all.
    await playByMinute(
      () => stripe('refund.created', refundOf('re_1', 20_000)),
      () => linked(),
      () => paid(),
    )
    // 5% of what was left: $600.00
    expect([await earned(), await todos()]).toEqual([3_000, []])
    const charge = (amount_refunded: number) => ({
      id: 'ch_1',
      payment_intent: 'pi_1',
      currency: 'usd',
      amount_refunded,
    })
    await playByMinute(
      () => stripe('refund.created', refundOf('re_2', 10_000, { status: 'pending' })),
      () => stripe('charge.refunded', charge(20_000)),
    )
    expect(await todos()).toEqual([])
    await playByMinute(
      () => stripe('refund.updated', refundOf('re_2', 10_000)),
      () => stripe('charge.refunded', charge(30_000)),
      () => stripe('refund.created', refundOf('re_3', 5_000)),
    )
    // $100.00 and $50.00 since it converted: 5% of $450.00.
    expect((await first()).rewards).toMatchObject({ refunded: 15_000, changes: [{ from: 3_000, to: 2_250 }] })
    await playByMinute(() => stripe('refund.failed', refundOf('re_3', 5_000, { status: 'failed' })))
    expect((await first()).rewards).toMatchObject({ refunded: 10_000, changes: [{ from: 3_000, to: 2_500 }] })
    await settle()
    expect([await earned(), await todos(), await status(id)]).toEqual([2_500, [], 'converted'])
  })

  it('of an older event that arrives late changes nothing that a newer one said (C14)', async () => {
    const { id, earned } = await connected()
    const early = paid()
    test.clock.advance(5 * 60_000)
    await playByMinute(
      () => stripe('refund.created', refundOf('re_1', 80_000)),
      () => linked(),
      early,
    )
    expect([await status(id), await earned(), await todos()]).toEqual(['pending', 0, []])
    expect((await effects()).at(-1)).toEqual(['job_refunded'])
  })

  it('in a currency without cents earns whole yen, and in three decimals waits for staff (C22, C25)', async () => {
    await start('stripe')
    await updateOrganization(world.ctx, { currency: 'JPY' })
    const { id, anna } = await referral()
    await playByMinute(() => completed({ id: 'cs_7', payment_intent: 'pi_7', amount_total: 5_120, currency: 'kwd' }))
    expect(await first()).toMatchObject({ reason: 'other_currency', job: { value: 5_120, currency: 'KWD' } })
    expect((await first()).choices).toMatchObject([{ currency: 'JPY', jobValue: null }])
    await playByMinute(() => paid({ amount_paid: 84_990, currency: 'jpy' }))
    // 5% of ¥84,990 = ¥4,249.5, half up.
    expect(await balanceIn(world.ctx, anna.contactId, 'JPY')).toMatchObject({ available: 4_250 })
    expect([await status(id), await todos()]).toEqual(['converted', []])
    await playByMinute(() =>
      stripe('charge.refunded', { id: 'ch_1', invoice: 'in_9', currency: 'jpy', amount_refunded: 30_000 }),
    )
    // 5% of ¥54,990 = ¥2,749.5
    expect((await first()).rewards).toMatchObject({ refunded: 30_000, changes: [{ from: 4_250, to: 2_750 }] })
  })
})

it('a bank that asks money back, and a refund beside it, are each decided once', async () => {
  const { id, earned } = await connected()
  await playByMinute(
    () => paid({ payment_intent: 'pi_1', charge: 'ch_1' }),
    () =>
      stripe('charge.dispute.created', {
        id: 'dp_1',
        object: 'dispute',
        charge: 'ch_1',
        amount: 80_000,
        currency: 'usd',
      }),
    () => stripe('refund.created', refundOf('re_1', 80_000)),
  )
  expect((await todos()).map(({ kind }) => kind).sort()).toEqual(['dispute', 'refund'])
  await settle()
  expect([await status(id), await earned(), await todos()]).toEqual(['reversed', 0, []])
})

it('of a customer whom nobody referred nothing is converted or asked', async () => {
  await connected()
  const other = stranger('Ed Castellano')
  await play(paid({ id: 'in_77', customer_email: other.email, customer_name: other.name, customer: 'cus_77' }))
  expect([await effects(), await todos()]).toEqual([[['no_referral']], []])
})
