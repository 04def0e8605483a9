import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { giftCardQueue } from '../src/modules/money/rewards/giftCards/cards.queue.ts'
import { setGiftCardAccount } from '../src/modules/money/rewards/giftCards/settings.ts'
import { verify } from '../src/verify.ts'
import { createTestApp, type TestApp } from './app.ts'
import { anotherWorld, type World } from './harness.ts'
import { TremendousServer } from './tremendousServer.ts'

export let provider: TremendousServer
export let test: TestApp
/** Another organization for each test. */
export let world: World
export let worker: ReturnType<typeof giftCardQueue.openWorker>

/** A server beside one that speaks the provider's protocol. Every invariant holds after each test. */
export function useGiftCards(): void {
  beforeAll(async () => {
    provider = await new TremendousServer('TEST_goodword').start()
    test = await createTestApp({ tremendousBaseUrl: provider.url })
    worker = giftCardQueue.openWorker(test.services)
  })
  afterAll(async () => {
    await test.close()
    await provider.stop()
  })
  beforeEach(async () => {
    provider.orders.clear()
    provider.reviews.clear()
    provider.moods.length = 0
    provider.funds = 100_000
    provider.status = 'EXECUTED'
    world = await anotherWorld(test.services)
  })
  afterEach(async () => expect(await verify(test.services.database.read)).toEqual([]))
}

export const account = { environment: 'sandbox', campaignId: 'CAMP', fundingSourceId: 'BALANCE' } as const

export const connect = () =>
  setGiftCardAccount(world.ctx, { ...account, apiKey: 'TEST_goodword', webhookKey: 'goodword_webhook_key' })

/** Takes every step that is due with the provider. */
export const work = async () => {
  while ((await worker.run()) > 0);
}
