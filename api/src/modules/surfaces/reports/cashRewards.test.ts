import { expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { convertReferral } from '../console/referrals.ts'
import { listRewards } from '../console/rewards.queries.ts'
import { deliverReward, overrideReward } from '../console/rewards.ts'
import { exportCashRewards, reportCashRewards } from './cashRewards.queries.ts'

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})

it('gift cards and payouts are added up for each person and calendar year of the business, against its threshold', async () => {
  const campaign = await world.campaign({
    friend: { kind: 'none' },
    advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 40_000 }, delivery: 'hand' },
  })
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const bo = await world.advocate(campaign.id, stranger('Bo Lindqvist'))
  const deliver = async (advocateId: string) => {
    const { id } = await world.referral(advocateId)
    await convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
    const [reward] = (await listRewards(world.ctx, { tab: 'waiting', limit: 1 })).items
    return deliverReward(world.ctx, reward?.id ?? '', { code: 'ABCD' })
  }
  // In Los Angeles it is still 2026.
  test.clock.set(Date.parse('2027-01-01T07:30:00Z'))
  await deliver(anna.id)
  await adjustCredit(world.ctx, anna.contactId, { amount: 30_000, note: 'Thank you' })
  await redeemCredit(world.ctx, anna.contactId, { amount: 20_000, note: 'By check', isPayout: true })
  await redeemCredit(world.ctx, anna.contactId, { amount: 5_000, note: 'Invoice 7' })
  await deliver(bo.id)
  const mistaken = await deliver(bo.id)
  await overrideReward(world.ctx, mistaken.id, { status: 'voided', reason: 'Twice', confirmOwed: true, notify: false })
  test.clock.set(Date.parse('2027-01-01T08:30:00Z'))
  await deliver(bo.id)
  await updateOrganization(world.ctx, { cashReportThreshold: 60_000 })
  const of = { currency: 'USD', threshold: 60_000 }
  expect(await reportCashRewards(world.ctx, { year: 2026 })).toEqual({
    ...of,
    year: 2026,
    people: 2,
    overThreshold: 1,
    total: 100_000,
    items: [
      {
        contactId: anna.contactId,
        name: 'Anna Kowalski',
        giftCards: 40_000,
        payouts: 20_000,
        total: 60_000,
        reachesThreshold: true,
      },
      {
        contactId: bo.contactId,
        name: 'Bo Lindqvist',
        giftCards: 40_000,
        payouts: 0,
        total: 40_000,
        reachesThreshold: false,
      },
    ],
  })
  expect(await reportCashRewards(world.ctx, {})).toMatchObject({
    year: 2027,
    people: 1,
    overThreshold: 0,
    total: 40_000,
  })
  expect(await exportCashRewards(world.ctx, { year: 2026 })).toContain(
    `2026,Anna Kowalski,${anna.contactId},400.00,200.00,600.00,USD,yes`,
  )
})
