import type { JobEffect, JobRules, Terms } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { stranger } from '../../../../../test/harness.ts'
import { processEvents } from '../../../../../test/inbound.ts'
import {
  customer,
  eventOf,
  play,
  priya,
  send,
  start,
  test,
  useJobsOfAnother,
  world,
} from '../../../../../test/jobWorld.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { loadReferral } from '../../../surfaces/console/referrals.detail.queries.ts'
import { convertReferral, declineReferral } from '../../../surfaces/console/referrals.ts'
import { listJobEvents } from '../jobEvents.queries.ts'
import { convertByTodo, dismissTodo } from './answers.ts'
import { jobsOfReferral } from './referralJobs.queries.ts'
import { listTodos } from './todos.queries.ts'

useJobsOfAnother()

const rules = (jobs: Partial<JobRules> = {}): Partial<Terms> => ({
  jobs: { convertAt: 'invoiced', refunds: 'propose', ...jobs },
})
const event = (type: string, data: object, minutesAgo = 1) => eventOf('4452', type, data, minutesAgo)
const invoiced = (data: object = {}, minutesAgo = 1) =>
  event('job.invoiced', { customer, amount: 84_000, invoice: 'HS-1042', ...data }, minutesAgo)
const referral = async (terms: Partial<Terms> = rules(), name = 'Anna Kowalski', more = {}) => {
  const campaign = await world.campaign(terms, { name: `Campaign of ${name}`, ...more })
  const advocate = await world.advocate(campaign.id, stranger(name))
  return { campaign, advocate, id: (await world.referral(advocate.id, priya)).id }
}
const effects = async (): Promise<JobEffect[]> =>
  (await listJobEvents(world.ctx, { limit: 100 })).items.reverse().flatMap((one) => one.effects)
const status = async (id: string) => (await loadReferral(world.ctx, id)).status
const todos = async () => (await listTodos(world.ctx, { limit: 20 })).items

describe('a job of a friend', () => {
  it('converts the referral with its value, invoice and day, as staff would', async () => {
    const anna = await referral()
    await play(event('job.completed', { customer, amount: 80_000 }), invoiced())
    // 5% of $840.00 = $42.00
    expect(await effects()).toEqual([
      { reason: 'trigger_not_reached', facts: { convertAt: 'invoiced' } },
      {
        reason: 'converted',
        facts: { referralId: anna.id, advocateAmount: 4_200, friendAmount: 2_000, currency: 'USD' },
      },
    ])
    const shown = await loadReferral(world.ctx, anna.id)
    expect(shown.conversion).toMatchObject({ jobValue: 84_000, invoice: 'HS-1042', convertedBy: null })
    expect(shown.timeline.at(-1)).toMatchObject({ status: 'converted', by: 'Goodword' })
    expect(await balanceIn(world.ctx, anna.advocate.contactId, 'USD')).toMatchObject({ available: 4_200 })
    expect((await jobsOfReferral(world.ctx, anna.id)).items).toMatchObject([
      {
        externalId: '4452',
        role: 'converted',
        rewards: { advocate: 4_200, friend: 2_000, currency: 'USD' },
        why: null,
      },
    ])
  })

  it('converts once, whoever is first: two events at once, or staff while the event arrives', async () => {
    const anna = await referral()
    for (const minutesAgo of [1, 1, 2]) await send(invoiced({}, minutesAgo))
    await Promise.all([processEvents(test.services), processEvents(test.services)])
    expect((await effects()).filter(({ reason }) => reason === 'converted')).toHaveLength(1)
    expect(await balanceIn(world.ctx, anna.advocate.contactId, 'USD')).toMatchObject({ available: 4_200 })

    const other = stranger('Leo Moreau')
    const byHand = await world.referral(anna.advocate.id, other)
    await send(event('job.invoiced', { job: '77', customer: { name: other.name, email: other.email }, amount: 40_000 }))
    const [staff] = await Promise.allSettled([
      convertReferral(world.ctx, byHand.id, { jobValue: 40_000, notify: false }),
      processEvents(test.services),
    ])
    expect(staff.status === 'fulfilled' || staff.reason.code === 'conversion_differs').toBe(true)
    // 5% of $840.00 and of $400.00, each once; the job is that of the conversion, whoever made it.
    expect(await balanceIn(world.ctx, anna.advocate.contactId, 'USD')).toMatchObject({ available: 6_200 })
    expect((await jobsOfReferral(world.ctx, byHand.id)).items).toMatchObject([{ externalId: '77', role: 'converted' }])
  })

  it('rejects rivals as the campaign says, and asks where it says to choose', async () => {
    const first = await referral(rules(), 'Anna Kowalski', { attribution: 'first' })
    const marcus = await world.advocate(first.campaign.id, stranger('Marcus Tate'))
    test.clock.advance(1_000)
    const second = await world.referral(marcus.id, priya)
    await play(invoiced())
    expect([await status(first.id), await status(second.id)]).toEqual(['converted', 'expired'])
  })

  it('asks who sent the friend if several did, and converts the one that is chosen', async () => {
    const anna = await referral()
    const marcus = await world.advocate(anna.campaign.id, stranger('Marcus Tate'))
    test.clock.advance(1_000)
    const byMarcus = await world.referral(marcus.id, priya)
    await play(invoiced())
    const [todo] = await todos()
    expect(todo).toMatchObject({
      kind: 'conversion',
      reason: 'several_advocates',
      contact: { name: 'Priya Shah' },
      job: { externalId: '4452', value: 84_000 },
      choices: [
        { referralId: anna.id, advocateName: 'Anna Kowalski', jobValue: 84_000 },
        { referralId: byMarcus.id, advocateName: 'Marcus Tate', jobValue: 84_000 },
      ],
    })
    expect((await listJobEvents(world.ctx, { limit: 1, tab: 'needs_you' })).items).toHaveLength(1)
    // The question is asked once, however often the job is said.
    await play(invoiced({ amount: 90_000 }, 0))
    expect(await todos()).toHaveLength(1)
    const staff = await world.as('staff')
    await convertByTodo(staff, todo?.id ?? '', { referralId: byMarcus.id, notify: false })
    expect([await status(anna.id), await status(byMarcus.id)]).toEqual(['expired', 'converted'])
    expect(await todos()).toEqual([])
    expect((await listJobEvents(world.ctx, { limit: 1, tab: 'needs_you' })).items).toEqual([])
    await expect(convertByTodo(staff, todo?.id ?? '', { referralId: anna.id, notify: false })).rejects.toMatchObject({
      code: 'todo_closed',
    })
  })

  it('asks in which campaign, for the value that is missing, and in another currency', async () => {
    const anna = await referral()
    await referral(rules(), 'Marcus Tate')
    await play(invoiced())
    expect(await todos()).toMatchObject([
      { reason: 'several_campaigns', choices: [{ campaign: {} }, { campaign: {} }] },
    ])
    // Staff who convert it by hand have answered.
    await convertReferral(world.ctx, anna.id, { jobValue: 84_000, notify: false })
    expect(await todos()).toEqual([])

    await start()
    const only = await referral()
    await play(event('job.invoiced', { customer }))
    const [missing] = await todos()
    expect(missing).toMatchObject({ reason: 'value_missing', choices: [{ jobValueRequired: true, jobValue: null }] })
    await expect(
      convertByTodo(world.ctx, missing?.id ?? '', { referralId: only.id, notify: false }),
    ).rejects.toMatchObject({ code: 'job_value_required' })
    // A value that comes later decides it.
    await play(invoiced())
    expect(await todos()).toEqual([])
    expect(await status(only.id)).toBe('converted')
  })

  it('never converts in another currency by itself: a EUR job waits for staff to say what it is in dollars (C25)', async () => {
    const anna = await referral()
    await play(invoiced({ currency: 'EUR' }))
    const [todo] = await todos()
    expect(todo).toMatchObject({
      reason: 'other_currency',
      facts: { currency: 'EUR', campaignCurrency: 'USD' },
      choices: [{ currency: 'USD', jobValue: null }],
    })
    await convertByTodo(world.ctx, todo?.id ?? '', { referralId: anna.id, jobValue: 90_000, notify: false })
    expect((await loadReferral(world.ctx, anna.id)).conversion).toMatchObject({ jobValue: 90_000, currency: 'USD' })
  })

  it('leaves a job alone once staff have said so', async () => {
    const anna = await referral()
    await play(invoiced({ currency: 'EUR' }))
    await dismissTodo(world.ctx, (await todos())[0]?.id ?? '')
    await play(invoiced({ currency: 'EUR', amount: 90_000 }, 0))
    expect((await effects()).at(-1)).toEqual({ reason: 'staff_decided', facts: {} })
    expect([await status(anna.id), await todos()]).toEqual(['pending', []])
  })

  it('is no question anymore once its last choice was declined', async () => {
    const anna = await referral()
    await play(invoiced({ currency: 'EUR' }))
    await declineReferral(world.ctx, anna.id, 'No sale', null)
    expect(await todos()).toEqual([])
  })
})

