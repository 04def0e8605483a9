import { expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { ledgerOfContact } from '../console/ledger.queries.ts'
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
  await redeemCredit(world.ctx, anna.contactId, {
    amount: 12_000,
    note: 'Thank you',
    payout: { method: 'check', reference: '1042' },
  })
  await redeemCredit(world.ctx, anna.contactId, { amount: 5_000, note: 'Invoice 7' })
  await deliver(bo.id)
  const mistaken = await deliver(bo.id)
  await overrideReward(world.ctx, mistaken.id, { status: 'voided', reason: 'Twice', confirmOwed: true, notify: false })
  test.clock.set(Date.parse('2027-01-01T08:30:00Z'))
  await deliver(bo.id)
  // Paid in the old year, recorded in the new one.
  const late = { amount: 8_000, note: 'Thank you', payout: { method: 'cash', paidOn: '2026-12-31' } } as const
  await redeemCredit(world.ctx, anna.contactId, late)
  await expect(
    redeemCredit(world.ctx, anna.contactId, {
      ...late,
      amount: 1_000,
      payout: { method: 'cash', paidOn: '2027-01-02' },
    }),
  ).rejects.toMatchObject({ code: 'validation_failed' })
  // $400.00 is 80% of $500.00.
  await updateOrganization(world.ctx, { cashReportThreshold: 50_000 })
  const of = { currency: 'USD', otherCurrencies: [], threshold: 50_000, nextCursor: null, previousCursor: null }
  const asked = { year: 2026, limit: 20 }
  expect(await reportCashRewards(world.ctx, asked)).toEqual({
    ...of,
    year: 2026,
    people: 2,
    near: 1,
    over: 1,
    totals: { giftCards: 80_000, payouts: 20_000, total: 100_000 },
    items: [
      {
        contactId: anna.contactId,
        name: 'Anna Kowalski',
        giftCards: 40_000,
        payouts: 20_000,
        total: 60_000,
        reach: 'over',
      },
      {
        contactId: bo.contactId,
        name: 'Bo Lindqvist',
        giftCards: 40_000,
        payouts: 0,
        total: 40_000,
        reach: 'near',
      },
    ],
  })
  const first = await reportCashRewards(world.ctx, { ...asked, limit: 1 })
  const second = await reportCashRewards(world.ctx, { ...asked, limit: 1, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Anna Kowalski', 'Bo Lindqvist'])
  expect(second.nextCursor).toBeNull()
  expect(await reportCashRewards(world.ctx, { limit: 20 })).toMatchObject({ year: 2027, people: 1, over: 0, near: 1 })
  expect(await reportCashRewards(world.ctx, { year: 2025, limit: 20 })).toMatchObject({
    people: 0,
    items: [],
    totals: { giftCards: 0, payouts: 0, total: 0 },
  })
  const ledger = await ledgerOfContact(world.ctx, anna.contactId, { limit: 10 })
  expect(ledger.items.flatMap(({ payout }) => payout ?? [])).toEqual([
    { method: 'cash', reference: null, paidOn: '2026-12-31' },
    { method: 'check', reference: '1042', paidOn: '2026-12-31' },
  ])
  expect(await exportCashRewards(world.ctx, { year: 2026 })).toContain(
    `2026,Anna Kowalski,${anna.contactId},400.00,200.00,600.00,USD,yes`,
  )
})

it('staff hear when what a person got comes near the threshold of a year, and when it reaches it: once, whatever is paid at once', async () => {
  await updateOrganization(world.ctx, { cashReportThreshold: 50_000 })
  test.clock.set(Date.parse('2026-06-01T12:00:00Z'))
  const campaign = await world.campaign({
    friend: { kind: 'none' },
    advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 10_000 }, delivery: 'hand' },
  })
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  await adjustCredit(world.ctx, anna.contactId, { amount: 100_000, note: 'Thank you' })
  const pay = (amount: number, paidOn?: string) =>
    redeemCredit(world.ctx, anna.contactId, { amount, note: 'Thank you', payout: { method: 'check', paidOn } })
  const heard = async () => {
    const { items } = await listMessages(world.ctx, { limit: 100 })
    return items.flatMap(({ template, subject }) => (template === 'reward_notice_staff' ? [subject] : [])).reverse()
  }
  await pay(30_000)
  expect(await heard()).toEqual([])
  // A gift card of $100.00 makes it $400.00, which is 80%.
  const { id } = await world.referral(anna.id)
  await convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
  const [reward] = (await listRewards(world.ctx, { tab: 'waiting', limit: 1 })).items
  await deliverReward(world.ctx, reward?.id ?? '', { code: 'ABCD' })
  const near = 'Anna Kowalski is at 80% of $500.00 in 2026'
  expect(await heard()).toEqual([near])
  // Another year is another sum.
  await pay(20_000, '2025-12-31')
  expect(await heard()).toEqual([near])
  await Promise.all([pay(9_000), pay(9_000), pay(9_000)])
  const over = 'Anna Kowalski has got $500.00 or more in 2026'
  expect(await heard()).toEqual([near, over])
  await pay(1_000)
  expect(await heard()).toEqual([near, over])
})
