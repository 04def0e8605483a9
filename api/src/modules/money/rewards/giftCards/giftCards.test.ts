import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  account,
  connect,
  provider,
  test,
  useGiftCards,
  work,
  worker,
  world,
} from '../../../../../test/giftCardWorld.ts'
import { anotherWorld, stranger } from '../../../../../test/harness.ts'
import { codeOf } from '../../../../../test/rewards.ts'
import { messages } from '../../../platform/messages/messages.table.ts'
import { listToDeliver } from '../../../surfaces/console/deliveries.queries.ts'
import { convertReferral, reverseConversion } from '../../../surfaces/console/referrals.ts'
import { listRewards, loadReward } from '../../../surfaces/console/rewards.queries.ts'
import { deliverReward, overrideReward, retryDelivery } from '../../../surfaces/console/rewards.ts'
import { eraseContact } from '../../../surfaces/person/erasing.ts'
import { portalHome } from '../../../surfaces/portal/portal.queries.ts'
import { balanceIn } from '../../ledger/ledger.ts'
import { rewardDeliveries } from '../deliveries.table.ts'
import { receiveCardEvent } from './cardEvents.ts'
import { lookAtWaitingCards } from './cards.jobs.ts'
import { giftCardsOf, setGiftCardAccount } from './settings.ts'

const hour = 3_600_000
useGiftCards()

/** Anna earns a gift card of $50.00. */
async function earn(delivery: 'hand' | 'email' | 'link', anna = stranger('Anna Kowalski')) {
  const campaign = await world.campaign({
    friend: { kind: 'none' },
    advocate: { kind: 'gift_card', value: { type: 'percent', basisPoints: 500 }, delivery },
  })
  const advocate = await world.advocate(campaign.id, anna)
  const referral = await world.referral(advocate.id)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
  const tab = async (name: 'waiting' | 'issued') =>
    (await listRewards(world.ctx, { tab: name, limit: 10, campaignId: campaign.id })).items[0]
  const id = ((await tab('waiting')) ?? (await tab('issued')))?.id ?? ''
  const shown = () => loadReward(world.ctx, id)
  const mails = async (template: string) =>
    (
      await test.services.database.read
        .select()
        .from(messages)
        .where(eq(messages.organizationId, world.ctx.organizationId))
    ).filter((message) => message.template === template)
  return { id, referral, advocate, shown, mails }
}
const toDo = async () =>
  (await listToDeliver(world.ctx, { limit: 20 })).items.map(({ id, delivery }) => [id, delivery?.sentence])

describe('a gift card by hand', () => {
  it('is a to-do with a day, until staff enter its code or link, which the advocate gets', async () => {
    const { id, shown, mails } = await earn('hand')
    expect(await shown()).toMatchObject({
      status: 'pending',
      waits: 'card',
      delivery: { state: 'to_do', dueOn: '2026-06-08' },
    })
    expect(await toDo()).toEqual([[id, null]])
    expect((await mails('reward_earned'))[0]?.body).toContain('You earned a $50.00 gift card.\n\nIt’s on its way.')
    expect(await deliverReward(world.ctx, id, {}).catch(codeOf)).toBe('validation_failed')
    const now = { status: 'issued', reason: 'Now', confirmOwed: false, notify: false } as const
    expect(await overrideReward(world.ctx, id, now).catch(codeOf)).toBe('delivery_by_hand')
    await deliverReward(await world.as('staff'), id, { code: 'ABCD-1234', link: 'https://cards.example/1' })
    expect(await shown()).toMatchObject({
      status: 'issued',
      waits: null,
      delivery: { state: 'done', code: 'ABCD-1234' },
    })
    const [mail] = await mails('reward_card')
    expect(mail?.body).toContain('Your code: ABCD-1234')
    expect(mail?.body).toContain('https://cards.example/1')
    expect(await toDo()).toEqual([])
    expect(await deliverReward(world.ctx, id, { code: 'ABCD-1235' }).catch(codeOf)).toBe('delivery_closed')
  })

  it('that was delivered is owed back when its conversion is reversed, and kept if it is reinstated', async () => {
    const { id, referral, advocate, shown } = await earn('hand')
    await deliverReward(world.ctx, id, { code: 'ABCD-1234' })
    expect(
      await reverseConversion(world.ctx, referral.id, 'Refunded').catch((error) => [codeOf(error), error.facts]),
    ).toEqual(['credit_spent', { shortfall: 5_000, currency: 'USD' }])
    await overrideReward(world.ctx, id, { status: 'voided', reason: 'Given twice', confirmOwed: true, notify: false })
    expect(await balanceIn(world.ctx, advocate.contactId, 'USD')).toMatchObject({ available: 0, owed: 5_000 })
    await overrideReward(world.ctx, id, { status: 'pending', reason: 'Given once', confirmOwed: false, notify: false })
    expect(await balanceIn(world.ctx, advocate.contactId, 'USD')).toMatchObject({ available: 0, owed: 0 })
    expect(await shown()).toMatchObject({ status: 'issued', delivery: { state: 'done', code: 'ABCD-1234' } })
  })
})

