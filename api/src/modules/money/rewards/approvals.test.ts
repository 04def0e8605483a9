import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { annasRewards, codeOf } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { uploadCodes } from '../../program/campaigns/codePool.ts'
import { listCodes, listPools } from '../../surfaces/console/pool.queries.ts'
import { convertReferral, reverseConversion } from '../../surfaces/console/referrals.ts'
import { summarizeRewards } from '../../surfaces/console/rewards.queries.ts'
import { fulfillReward } from '../../surfaces/console/rewards.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { approveRewards, rejectRewards } from './approvals.ts'
import { releaseDueRewards } from './rewards.jobs.ts'

const day = 86_400_000
const off = (source: 'pool' | 'generated') =>
  ({ kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source }) as const

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})

const { play, tab, mails } = annasRewards(() => ({ test, world }))

describe('rewards that staff approve', () => {
  const onlyAdvocate = { friend: { kind: 'none' }, approval: 'staff' } as const

  it('hold the credit until they are approved, however late that is', async () => {
    const { anna } = await play(onlyAdvocate)
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 0, held: 5_000 })
    expect((await mails('reward_earned'))[0]?.body).toContain('We’ll review it first')
    test.clock.advance(40 * day)
    await releaseDueRewards(test.services)
    const [reward] = await tab('to_approve')
    expect(reward).toMatchObject({ waits: 'approval', amount: 5_000, contact: { id: anna } })
    expect(await approveRewards(await world.as('staff'), [reward?.id ?? ''])).toEqual({ done: 1, skipped: 0 })
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 5_000, held: 0 })
    expect(await mails('reward_released')).toHaveLength(1)
  })

  it('stay on hold until their date if they are approved before it', async () => {
    const { anna } = await play({ ...onlyAdvocate, holdDays: 14 })
    const [reward] = await tab('to_approve')
    await approveRewards(world.ctx, [reward?.id ?? ''])
    expect((await tab('waiting')).map(({ waits }) => waits)).toEqual(['hold'])
    test.clock.advance(15 * day)
    await releaseDueRewards(test.services)
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 5_000, held: 0 })
  })

  it('are rejected with a reason: the held credit is reversed and the advocate is told why', async () => {
    const { anna, campaign } = await play(onlyAdvocate, 2)
    const ids = (await tab('to_approve')).map(({ id }) => id)
    await rejectRewards(world.ctx, { ids: ids.slice(0, 1), reason: 'Paid in cash already', notify: true })
    await rejectRewards(world.ctx, { ids: ids.slice(1), reason: 'Paid in cash already', notify: false })
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 0, held: 0 })
    expect((await mails('reward_refused')).map(({ body }) => body)).toEqual([
      expect.stringContaining('Paid in cash already'),
    ])
    expect(await summarizeRewards(world.ctx, { campaignId: campaign.id })).toMatchObject({ to_approve: 0, voided: 2 })
    expect((await tab('voided'))[0]).toMatchObject({ reason: 'Paid in cash already', decidedBy: 'Maya Ortiz' })
  })

  it('are decided once, whoever is first, many at a time', async () => {
    const { anna } = await play(onlyAdvocate, 3)
    const ids = (await tab('to_approve')).map(({ id }) => id)
    const outcomes = await Promise.all([
      approveRewards(world.ctx, [...ids, ...ids]),
      rejectRewards(world.ctx, { ids, reason: 'No', notify: true }),
      approveRewards(world.ctx, ids),
    ])
    expect(outcomes).toEqual([
      { done: 3, skipped: 0 },
      { done: 0, skipped: 3 },
      { done: 0, skipped: 3 },
    ])
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 15_000, held: 0 })
  })

  it('can be reversed while they wait and after they were rejected', async () => {
    const { anna, jobs } = await play(onlyAdvocate, 2)
    const [first] = await tab('to_approve')
    await rejectRewards(world.ctx, { ids: [first?.id ?? ''], reason: 'No', notify: false })
    for (const job of jobs) await reverseConversion(world.ctx, job, 'Refunded')
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 0, held: 0 })
  })
})

