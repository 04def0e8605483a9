import { describe, expect, it } from 'vitest'
import { connect, provider, test, useGiftCards, work, world } from '../../../../../test/giftCardWorld.ts'
import { anotherWorld } from '../../../../../test/harness.ts'
import { codeOf } from '../../../../../test/rewards.ts'
import { updateCampaign } from '../../../program/campaigns/campaigns.ts'
import { convertReferral } from '../../../surfaces/console/referrals.ts'
import { listRewards, loadReward } from '../../../surfaces/console/rewards.queries.ts'
import { retryDelivery } from '../../../surfaces/console/rewards.ts'
import { listCardChoices } from './choices.ts'

useGiftCards()

const minute = 60_000
const side = (cards?: string[]) =>
  ({
    kind: 'gift_card',
    value: { type: 'fixed', amount: 5_000 },
    delivery: 'link',
    ...(cards ? { cards } : {}),
  }) as const

/** Anna's friend is converted by a campaign that lets her choose from these cards. */
async function referred(cards?: string[]) {
  const campaign = await world.campaign({ friend: { kind: 'none' }, advocate: side(cards) })
  const advocate = await world.advocate(campaign.id)
  const referral = await world.referral(advocate.id)
  const earn = async () => {
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
    const { items } = await listRewards(world.ctx, { tab: 'waiting', limit: 10, campaignId: campaign.id })
    return items[0]?.id ?? ''
  }
  return { campaign, earn }
}
const ordered = () => provider.bodies.map((body) => JSON.parse(body).reward.products)

describe('the cards that people may choose', () => {
  it('are those of the campaign at the provider, asked for once in a while, and of nobody else’s account', async () => {
    expect(await listCardChoices(world.ctx)).toEqual({ cards: null })
    await connect()
    const before = provider.asked
    const cards = [
      { id: 'AMAZON', name: 'Amazon' },
      { id: 'VISA', name: 'Visa' },
    ]
    expect([await listCardChoices(world.ctx), await listCardChoices(world.ctx)]).toEqual([{ cards }, { cards }])
    expect(provider.asked - before).toBe(1)
    test.clock.advance(11 * minute)
    await listCardChoices(world.ctx)
    expect(provider.asked - before).toBe(2)
    expect(await listCardChoices((await anotherWorld(test.services)).ctx)).toEqual({ cards: null })
  })

  it('are an error while the provider does not answer', async () => {
    await connect()
    provider.moods.push({ status: 500 })
    expect(await listCardChoices(world.ctx).catch(codeOf)).toBe('gift_cards_unavailable')
    expect((await listCardChoices(world.ctx)).cards).toHaveLength(2)
  })

  it('are ordered as the terms said when the friend converted; any, if they said nothing', async () => {
    provider.bodies.length = 0
    await connect()
    await (await referred()).earn()
    await (await referred(['AMAZON'])).earn()
    await work()
    expect(ordered()).toEqual([undefined, ['AMAZON']])
  })

  it('stay those that a reward was earned with, whatever is published later', async () => {
    provider.bodies.length = 0
    await connect()
    const { campaign, earn } = await referred(['VISA'])
    await earn()
    await updateCampaign(world.ctx, campaign.id, {
      termsVersion: campaign.termsVersion,
      terms: { ...campaign.terms, advocate: side(['AMAZON']) },
    })
    await work()
    expect(ordered()).toEqual([['VISA']])
  })

  it('that are sold no longer are said on the reward; trying again lets them choose any', async () => {
    provider.bodies.length = 0
    await connect()
    const id = await (await referred(['GONE', 'VISA'])).earn()
    await work()
    const { delivery } = await loadReward(world.ctx, id)
    expect([delivery?.state, delivery?.sentence]).toEqual([
      'to_do',
      'Tremendous no longer sells a card they may choose. Try again: any card of your campaign there can be chosen then.',
    ])
    await retryDelivery(world.ctx, id, {})
    await work()
    expect(ordered()).toEqual([['GONE', 'VISA'], undefined])
    expect((await loadReward(world.ctx, id)).status).toBe('issued')
    expect(provider.executed()).toHaveLength(1)
  })
})