describe('a gift card of Tremendous', () => {
  it('is bought, and its link is sent and shown; its key is kept unreadable', async () => {
    await connect()
    const { id, shown, mails } = await earn('link')
    await work()
    expect(provider.executed()).toHaveLength(1)
    expect(await shown()).toMatchObject({
      status: 'issued',
      delivery: { state: 'done', link: 'https://cards.example/C1' },
    })
    expect((await mails('reward_card'))[0]?.body).toContain('Open your gift card:\nhttps://cards.example/C1')
    expect([...provider.orders.keys()]).toEqual([id])
    const owner = await test.signIn(world.owner.personId)
    const text = await (await test.request('GET', '/v1/gift-cards', { as: owner })).text()
    expect(JSON.parse(text).account).toMatchObject({ ...account, isKeyReadable: true, hasWebhookKey: true })
    expect(text).not.toContain('TEST_goodword')
    const stored = JSON.stringify(await test.services.database.read.all('SELECT * FROM gift_card_settings'))
    expect(stored).not.toMatch(/TEST_goodword|goodword_webhook_key/)
    expect(await setGiftCardAccount(await world.as('staff'), account).catch(codeOf)).toBe('forbidden')
    expect(await giftCardsOf((await anotherWorld(test.services)).ctx)).toBeNull()
  })

  it('is one card after a time-out, and another one’s order needs a look (C49)', async () => {
    await connect()
    const { id, shown } = await earn('link')
    provider.moods.push('takes and hangs up')
    await work()
    expect(await shown()).toMatchObject({ status: 'pending', delivery: { state: 'ordering' } })
    test.clock.advance(10_000)
    await work()
    expect([provider.orders.size, (await shown()).status]).toEqual([1, 'issued'])

    const other = await earn('link')
    provider.moods.push('takes and hangs up')
    await work()
    provider.cardOf(other.id).value.denomination = 49
    test.clock.advance(10_000)
    await work()
    expect(await toDo()).toEqual([[other.id, expect.stringContaining('49 USD')]])
    expect(id).not.toBe(other.id)
  })

  it('that failed for lack of money is ordered anew under the next number once staff try again (C50)', async () => {
    await connect()
    provider.funds = 10
    const { id, shown, mails } = await earn('email')
    await work()
    expect(await toDo()).toEqual([[id, 'Not enough money at the provider. Add funds, then try again.']])
    expect(await mails('reward_notice_staff')).not.toHaveLength(0)
    provider.funds = 1_000
    await retryDelivery(world.ctx, id, {})
    expect(await retryDelivery(world.ctx, id, {}).catch(codeOf)).toBe('delivery_running')
    await work()
    expect([[...provider.orders.keys()], provider.executed().length]).toEqual([[id, `${id}.2`], 1])
    expect(await shown()).toMatchObject({ status: 'issued', delivery: { state: 'waiting' } })
  })

  it.each([
    ['PENDING APPROVAL', 'Waiting for somebody in your company to approve it at the provider.'],
    ['PENDING INTERNAL PAYMENT APPROVAL', 'The provider is reviewing the payment.'],
  ])('that is %s waits, and the provider is asked every hour (C52)', async (status, sentence) => {
    await connect()
    provider.status = status
    const { id, shown } = await earn('link')
    await work()
    expect((await shown()).delivery).toMatchObject({ state: 'waiting', sentence })
    const order = provider.orders.get(id)
    if (order) order.status = 'EXECUTED'
    await lookAtWaitingCards(test.services)
    await work()
    expect((await shown()).status).toBe('pending')
    test.clock.advance(hour)
    expect(await lookAtWaitingCards(test.services)).toBeGreaterThan(0)
    await work()
    expect((await shown()).status).toBe('issued')
  })

  it('that waits for an approval is looked at as soon as an event says that it was approved (C52)', async () => {
    await connect()
    provider.status = 'PENDING APPROVAL'
    const { id, shown } = await earn('link')
    await work()
    const order = provider.orders.get(id)
    if (order) order.status = 'EXECUTED'
    const event = JSON.stringify({ event: 'ORDERS.APPROVED', uuid: 'e-2', payload: { resource: { id: order?.id } } })
    const signature = `sha256=${createHmac('sha256', 'goodword_webhook_key').update(event).digest('hex')}`
    expect(await receiveCardEvent(world.ctx, new TextEncoder().encode(event), signature)).toBe(true)
    await work()
    expect((await shown()).status).toBe('issued')
  })

  it('whose delivery failed is mended on the same card, as a signed event tells us to look (C52, C53)', async () => {
    await connect()
    const { id, shown, advocate } = await earn('email', { ...stranger('Anna Kowalski'), email: 'anna@mail.example' })
    const inPortal = async (scope: 'view' | 'full') => {
      const actor = {
        type: 'contact',
        id: advocate.contactId,
        scope,
        sessionId: test.services.newId('session'),
      } as const
      const { programs } = await portalHome({ ...world.ctx, actor })
      return programs[0]?.friends[0]?.card?.emailed
    }
    await work()
    provider.cardOf(id).delivery.status = 'FAILED'
    const event = JSON.stringify({ event: 'REWARDS.DELIVERY.FAILED', uuid: 'e-1', payload: { resource: { id: 'C1' } } })
    const post = (key: string) =>
      test.app.request(`${test.services.config.publicUrl}/v1/gift-cards/tremendous/${world.ctx.organizationId}`, {
        method: 'POST',
        body: event,
        headers: { 'tremendous-webhook-signature': `sha256=${createHmac('sha256', key).update(event).digest('hex')}` },
      })
    expect((await post('another key')).status).toBe(401)
    expect([(await post('goodword_webhook_key')).status, (await post('goodword_webhook_key')).status]).toEqual([
      200, 200,
    ])
    await work()
    expect((await shown()).delivery).toMatchObject({ state: 'to_do', needsAddress: true, canRetry: true })
    expect(await inPortal('full')).toBe(
      'It could not be delivered to anna@mail.example. Tell us which address is right.',
    )
    await retryDelivery(world.ctx, id, { email: 'anna@new.example' })
    test.clock.advance(24 * hour)
    await work()
    const help =
      'Our gift card service sends it in an email of its own. If you can’t find it, look in your spam folder, then ask us.'
    expect(await inPortal('full')).toBe(`Sent to anna@new.example on Jun 2. ${help}`)
    expect(await inPortal('view')).toBe(`Sent to your email on Jun 2. ${help}`)
    expect(provider.cardOf(id).recipient.email).toBe('anna@new.example')
    expect(provider.orders.size).toBe(1)
    expect((await shown()).delivery).toMatchObject({ state: 'waiting', email: 'anna@new.example' })
  })

  it('is canceled there when the reward is taken back before it was delivered (C53)', async () => {
    await connect()
    provider.status = 'PENDING APPROVAL'
    const { id, referral, shown } = await earn('email')
    await work()
    const order = provider.orders.get(id)
    if (order) order.status = 'EXECUTED'
    provider.cardOf(id).delivery.status = 'FAILED'
    await reverseConversion(world.ctx, referral.id, 'Refunded')
    await work()
    expect(provider.cardOf(id).delivery.status).toBe('CANCELED')
    expect(await shown()).toMatchObject({ status: 'voided', delivery: { state: 'canceled' } })
  })

  it('waits for staff while nothing is connected, and can be delivered by hand instead', async () => {
    const { id, shown } = await earn('link')
    await work()
    expect(await toDo()).toEqual([
      [id, 'Tremendous is not connected. Connect it in Settings, or deliver the card by hand.'],
    ])
    await deliverReward(world.ctx, id, { link: 'https://cards.example/by-hand' })
    expect((await shown()).status).toBe('issued')
  })

  it('is asked for again while the provider is busy, for hours; then it is up to staff', async () => {
    await connect()
    const { id, shown } = await earn('link')
    const said: (string | null | undefined)[] = []
    for (let n = 0; n < 7; n += 1) {
      const status = n === 0 ? 429 : 500
      provider.moods.push(n === 2 ? 'takes and hangs up' : { status, headers: n === 0 ? { 'retry-after': '90' } : {} })
      await work()
      if (n < 3) said.push((await shown()).delivery?.sentence)
      if (n === 0) {
        test.clock.advance(89_000)
        expect(await worker.run()).toBe(0)
      }
      test.clock.advance(7 * hour)
    }
    expect(said).toEqual([
      'The provider is busy. We try again by ourselves.',
      'The provider has a problem. We try again by ourselves.',
      'The provider has not answered. We try again by ourselves, and no second card is bought.',
    ])
    expect(await toDo()).toEqual([
      [id, 'The provider has not answered for hours. Try again: no second card is bought.'],
    ])
  })

  it('leaves nothing of a person who is erased, and is not bought for them', async () => {
    await connect()
    provider.status = 'PENDING APPROVAL'
    const { id, advocate } = await earn('email')
    await work()
    await eraseContact(world.ctx, advocate.contactId, 'Anna Kowalski')
    const [row] = await test.services.database.read
      .select()
      .from(rewardDeliveries)
      .where(eq(rewardDeliveries.rewardId, id))
    expect(row).toMatchObject({ askedEmail: null, askedName: null, code: null, link: null, state: 'canceled' })
  })
})
