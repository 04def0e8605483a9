import { describe, expect, it } from 'vitest'
import { processEvents } from '../../../../../test/inbound.ts'
import {
  customer,
  eventOf,
  percent,
  playByMinute,
  send,
  test,
  useJobsOfAnother,
  world,
} from '../../../../../test/jobWorld.ts'
import { converted, first, referral, refund, status, terms, todos } from '../../../../../test/refunds.ts'
import { AppError } from '../../../../shared/errors.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { reverseConversion } from '../../../surfaces/console/referrals.ts'
import { deleteReferral } from '../../conversions/removal.ts'
import { listJobEvents } from '../jobEvents.queries.ts'
import { convertByTodo, dismissTodo, settleTodo } from './answers.ts'

useJobsOfAnother()

const repeat = { limit: { type: 'times', times: 9 }, advocate: percent(200), friend: { kind: 'none' } } as const
const effects = async () =>
  (await listJobEvents(world.ctx, { limit: 100 })).items.flatMap((one) => one.effects.map(({ reason }) => reason))
const invoiced = (job: string, amount: number) => eventOf(job, 'job.invoiced', { customer, amount })
/** Both begin at once, in this order; a refusal is an answer like any other. */
const atOnce = async (...works: (() => Promise<unknown>)[]): Promise<string[]> => {
  const ends = await Promise.allSettled(works.map((work) => work()))
  return ends.map((end) => {
    if (end.status === 'fulfilled') return 'done'
    if (end.reason instanceof AppError) return end.reason.code
    throw end.reason
  })
}
const process = () => processEvents(test.services)
const settleAs = async (more: Partial<Parameters<typeof settleTodo>[2]> = {}) => {
  const { id, rewards } = await first()
  const given = { refunded: rewards?.refunded ?? 0, amounts: {}, reason: 'Refunded', confirmOwed: false, notify: false }
  return () => settleTodo(world.ctx, id, { ...given, ...more })
}

describe('at the same moment', () => {
  it('one job told twice, under one id and under another, converts once and earns again once', async () => {
    const { anna } = await referral(terms({ repeat }))
    const available = async () => (await balanceIn(world.ctx, anna.contactId, 'USD')).available
    for (const [job, amount, sum] of [
      ['1', 80_000, 4_000],
      ['2', 10_000, 4_200],
    ] as const) {
      test.clock.advance(60_000)
      const body = invoiced(job, amount)
      await Promise.all([send(body, { id: `a${job}` }), send(body, { id: `a${job}` }), send(body, { id: `b${job}` })])
      await Promise.all([process(), process()])
      // 5% of $800.00, then 2% of $100.00.
      expect(await available()).toBe(sum)
    }
    expect((await effects()).sort()).toEqual(['converted', 'rewarded_again'])
  })

  it.each(['staff', 'the refund'])('a refund arrives and staff reverse, %s first: taken back once', async (who) => {
    const { id, balance } = await converted(terms({ refunds: 'take_back' }))
    test.clock.advance(60_000)
    await send(refund('r1', 80_000)())
    const reverse = () => reverseConversion(world.ctx, id, 'Not theirs')
    const ends = await atOnce(...(who === 'staff' ? [reverse, process] : [process, reverse]))
    expect(ends.filter((end) => end !== 'done')).toEqual(
      ends.includes('transition_not_allowed') ? ['transition_not_allowed'] : [],
    )
    expect([await status(id), (await balance()).available, await todos()]).toEqual(['reversed', 0, []])
  })

  it.each(['staff', 'the job'])(
    'a job converts and staff remove the referral, %s first: nothing is earned',
    async (who) => {
      const { id, anna } = await referral()
      test.clock.advance(60_000)
      await send(invoiced('1', 80_000))
      const remove = () => deleteReferral(world.ctx, id, { reason: 'Wrong person', confirmOwed: false })
      const ends = await atOnce(...(who === 'staff' ? [remove, process] : [process, remove]))
      expect(ends).toEqual(['done', 'done'])
      expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 0, held: 0, owed: 0 })
      await expect(status(id)).rejects.toMatchObject({ code: 'not_found' })
      expect(await todos()).toEqual([])
    },
  )

  it('the rewards are taken back in two tabs: once, and the second is told', async () => {
    const { id, balance } = await converted()
    await playByMinute(refund('r1', 80_000))
    const settle = await settleAs()
    expect(await atOnce(settle, settle)).toEqual(['done', 'todo_closed'])
    expect([await status(id), (await balance()).available]).toEqual(['reversed', 0])
  })

  it('one tab takes a part back and another leaves everything: whoever is first', async () => {
    const { balance } = await converted()
    await playByMinute(refund('r1', 20_000))
    const { id } = await first()
    expect(await atOnce(await settleAs(), () => dismissTodo(world.ctx, id))).toEqual(['done', 'todo_closed'])
    // 5% of $600.00
    expect((await balance()).available).toBe(3_000)
    await playByMinute(refund('r2', 20_000))
    const { id: next } = await first()
    expect(await atOnce(() => dismissTodo(world.ctx, next), await settleAs())).toEqual(['done', 'todo_closed'])
    expect([(await balance()).available, await todos()]).toEqual([3_000, []])
  })

  it('more is refunded while staff confirm what they saw: never what they did not see', async () => {
    const { balance } = await converted()
    await playByMinute(refund('r1', 20_000))
    const settle = await settleAs()
    test.clock.advance(60_000)
    await send(refund('r2', 20_000)())
    const [, confirmed] = await atOnce(process, settle)
    // Either the first refund is settled and the second is left to decide, or both are.
    const left = (await first()).rewards
    expect([confirmed, (await balance()).available, left?.refunded]).toEqual(
      confirmed === 'done' ? ['done', 3_000, 40_000] : ['todo_changed', 4_000, 40_000],
    )
  })

  it('two people answer who sent the friend: one referral converts', async () => {
    const { id, anna, campaign } = await referral()
    const marcus = await world.advocate(campaign.id, { name: 'Marcus Tate', email: 'marcus@mail.example' })
    test.clock.advance(1_000)
    const other = await world.referral(marcus.id, { name: 'Priya Shah', email: customer.email })
    await playByMinute(() => invoiced('1', 80_000))
    const todo = await first()
    const convert = (referralId: string) => () => convertByTodo(world.ctx, todo.id, { referralId, notify: false })
    expect(await atOnce(convert(id), convert(other.id))).toEqual(['done', 'todo_closed'])
    expect([await status(id), await status(other.id)]).toEqual(['converted', 'expired'])
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 4_000 })
  })
})
