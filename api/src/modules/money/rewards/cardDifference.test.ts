import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { connect, provider, test, useGiftCards, work, world } from '../../../../test/giftCardWorld.ts'
import { stranger } from '../../../../test/harness.ts'
import { codeOf } from '../../../../test/rewards.ts'
import { contextFor, transaction } from '../../../shared/context.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { listRewards } from '../../surfaces/console/rewards.queries.ts'
import { deliverReward, overrideReward } from '../../surfaces/console/rewards.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { adjustReward, type NewWorth } from './adjusting.ts'
import { rewardDeliveries } from './deliveries.table.ts'
import { lookAtWaitingCards } from './giftCards/cards.jobs.ts'

useGiftCards()

/** Anna earns a gift card of $50.00. */
async function earn(delivery: 'hand' | 'link') {
  if (delivery === 'link') await connect()
  const campaign = await world.campaign({
    friend: { kind: 'none' },
    advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 5_000 }, delivery },
  })
  const { id: advocateId, contactId } = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const referral = await world.referral(advocateId)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
  const reward = (await listRewards(world.ctx, { tab: 'waiting', limit: 1 })).items[0]
  const id = reward?.id ?? ''
  const change = (worth: NewWorth, key: string, confirmOwed = false) =>
    transaction(contextFor(test.services, world.ctx.organizationId, { type: 'system' }), (tx) =>
      adjustReward(tx, id, worth, { key, reason: 'Partly refunded', confirmOwed, notify: true }),
    )
  const to = (amount: number) => ({ amount, stands: true })
  const balance = async () => {
    const { available, owed } = await balanceIn(world.ctx, contactId, 'USD')
    return [available, owed]
  }
  return { id, change, to, balance }
}

it('a card that is still to come is worth less, and nothing is owed', async () => {
  const { id, change, to, balance } = await earn('hand')
  expect(await change(to(3_000), 'refund 1')).toEqual({ does: 'change', from: 5_000, to: 3_000, owed: 0 })
  expect(await change(to(3_000), 'refund 1')).toMatchObject({ does: 'nothing' })
  expect(await deliverReward(world.ctx, id, { code: 'ABCD' })).toMatchObject({ amount: 3_000 })
  expect(await balance()).toEqual([0, 0])
})

it('of a card that somebody has, the difference is owed back once it is confirmed, once for each refund', async () => {
  const { id, change, to, balance } = await earn('hand')
  await deliverReward(world.ctx, id, { code: 'ABCD' })
  expect(await change(to(3_000), 'refund 1').catch((error) => [codeOf(error), error.facts])).toEqual([
    'credit_spent',
    { shortfall: 2_000, currency: 'USD' },
  ])
  const both = [change(to(3_000), 'refund 1', true), change(to(3_000), 'refund 1', true)]
  expect((await Promise.all(both)).map(({ does }) => does).sort()).toEqual(['change', 'nothing'])
  expect(await balance()).toEqual([0, 2_000])
  // Another $10.00 of the job is refunded, then the first refund fails, and then all of it is taken back.
  await change(to(2_000), 'refund 2', true)
  await change(to(4_000), 'refund 1 undone')
  expect(await balance()).toEqual([0, 1_000])
  const by = { reason: 'Reversed', confirmOwed: true, notify: false }
  await overrideReward(world.ctx, id, { ...by, status: 'voided' })
  expect(await balance()).toEqual([0, 5_000])
  await overrideReward(world.ctx, id, { ...by, status: 'pending' })
  expect(await balance()).toEqual([0, 1_000])
})

it('a card delivered while a part was refunded is made up for with credit when that refund fails', async () => {
  const { id, change, to, balance } = await earn('hand')
  await change(to(3_000), 'refund 1')
  await deliverReward(world.ctx, id, { code: 'ABCD' })
  await change(to(5_000), 'refund 1 undone')
  expect(await balance()).toEqual([2_000, 0])
})

it('an order that the provider has keeps its amount, and the difference is owed back once the card is there', async () => {
  provider.status = 'PENDING APPROVAL'
  const { id, change, to, balance } = await earn('link')
  await work()
  expect(await change(to(3_000), 'refund 1')).toMatchObject({ does: 'change', owed: 0 })
  const order = provider.orders.get(id)
  if (order) order.status = 'EXECUTED'
  test.clock.advance(3_600_000)
  await lookAtWaitingCards(test.services)
  await work()
  expect(provider.cardOf(id).value.denomination).toBe(50)
  expect(await balance()).toEqual([0, 2_000])
})

it('a delivered card that the provider still cancels is not owed back', async () => {
  const { id, balance } = await earn('link')
  await work()
  provider.cardOf(id).delivery.status = 'FAILED'
  const by = { reason: 'Reversed', confirmOwed: true, notify: false }
  await overrideReward(world.ctx, id, { ...by, status: 'voided' })
  expect(await balance()).toEqual([0, 5_000])
  await work()
  const [row] = await test.services.database.read
    .select()
    .from(rewardDeliveries)
    .where(eq(rewardDeliveries.rewardId, id))
  expect(row).toMatchObject({ state: 'canceled', card: { state: 'failed' } })
  expect(await balance()).toEqual([0, 0])
})
