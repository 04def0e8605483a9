import { type SQL, sql } from 'drizzle-orm'
import type { World } from './harness.ts'

type Call = (name: string, given?: { at?: { id: string }; body?: unknown }) => Promise<{ id: string }>
type Tools = {
  rewardsOf: (referralId: string) => Promise<{ advocate: string }>
  change: (statement: SQL) => Promise<unknown>
}

/** Every write about the delivery of rewards and gift cards. */
export async function callDeliveryWrites(world: World, call: Call, { rewardsOf, change }: Tools): Promise<void> {
  const earn = async (delivery: 'hand' | 'link') => {
    const campaign = await world.campaign({
      friend: { kind: 'none' },
      advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 2_500 }, delivery },
    })
    const advocate = await world.advocate(campaign.id)
    const { id } = await world.referral(advocate.id)
    await call('referrals.convert', { at: { id }, body: {} })
    return { at: { id: (await rewardsOf(id)).advocate } }
  }
  const account = { environment: 'sandbox', campaignId: 'CAMP', fundingSourceId: 'BALANCE' }
  await call('giftCards.set', { body: { ...account, apiKey: 'TEST_goodword' } })
  await call('giftCards.set', { body: account })
  const ordered = await earn('link')
  await change(sql`UPDATE reward_deliveries SET state = 'to_do' WHERE reward_id = ${ordered.at.id}`)
  await call('rewards.retryDelivery', { ...ordered, body: {} })
  await call('giftCards.disconnect')
  const card = await earn('hand')
  await call('rewards.changeDelivery', { ...card, body: { dueOn: '2026-06-20' } })
  await call('rewards.deliver', { ...card, body: { code: 'ABCD-1234' } })
  await call('rewards.override', { ...card, body: { status: 'redeemed', reason: 'They used it' } })
}