describe('discount codes', () => {
  it('are generated when due, one per reward, and included in the email', async () => {
    await play({ advocate: off('generated'), friend: off('generated') }, 3)
    const codes = (await tab('issued')).map(({ code }) => code)
    expect(codes).toHaveLength(6)
    expect(new Set(codes).size).toBe(6)
    for (const code of codes) expect(code).toMatch(/^[A-Z2-9]{3}-[A-Z2-9]{4}$/)
    const bodies = [...(await mails('reward_earned')), ...(await mails('friend_welcome'))].map(({ body }) => body)
    expect(bodies.every((body) => codes.some((code) => body.includes(`Your code: ${code}`)))).toBe(true)
  })

  it('come from the pool, oldest first; if the pool is empty, the reward waits and staff are notified', async () => {
    const { campaign } = await play({ advocate: off('pool'), friend: { kind: 'none' } }, 2)
    expect((await tab('waiting')).map(({ waits }) => waits)).toEqual(['code', 'code'])
    expect(await mails('codes_needed_staff')).toHaveLength(2)
    await releaseDueRewards(test.services)
    const uploaded = await uploadCodes(world.ctx, campaign.id, {
      codes: ['SPRING-1', ' SPRING-2 ', 'SPRING-1', '', 'SPRING-3'],
    })
    expect(uploaded).toMatchObject({ added: 3, given: 2, duplicates: ['SPRING-1'], invalid: [] })
    expect((await mails('reward_code')).map(({ body }) => body)).toEqual([
      expect.stringContaining('SPRING-1'),
      expect.stringContaining('SPRING-2'),
    ])
    const pool = await listCodes(world.ctx, campaign.id, { limit: 20 })
    expect([pool.left, pool.given, pool.waiting]).toEqual([1, 2, 0])
    const all = {
      campaign: { id: campaign.id, name: campaign.name },
      left: 1,
      given: 2,
      over: 0,
      waiting: 0,
      warning: 'low',
    }
    expect((await listPools(world.ctx)).items).toEqual([all])
    expect(pool.items.map(({ code, givenTo }) => [code, givenTo?.name ?? null])).toEqual([
      ['SPRING-3', null],
      ['SPRING-2', 'Anna Kowalski'],
      ['SPRING-1', 'Anna Kowalski'],
    ])
  })

  it('are assigned one each when fifty friends convert at once', async () => {
    const campaign = await world.campaign({ advocate: off('pool'), friend: { kind: 'none' } })
    const advocate = await world.advocate(campaign.id)
    await uploadCodes(world.ctx, campaign.id, { codes: Array.from({ length: 40 }, (_, n) => `CODE-${n}`) })
    const referrals = []
    for (let n = 0; n < 50; n += 1) referrals.push(await world.referral(advocate.id))
    await Promise.all(referrals.map(({ id }) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })))
    const { items, given } = await listCodes(world.ctx, campaign.id, { state: 'given', limit: 100 })
    expect([given, new Set(items.map(({ code }) => code)).size]).toEqual([40, 40])
    expect((await tab('waiting')).map(({ waits }) => waits)).toEqual(Array(10).fill('code'))
  })

  it('are taken from the pool only after approval and the hold', async () => {
    const terms = { advocate: off('pool'), friend: { kind: 'none' }, approval: 'staff', holdDays: 3 } as const
    const { campaign } = await play(terms)
    await uploadCodes(world.ctx, campaign.id, { codes: ['ONLY-ONE'] })
    const [reward] = await tab('to_approve')
    await approveRewards(world.ctx, [reward?.id ?? ''])
    expect((await listCodes(world.ctx, campaign.id, { limit: 5 })).left).toBe(1)
    test.clock.advance(4 * day)
    await releaseDueRewards(test.services)
    expect((await tab('issued')).map(({ code }) => code)).toEqual(['ONLY-ONE'])
  })
})

describe('rewards that staff fulfill', () => {
  it("are marked by staff, once; credit isn't", async () => {
    await play({ advocate: { kind: 'custom', text: 'A bottle of wine' } })
    const issued = await tab('issued')
    const wine = issued.find(({ kind }) => kind === 'custom')?.id ?? ''
    const credit = issued.find(({ kind }) => kind === 'credit')?.id ?? ''
    expect(await fulfillReward(await world.as('staff'), wine)).toMatchObject({
      status: 'redeemed',
      decidedBy: 'Stan Staff',
    })
    expect(await fulfillReward(world.ctx, wine).catch(codeOf)).toBe('reward_settled')
    expect(await fulfillReward(world.ctx, credit).catch(codeOf)).toBe('reward_settled')
  })
})