describe('a job converts nothing, and says why, in the feed and on the referral', () => {
  const reasonFor = async (terms: Partial<Terms>, more: object, ...bodies: unknown[]) => {
    const { id } = await referral(terms, 'Anna Kowalski', more)
    await play(...bodies)
    expect(await status(id)).toBe('pending')
    const [job] = (await jobsOfReferral(world.ctx, id)).items
    const last = (await effects()).at(-1)
    expect(job?.why).toEqual(last)
    return last
  }

  it('below the smallest job that counts', async () => {
    const side = { kind: 'credit', value: { type: 'fixed', amount: 1_000 }, minJobValue: 10_000 } as const
    const terms = { ...rules(), advocate: side, friend: side }
    expect(await reasonFor(terms, {}, invoiced({ amount: 6_000 }))).toMatchObject({
      reason: 'below_minimum',
      facts: { value: 6_000, minimum: 10_000, currency: 'USD' },
    })
  })

  it('for nothing, before its trigger, by hand, and when it was canceled', async () => {
    expect(await reasonFor(rules(), {}, invoiced({ amount: 0 }))).toEqual({ reason: 'value_zero', facts: {} })
  })

  it('where staff convert', async () => {
    expect(await reasonFor({}, {}, invoiced())).toEqual({ reason: 'converts_by_hand', facts: {} })
  })

  it('after its full refund, which came before its invoice', async () => {
    const refund = event('job.refunded', { refund: 'r1', amount: 84_000 }, 5)
    expect(await reasonFor(rules(), {}, refund, invoiced({}, 10))).toEqual({ reason: 'job_refunded', facts: {} })
  })

  it('from before the connection, or heard of after a week', async () => {
    expect(await reasonFor(rules(), {}, invoiced({}, 3_000))).toMatchObject({ reason: 'before_connection' })
    await send(invoiced({ job: '9' }))
    test.clock.advance(8 * 86_400_000)
    await play(event('job.invoiced', { job: '10', customer, amount: 100 }, 8 * 24 * 60 - 1))
    expect((await effects()).map(({ reason }) => reason)).toContain('finished_long_ago')
  })

  it('of a customer whom nobody referred', async () => {
    await play(invoiced({ customer: { name: 'Ed Castellano', email: 'ed@mail.example' } }))
    expect(await effects()).toEqual([{ reason: 'no_referral', facts: {} }])
  })
})
