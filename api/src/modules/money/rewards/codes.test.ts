import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { annasRewards } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { previewUpload, uploadCodes } from '../../program/campaigns/codePool.ts'
import { retireOldCodes } from '../../program/campaigns/codesOver.jobs.ts'
import { listCodes, listPools } from '../../surfaces/console/pool.queries.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { summarizeRewards } from '../../surfaces/console/rewards.queries.ts'
import { releaseDueRewards } from './rewards.jobs.ts'

const day = 86_400_000
const fromPool = {
  friend: { kind: 'none' },
  advocate: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'pool' },
} as const

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})
const { tab, mails } = annasRewards(() => ({ test, world }))

const codesIn = async (campaignId: string, state?: 'left' | 'given' | 'over') =>
  (await listCodes(world.ctx, campaignId, { limit: 100, state })).items.map(({ code }) => code)
const convertOne = async (advocateId: string) => {
  const { id } = await world.referral(advocateId)
  await convertReferral(world.ctx, id, { jobValue: 100_000, notify: true })
}

describe('a list of codes', () => {
  const list = { codes: ['\uFEFF SAVE-1 ', 'save-1', '007', '1E+10', ''] }

  it('is shown before it is added: case and spaces don’t matter, and what a spreadsheet changed stays out (C55)', async () => {
    const campaign = await world.campaign(fromPool)
    const answer = { added: 2, given: 0, duplicates: ['save-1'], invalid: [], damaged: ['1E+10'], over: [] }
    expect(await previewUpload(world.ctx, campaign.id, list)).toEqual(answer)
    expect(await codesIn(campaign.id)).toEqual([])
    expect(await uploadCodes(world.ctx, campaign.id, list)).toEqual(answer)
    expect((await codesIn(campaign.id)).sort()).toEqual(['007', 'SAVE-1'])
    const again = { codes: ['s a v e-1', '1E+10'], includeDamaged: true }
    const second = { added: 1, given: 0, duplicates: ['s a v e-1'], invalid: [], damaged: [], over: [] }
    expect(await previewUpload(world.ctx, campaign.id, again)).toEqual(second)
    expect(await uploadCodes(world.ctx, campaign.id, again)).toEqual(second)
  })

  it('of 500 that two tabs upload at once is 500 codes (C56)', async () => {
    const [one, other] = [await world.campaign(fromPool), await world.campaign(fromPool)]
    const codes = Array.from({ length: 500 }, (_, n) => `spring-${n}`)
    const [first, second] = await Promise.all([
      uploadCodes(world.ctx, one.id, { codes }),
      uploadCodes(world.ctx, other.id, { codes: codes.map((code) => code.toUpperCase()) }),
    ])
    expect([first.added + second.added, first.duplicates.length + second.duplicates.length]).toEqual([500, 500])
    const { items } = await listPools(world.ctx)
    expect(items.reduce((sum, { left }) => sum + left, 0)).toBe(500)
  })
})

describe('a code with a last day', () => {
  it('is given until that day ends where the business is, then the next one is, and it is over (C58)', async () => {
    // It is June 1, 9:00 in Los Angeles.
    const campaign = await world.campaign(fromPool)
    const { id } = await world.advocate(campaign.id)
    const upload = {
      codes: [{ code: 'ENDS-JUNE-3', lastDay: '2026-06-03' }, { code: 'ENDS-TOO', lastDay: '2026-06-03' }, 'STAYS'],
    }
    await uploadCodes(world.ctx, campaign.id, upload)
    expect(
      (await uploadCodes(world.ctx, campaign.id, { codes: [{ code: 'OLD', lastDay: '2026-05-31' }] })).over,
    ).toEqual(['OLD'])
    test.clock.set(Date.parse('2026-06-04T06:59:00Z'))
    await convertOne(id)
    expect((await tab('issued')).map(({ code }) => code)).toEqual(['ENDS-JUNE-3'])
    expect(await retireOldCodes(test.services)).toBe(0)
    test.clock.set(Date.parse('2026-06-04T07:00:00Z'))
    await convertOne(id)
    expect((await tab('issued')).map(({ code }) => code)).toEqual(['STAYS', 'ENDS-JUNE-3'])
    expect(await retireOldCodes(test.services)).toBe(1)
    expect(await listCodes(world.ctx, campaign.id, { limit: 5 })).toMatchObject({ left: 0, given: 2, over: 1 })
    expect([await codesIn(campaign.id, 'left'), await codesIn(campaign.id, 'over')]).toEqual([[], ['ENDS-TOO']])
  })

  it('that is over leaves its reward waiting for the next upload, and keeps no other reward waiting', async () => {
    const terms = { ...fromPool, holdDays: 2 } as const
    const [ending, lasting] = [await world.campaign(terms), await world.campaign(terms)]
    await uploadCodes(world.ctx, ending.id, { codes: [{ code: 'A-1', lastDay: '2026-06-02' }] })
    await uploadCodes(world.ctx, lasting.id, { codes: ['B-1'] })
    await convertOne((await world.advocate(ending.id)).id)
    await convertOne((await world.advocate(lasting.id)).id)
    test.clock.advance(3 * day)
    await releaseDueRewards(test.services)
    expect((await tab('issued')).map(({ code }) => code)).toEqual(['B-1'])
    expect((await tab('waiting')).map(({ waits }) => waits)).toEqual(['code'])
    while ((await retireOldCodes(test.services)) > 0);
    expect(await summarizeRewards(world.ctx)).toMatchObject({ waiting: 1, without_codes: 1 })
    expect(await uploadCodes(world.ctx, ending.id, { codes: ['A-2'] })).toMatchObject({ added: 1, given: 1 })
    expect((await tab('issued')).map(({ code }) => code).sort()).toEqual(['A-2', 'B-1'])
    expect(await summarizeRewards(world.ctx)).toMatchObject({ waiting: 0, without_codes: 0 })
  })
})

describe('staff are told', () => {
  it('once when 20 codes are left, and when codes that are over leave few', async () => {
    const campaign = await world.campaign(fromPool)
    const { id } = await world.advocate(campaign.id)
    const codes = Array.from({ length: 60 }, (_, n) => (n < 37 ? { code: `A-${n}`, lastDay: '2026-06-10' } : `A-${n}`))
    await uploadCodes(world.ctx, campaign.id, { codes })
    await convertOne(id)
    await convertOne(id)
    expect(await mails('reward_notice_staff')).toHaveLength(0)
    test.clock.set(Date.parse('2026-06-12T00:00:00Z'))
    await retireOldCodes(test.services)
    await convertOne(id)
    await convertOne(id)
    await convertOne(id)
    await convertOne(id)
    const notices = await mails('reward_notice_staff')
    expect(new Set(notices.map(({ subject }) => subject))).toEqual(
      new Set([`20 discount codes left in ${campaign.name}`]),
    )
    expect(new Set(notices.map(({ to }) => to)).size).toBe(notices.length)
    expect((await listPools(world.ctx)).items[0]).toMatchObject({ left: 19, warning: 'low' })
  })
})

it('a code that is made follows the pattern of its campaign', async () => {
  const { advocate: side, friend } = fromPool
  const campaign = await world.campaign({
    friend,
    advocate: { ...side, source: 'generated', pattern: 'FRIEND-######' },
  })
  await convertOne((await world.advocate(campaign.id)).id)
  expect((await tab('issued'))[0]?.code).toMatch(/^FRIEND-[A-Z2-9]{6}$/)
})
