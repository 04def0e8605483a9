import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stranger } from '../../../../../test/harness.ts'
import { processEvents, sendEvent } from '../../../../../test/inbound.ts'
import {
  mine,
  percent,
  playByMinute as play,
  priya,
  start,
  test,
  useJobsOfAnother,
  world,
} from '../../../../../test/jobWorld.ts'
import { converted, first, refund, settle, status, terms, todos } from '../../../../../test/refunds.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { dismissTodo, settleTodo } from './answers.ts'

useJobsOfAnother()

describe('a refund of a provider', () => {
  it('counts each refund once: as a running total, by its id, twice, and twice at once', async () => {
    await start('stripe')
    const campaign = await world.campaign(terms())
    const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    await world.referral(anna.id, priya)
    const seconds = () => Math.floor(test.clock.now() / 1_000)
    const charge = (amount_refunded: number) => () => ({
      id: `evt_${amount_refunded}`,
      type: 'charge.refunded',
      created: seconds(),
      livemode: true,
      data: {
        object: {
          id: 'ch_1',
          object: 'charge',
          payment_intent: 'pi_1',
          invoice: 'in_9',
          amount: 80_000,
          currency: 'usd',
          amount_refunded,
        },
      },
    })
    await play(
      () => ({
        id: 'evt_1',
        type: 'invoice.paid',
        created: seconds(),
        livemode: true,
        data: {
          object: {
            id: 'in_9',
            object: 'invoice',
            payment_intent: 'pi_1',
            charge: 'ch_1',
            number: 'HS-9',
            amount_paid: 80_000,
            currency: 'usd',
            customer: 'cus_1',
            customer_name: priya.name,
            customer_email: priya.email,
          },
        },
      }),
      charge(20_000),
      charge(20_000),
    )
    expect((await first()).rewards).toMatchObject({ refunded: 20_000, changes: [{ from: 4_000, to: 3_000 }] })
    const todo = await first()
    const given = { refunded: 20_000, amounts: {}, reason: 'Refunded', confirmOwed: false, notify: false }
    const both = await Promise.allSettled([
      settleTodo(world.ctx, todo.id, given),
      settleTodo(world.ctx, todo.id, given),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    await play(charge(50_000), () => ({
      id: 'evt_re',
      type: 'refund.created',
      created: seconds(),
      livemode: true,
      data: {
        object: {
          id: 're_1',
          object: 'refund',
          charge: 'ch_1',
          payment_intent: 'pi_1',
          amount: 20_000,
          currency: 'usd',
          status: 'succeeded',
        },
      },
    }))
    expect(await todos()).toHaveLength(1)
    expect((await first()).rewards).toMatchObject({ refunded: 50_000, changes: [{ from: 3_000, to: 1_500 }] })
    // What was shown before is not decided any more.
    await expect(settle({ refunded: 20_000 })).rejects.toMatchObject({ code: 'todo_changed' })
  })

  it('of a shop is proposed once, and given back when it is deleted: C20', async () => {
    await start('woocommerce')
    const campaign = await world.campaign(terms())
    const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    const { id } = await world.referral(anna.id, priya)
    const order = (state: string, refunds: object[]) => async () => {
      const at = new Date(test.clock.now()).toISOString().slice(0, 19)
      return {
        id: 88,
        number: '88',
        status: state,
        currency: 'USD',
        total: '300.00',
        customer_id: 5,
        date_created_gmt: at,
        date_modified_gmt: at,
        date_paid_gmt: at,
        date_completed_gmt: at,
        refunds,
        billing: { first_name: 'Priya', last_name: 'Shah', email: priya.email, phone: '' },
      }
    }
    const say = async (state: string, refunds: object[]) => {
      test.clock.advance(60_000)
      const body = JSON.stringify(await order(state, refunds)())
      for (const _ of [1, 2]) await sendEvent(test, mine, body, { topic: 'order.updated' })
      await processEvents(test.services)
    }
    const [some, rest] = [
      { id: 726, total: '-50.00' },
      { id: 731, total: '-250.00' },
    ]
    await say('completed', [])
    // 5% of $300.00
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 1_500 })
    await say('completed', [some])
    expect((await first()).rewards).toMatchObject({ refunded: 5_000, changes: [{ from: 1_500, to: 1_250 }] })
    await settle()
    await say('refunded', [some, rest])
    expect((await first()).rewards).toMatchObject({ proposal: 'take_back', refunded: 30_000 })
    // Nobody has decided yet when the refund is deleted: nothing is left to decide.
    await say('completed', [some])
    expect(await todos()).toEqual([])
    await say('completed', [])
    expect((await first()).rewards).toMatchObject({
      proposal: 'give_back',
      refunded: 0,
      changes: [{ from: 1_250, to: 1_500 }],
    })
    await settle()
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 1_500 })
    // A reversal stays one when its refund is deleted: staff only hear of it.
    await say('refunded', [some, rest])
    await settle()
    await say('completed', [some])
    expect((await first()).rewards).toMatchObject({ proposal: 'stays', changes: [] })
    await dismissTodo(world.ctx, (await first()).id)
    expect([await status(id), await todos()]).toEqual(['reversed', []])
  })
})

