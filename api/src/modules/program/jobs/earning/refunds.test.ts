import { Terms as TermsSchema } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { customer, percent, playByMinute as play, test, useJobsOfAnother, world } from '../../../../../test/jobWorld.ts'
import { converted, event, first, referral, refund, settle, status, terms, todos } from '../../../../../test/refunds.ts'
import { transaction } from '../../../../shared/context.ts'
import { balanceIn } from '../../../money/ledger/ledger.ts'
import { redeemCredit } from '../../../money/rewards/credit.ts'
import { messages } from '../../../platform/messages/messages.table.ts'
import { loadAdvocate } from '../../../surfaces/console/advocates.queries.ts'
import { updateCampaign } from '../../../surfaces/console/campaigns.ts'
import { loadReferral } from '../../../surfaces/console/referrals.detail.queries.ts'
import { convertReferral, reverseConversion } from '../../../surfaces/console/referrals.ts'
import { listRewards } from '../../../surfaces/console/rewards.queries.ts'
import { markEventDone } from '../attention.ts'
import { listJobEvents, loadJobEvent, summarizeJobEvents } from '../jobEvents.queries.ts'
import { pruneEvents } from '../jobs.jobs.ts'
import { dismissTodo } from './answers.ts'
import { jobsOfReferral } from './referralJobs.queries.ts'
import { closeOpenTodo, openOrUpdate } from './todos.ts'

useJobsOfAnother()

