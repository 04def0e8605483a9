import { text } from 'node:stream/consumers'
import type { RepeatRewards, Terms } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { stranger } from '../../../../../test/harness.ts'
import {
  customer,
  eventOf,
  percent,
  playByMinute as play,
  priya,
  test,
  useJobsOfAnother,
  world,
} from '../../../../../test/jobWorld.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { adjustCredit } from '../../../money/rewards/credit.ts'
import { addressesOf } from '../../../people/contacts/contacts.ts'
import { listMessages } from '../../../platform/messages/messages.queries.ts'
import { ledgerOfContact } from '../../../surfaces/console/ledger.queries.ts'
import { loadReferral } from '../../../surfaces/console/referrals.detail.queries.ts'
import { exportReferrals } from '../../../surfaces/console/referrals.export.queries.ts'
import { reverseConversion } from '../../../surfaces/console/referrals.ts'
import { listRewards } from '../../../surfaces/console/rewards.queries.ts'
import { eraseContact } from '../../../surfaces/person/erasing.ts'
import { reportFunnel } from '../../../surfaces/reports/funnel.queries.ts'
import { listJobEvents } from '../jobEvents.queries.ts'
import { settleTodo } from './answers.ts'
import { jobsOfReferral } from './referralJobs.queries.ts'
import { listTodos } from './todos.queries.ts'

useJobsOfAnother()

const again = (limit: RepeatRewards['limit']): RepeatRewards => ({
  limit,
  advocate: percent(200),
  friend: { kind: 'none' },
})
const event = (type: string, job: string, data: object) => eventOf(job, type, data)
const invoiced = (job: string, amount: number) => event('job.invoiced', job, { customer, amount, invoice: `HS-${job}` })
const effects = async () => (await listJobEvents(world.ctx, { limit: 100 })).items.reverse().map((one) => one.effects)
const converted = async (limit?: RepeatRewards['limit'], more: Partial<Terms> = {}) => {
  const repeat = limit ? { repeat: again(limit) } : {}
  const jobs = { convertAt: 'invoiced', refunds: 'propose', ...repeat } as const
  const campaign = await world.campaign({ advocate: percent(500), friend: { kind: 'none' }, jobs, ...more })
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const { id } = await world.referral(anna.id, priya)
  await play(() => invoiced('1', 80_000))
  return { id, anna, balance: async () => (await balanceIn(world.ctx, anna.contactId, 'USD')).available }
}