it('a dispute is a to-do with what taking everything back would do', async () => {
  await start('stripe')
  const campaign = await world.campaign(terms())
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const { id } = await world.referral(anna.id, priya)
  const created = () => Math.floor(test.clock.now() / 1_000)
  await play(
    () => ({
      id: 'evt_1',
      type: 'invoice.paid',
      created: created(),
      livemode: true,
      data: {
        object: {
          id: 'in_9',
          object: 'invoice',
          payment_intent: 'pi_1',
          amount_paid: 80_000,
          currency: 'usd',
          customer_name: priya.name,
          customer_email: priya.email,
        },
      },
    }),
    () => ({
      id: 'evt_2',
      type: 'charge.dispute.created',
      created: created(),
      livemode: true,
      data: {
        object: {
          id: 'dp_1',
          object: 'dispute',
          payment_intent: 'pi_1',
          charge: 'ch_1',
          amount: 80_000,
          currency: 'usd',
        },
      },
    }),
  )
  expect(await first()).toMatchObject({
    kind: 'dispute',
    rewards: { proposal: 'take_back', changes: [{ from: 4_000, to: 0 }] },
  })
  await settle()
  expect([await status(id), await todos()]).toEqual(['reversed', []])
})

it('whatever is refunded, failed and decided in whatever order, what remains is what the rest of the job would have paid', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('refund' as const), id: fc.nat(3), amount: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ do: fc.constant('settle' as const) }),
  )
  const side = fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }), holdDays: fc.constantFrom(0, 14) })
  await fc.assert(
    fc.asyncProperty(side, fc.array(step, { minLength: 1, maxLength: 6 }), async ({ basisPoints, holdDays }, steps) => {
      await start()
      const { anna, id } = await converted(terms({}, { advocate: percent(basisPoints), holdDays }))
      const byId = new Map<number, number>()
      for (const one of [...steps, { do: 'settle' as const }]) {
        if (one.do === 'settle') {
          if ((await todos()).length > 0) await settle({ notify: false })
          continue
        }
        byId.set(one.id, one.amount)
        await play(refund(`r${one.id}`, one.amount))
      }
      const left = Math.max(0, 80_000 - [...byId.values()].reduce((sum, amount) => sum + amount, 0))
      const naive = left === 0 ? 0 : Number((BigInt(left) * BigInt(basisPoints) * 2n + 10_000n) / 20_000n)
      const { available, held } = await balanceIn(world.ctx, anna.contactId, 'USD')
      expect(available + held).toBe((await status(id)) === 'reversed' ? 0 : naive)
    }),
    { numRuns: 12, ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}) },
  )
})