describe('a refund of a job that converted', () => {
  it('in full proposes a reversal, shows what it does, and does it with one tap of an admin', async () => {
    const { id, balance } = await converted()
    await play(refund('r1', 80_000))
    expect(await status(id)).toBe('converted')
    const todo = await first()
    expect(todo).toMatchObject({ kind: 'refund', reason: 'rewards_to_take_back', job: { state: 'refunded' } })
    expect(todo.rewards).toMatchObject({
      referralId: id,
      proposal: 'take_back',
      reverses: true,
      refunded: 80_000,
      changes: [{ name: 'Anna Kowalski', side: 'advocate', does: 'void', from: 4_000, to: 0, owed: 0 }],
    })
    expect((await jobsOfReferral(world.ctx, id)).items).toMatchObject([{ todo: { id: todo.id, kind: 'refund' } }])
    await expect(settle({}, await world.as('staff'))).rejects.toMatchObject({ code: 'forbidden' })
    await settle()
    expect([await status(id), (await balance()).available, await todos()]).toEqual(['reversed', 0, []])
    expect((await listJobEvents(world.ctx, { limit: 1, tab: 'needs_you' })).items).toEqual([])
  })

  it('in part takes the part by the terms of then: $400.00 of $800.00 back at 5% are $20.00 (C19)', async () => {
    const { campaign, anna, balance, id } = await converted()
    await updateCampaign(world.ctx, campaign.id, {
      termsVersion: 1,
      terms: TermsSchema.parse({ ...terms(), advocate: percent(1_000) }),
    })
    await play(refund('r1', 40_000))
    expect((await first()).rewards).toMatchObject({
      proposal: 'adjust',
      reverses: false,
      changes: [{ does: 'change', from: 4_000, to: 2_000 }],
    })
    await settle({}, await world.as('staff'))
    expect([await status(id), (await balance()).available]).toEqual(['converted', 2_000])
    expect(await loadAdvocate(world.ctx, anna.id)).toMatchObject({ earned: 2_000 })
    const queued = await test.services.database.read.select().from(messages)
    expect(
      queued.find((one) => one.template === 'reward_adjusted' && one.organizationId === world.organization.id)?.body,
    ).toContain('is now $20.00 instead of $40.00, because part of the job was refunded')
    // The rest comes off what is left.
    await play(refund('r2', 40_000))
    await settle()
    expect([await status(id), (await balance()).available]).toEqual(['reversed', 0])
  })

  it('never lets the total of the job itself take anything: only its refund does (C31)', async () => {
    const { id } = await converted()
    await play(() => event('job.invoiced', { customer, amount: 130_000 }))
    expect(await todos()).toEqual([])
    await play(() => event('job.invoiced', { customer, amount: 60_000 }), refund('r1', 20_000))
    expect((await todos()).map(({ rewards }) => rewards?.changes.map(({ from, to }) => [from, to]))).toEqual([
      [[4_000, 3_000]],
    ])
    expect((await loadReferral(world.ctx, id)).conversion?.jobValue).toBe(80_000)
  })

  it('after the credit was used is owed back, and said before; only an admin may', async () => {
    const { anna, balance } = await converted()
    await redeemCredit(world.ctx, anna.contactId, { amount: 3_500, note: 'Invoice 1' })
    await play(refund('r1', 40_000))
    expect((await first()).rewards?.changes).toMatchObject([{ from: 4_000, to: 2_000, owed: 1_500 }])
    await expect(settle()).rejects.toMatchObject({ code: 'credit_spent', facts: { shortfall: 1_500, currency: 'USD' } })
    await expect(settle({ confirmOwed: true }, await world.as('staff'))).rejects.toMatchObject({ code: 'forbidden' })
    await settle({ confirmOwed: true })
    expect(await balance()).toMatchObject({ available: 0, owed: 1_500 })
    // A second part, then everything: the debt is what was used beyond what is left.
    await play(refund('r2', 40_000))
    await settle({ confirmOwed: true })
    expect(await balance()).toMatchObject({ available: 0, owed: 3_500 })
  })

  it('leaves what was promised for the smaller job, and takes other amounts if staff say so', async () => {
    const side = { kind: 'credit', value: { type: 'fixed', amount: 2_000 } } as const
    const { balance, anna } = await converted(terms({}, { advocate: side, friend: { ...side, minJobValue: 50_000 } }))
    await play(refund('r1', 10_000))
    // $20.00 are $20.00 for the smaller job too.
    expect(await todos()).toEqual([])
    await play(refund('r2', 30_000))
    // The friend's needs a job of $500.00.
    expect((await first()).rewards?.changes.map(({ side, does, from, to }) => [side, does, from, to])).toEqual([
      ['advocate', 'nothing', 2_000, 2_000],
      ['friend', 'void', 2_000, 0],
    ])
    await settle({ amounts: { advocate: 700, friend: 2_000 } })
    expect((await balance()).available).toBe(700)
    const issued = await listRewards(world.ctx, { tab: 'issued', limit: 10 })
    expect(issued.items.map(({ amount }) => amount).sort()).toEqual([2_000, 700])
    expect(anna.contactId).not.toBe('')
  })

  it('keeps everything if staff leave it, and asks only about what is refunded after that', async () => {
    const { balance } = await converted()
    await play(refund('r1', 20_000))
    await dismissTodo(await world.as('staff'), (await first()).id)
    await play(refund('r1', 20_000))
    expect([(await balance()).available, await todos()]).toEqual([4_000, []])
    await play(refund('r2', 20_000))
    // $10.00 of the second $200.00, not of the first.
    expect((await first()).rewards?.changes).toMatchObject([{ from: 4_000, to: 3_000 }])
  })

  it('is settled by a campaign that says so, unless credit was used', async () => {
    const { balance, anna, id } = await converted(terms({ refunds: 'take_back' }))
    await play(refund('r1', 40_000))
    expect([(await balance()).available, await todos()]).toEqual([2_000, []])
    await redeemCredit(world.ctx, anna.contactId, { amount: 1_500, note: 'Invoice 1' })
    await play(refund('r2', 40_000))
    expect(await status(id)).toBe('converted')
    expect((await first()).rewards?.changes).toMatchObject([{ does: 'void', from: 2_000, owed: 1_500 }])
  })

  it('concerns what staff converted by hand without naming the job, and is over once they reverse it', async () => {
    const { id, anna } = await referral(terms({ convertAt: 'by_hand' }))
    await play(() => event('job.completed', { customer, amount: 80_000 }))
    await convertReferral(world.ctx, id, { jobValue: 80_000, notify: false })
    await play(() => event('job.invoiced', { customer, amount: 80_000 }), refund('r1', 80_000))
    expect((await first()).rewards).toMatchObject({ referralId: id, proposal: 'take_back' })
    await reverseConversion(world.ctx, id, 'Refunded')
    expect(await todos()).toEqual([])
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 0 })
  })

  it('stands in the feed until somebody decides, even once what was sent is deleted, and is counted there', async () => {
    await converted()
    await play(refund('r1', 80_000))
    const needYou = async () => {
      const { items } = await listJobEvents(world.ctx, { limit: 5, tab: 'needs_you' })
      expect((await summarizeJobEvents(world.ctx)).tabs.needs_you).toBe(items.length)
      return items
    }
    const [open] = await needYou()
    await expect(markEventDone(world.ctx, open?.id ?? '')).rejects.toMatchObject({ code: 'todo_open' })
    test.clock.advance(90 * 86_400_000 + 1)
    while ((await pruneEvents(test.services)) > 0);
    expect(await needYou()).toEqual([open])
    expect(await loadJobEvent(world.ctx, open?.id ?? '')).toMatchObject({ payload: null })
    await settle()
    expect(await needYou()).toEqual([])
    while ((await pruneEvents(test.services)) > 0);
    expect((await summarizeJobEvents(world.ctx)).total).toBe(0)
  })

  it('and a dispute that one event tells of both need a person until the second is decided', async () => {
    await converted()
    await play(() => ({ ...event('job.refunded', { refund: 'r1', amount: 80_000 }) }))
    const refunded = await first()
    const [needed] = (await listJobEvents(world.ctx, { limit: 1, tab: 'needs_you' })).items
    const about = {
      jobId: refunded.job.id,
      eventId: needed?.id ?? '',
      referralId: refunded.rewards?.referralId ?? null,
    }
    await transaction(world.ctx, (tx) =>
      openOrUpdate(tx, 'dispute', about, { reason: 'dispute_of_rewarded_job', facts: {} }),
    )
    await transaction(world.ctx, (tx) => closeOpenTodo(tx, refunded.job.id, 'refund'))
    expect((await summarizeJobEvents(world.ctx)).tabs.needs_you).toBe(1)
    await transaction(world.ctx, (tx) => closeOpenTodo(tx, refunded.job.id, 'dispute'))
    expect((await summarizeJobEvents(world.ctx)).tabs.needs_you).toBe(0)
  })

  it('counts only what comes after the conversion: $100.00 of $900.00 had gone back before', async () => {
    const { anna } = await referral(terms())
    await play(refund('r0', 10_000), () => event('job.invoiced', { customer, amount: 90_000 }))
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 4_000 })
    await play(refund('r1', 40_000))
    expect((await first()).rewards).toMatchObject({ refunded: 40_000, changes: [{ from: 4_000, to: 2_000 }] })
  })
})