describe('further jobs of a friend who has converted', () => {
  it('earn by terms of their own, once each, as often as the campaign says, and count for no tier', async () => {
    const { id, balance } = await converted(
      { type: 'times', times: 2 },
      { tiers: [{ from: 2, value: { type: 'fixed', amount: 99_999 } }] },
    )
    expect(await balance()).toBe(4_000)
    for (const job of ['2', '2', '3', '4']) await play(() => invoiced(job, 10_000))
    // 5% of $800.00, and twice 2% of $100.00.
    expect(await balance()).toBe(4_400)
    expect((await effects()).map((one) => one.map(({ reason }) => reason))).toEqual([
      ['converted'],
      ['rewarded_again'],
      [],
      ['rewarded_again'],
      ['times_used'],
    ])
    const { items } = await jobsOfReferral(world.ctx, id)
    expect(items.map(({ externalId, role, rewards }) => [externalId, role, rewards?.advocate])).toEqual([
      ['4', null, undefined],
      ['3', 'further', 200],
      ['2', 'further', 200],
      ['1', 'converted', 4_000],
    ])
    const { rewards } = await loadReferral(world.ctx, id)
    expect(rewards.map(({ job, amount, status }) => [job?.externalId ?? null, amount, status])).toEqual([
      [null, 4_000, 'issued'],
      ['2', 200, 'issued'],
      ['3', 200, 'issued'],
    ])
    const issued = await listRewards(world.ctx, { tab: 'issued', limit: 10 })
    expect(issued.items.map(({ amount, referral }) => [amount, referral.id, referral.friendName])).toEqual([
      [200, id, 'Priya Shah'],
      [200, id, 'Priya Shah'],
      [4_000, id, 'Priya Shah'],
    ])
    const csv = await text(await exportReferrals(world.ctx, { sort: 'newest' }))
    expect(csv.split('\r\n')[1]).toMatch(/,800\.00,40\.00,0\.00,.*,2,4\.00,0\.00$/)
    const { totals } = await reportFunnel(world.ctx, {})
    expect(totals).toMatchObject({ converted: 1, revenue: 100_000, advocateRewards: 4_400, friendRewards: 0 })
    const queued = await listMessages(world.ctx, { limit: 20 })
    expect(queued.items.filter(({ template }) => template === 'reward_earned')).toHaveLength(3)
  })

  it('earn for as many months as the campaign says, and nothing where it says nothing', async () => {
    const { balance } = await converted({ type: 'months', months: 1 })
    test.clock.advance(40 * 86_400_000)
    await play(() => invoiced('2', 10_000))
    expect([(await effects()).at(-1)?.[0]?.reason, await balance()]).toEqual(['term_over', 4_000])
  })

  it('keep to the budget', async () => {
    const { balance } = await converted({ type: 'times', times: 9 }, { budget: 4_150 })
    await play(() => invoiced('2', 10_000))
    expect(await balance()).toBe(4_150)
  })

  it('are taken back with their own refund, and no other with them', async () => {
    const { id, anna, balance } = await converted({ type: 'times', times: 9 })
    await play(() => invoiced('2', 10_000))
    await play(() => event('job.refunded', '2', { refund: 'r1', amount: 5_000 }))
    const settle = async () => {
      const [todo] = (await listTodos(world.ctx, { limit: 5 })).items
      const refunded = todo?.rewards?.refunded ?? 0
      const given = { refunded, amounts: {}, reason: 'Refunded', confirmOwed: false, notify: false }
      await settleTodo(world.ctx, todo?.id ?? '', given)
      return todo
    }
    expect((await settle())?.rewards).toMatchObject({ reverses: false, changes: [{ from: 200, to: 100 }] })
    expect(await balance()).toBe(4_100)
    // The first job: others have earned by the conversion, so it stands, and only its own reward goes.
    await play(() => event('job.refunded', '1', { refund: 'r2', amount: 80_000 }))
    expect((await settle())?.rewards).toMatchObject({ reverses: false, changes: [{ from: 4_000, to: 0 }] })
    expect(await balance()).toBe(100)
    await play(() => event('job.refunded', '2', { refund: 'r3', amount: 5_000 }))
    // Now nothing stands anymore.
    expect((await settle())?.rewards).toMatchObject({ changes: [{ from: 100, to: 0 }] })
    expect(await balance()).toBe(0)
    const lines = (await ledgerOfContact(world.ctx, anna.contactId, { limit: 20 })).items
    expect(lines.map(({ label, available }) => [label, available])).toContainEqual([
      'Reward for Priya Shah, taken back',
      -100,
    ])
    expect(lines.map(({ referralId }) => referralId)).toEqual(lines.map(() => id))
  })

  it('lose what they earned when the conversion is reversed', async () => {
    const { id, balance } = await converted({ type: 'times', times: 9 })
    await play(() => invoiced('2', 10_000))
    await reverseConversion(world.ctx, id, 'Referred by somebody else')
    expect(await balance()).toBe(0)
    await play(() => event('job.refunded', '2', { refund: 'r1', amount: 10_000 }))
    expect((await listTodos(world.ctx, { limit: 5 })).items).toEqual([])
  })

  it('of somebody whose data was erased earn nothing', async () => {
    const { balance, id } = await converted({ type: 'times', times: 9 })
    const [job] = (await jobsOfReferral(world.ctx, id)).items
    const [first] = (await listJobEvents(world.ctx, { limit: 1 })).items
    expect(job?.role).toBe('converted')
    await eraseContact(world.ctx, first?.contact?.id ?? '', 'Priya Shah')
    await play(() => invoiced('2', 10_000))
    expect(await balance()).toBe(4_000)
  })
})

describe('credit that an invoice used', () => {
  it('is recorded once, and somebody is asked if there is not that much', async () => {
    const { anna, balance } = await converted()
    await adjustCredit(world.ctx, anna.contactId, { amount: 1_000, note: 'Thanks' })
    const [address] = await addressesOf(world.ctx, anna.contactId)
    const who = { name: 'Anna Kowalski', email: address?.value ?? '' }
    const ofAnna = (job: string, creditApplied: number) =>
      event('job.invoiced', job, { customer: who, amount: 9_000, creditApplied })
    await play(() => ofAnna('9', 3_000))
    await play(() => ofAnna('9', 3_000))
    expect(await balance()).toBe(2_000)
    await play(() => ofAnna('10', 2_500))
    expect(await balance()).toBe(2_000)
    const [event1] = (await listJobEvents(world.ctx, { limit: 1, tab: 'needs_you' })).items
    expect(event1?.effects).toContainEqual({
      reason: 'credit_not_enough',
      facts: { amount: 2_500, currency: 'USD', shortfall: 500 },
    })
  })
})
