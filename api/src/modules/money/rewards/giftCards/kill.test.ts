import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleProgram, type Program, startChild } from '../../../../../test/child.ts'
import { anotherWorld, createTestServices, stranger, type TestServices } from '../../../../../test/harness.ts'
import { TremendousServer } from '../../../../../test/tremendousServer.ts'
import { convertReferral } from '../../../surfaces/console/referrals.ts'
import { listRewards } from '../../../surfaces/console/rewards.queries.ts'
import { giftCardQueue } from './cards.queue.ts'
import { setGiftCardAccount } from './settings.ts'

let program: Program
let provider: TremendousServer
let test: TestServices
beforeAll(async () => {
  program = await bundleProgram(new URL('../../../../../test/cardRunner.ts', import.meta.url))
  provider = await new TremendousServer('TEST_goodword').start()
  test = await createTestServices({ tremendousBaseUrl: provider.url })
})
afterAll(async () => {
  await test.close()
  await provider.stop()
  program.remove()
})

const leaseMs = 120_000

it.each([
  ['after the provider took the order, before it answers', true],
  ['after the provider answered, before that is committed', false],
])('a process killed %s buys one card', async (_, isSilent) => {
  const { ctx, ...world } = await anotherWorld(test.services)
  const keys = {
    apiKey: 'TEST_goodword',
    environment: 'sandbox',
    campaignId: 'CAMP',
    fundingSourceId: 'BALANCE',
  } as const
  await setGiftCardAccount(ctx, keys)
  const campaign = await world.campaign({
    friend: { kind: 'none' },
    advocate: { kind: 'gift_card', value: { type: 'fixed', amount: 5_000 }, delivery: 'link' },
  })
  const advocate = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  const referral = await world.referral(advocate.id)
  await convertReferral(ctx, referral.id, { jobValue: 100_000, notify: false })
  const before = provider.executed().length
  const calls = provider.bodies.length
  if (isSilent) provider.moods.push('takes and says nothing')

  const child = startChild(program, test.services.config.databaseUrl, String(test.clock.now()), provider.url)
  if (isSilent) await expect.poll(() => provider.bodies.length, { timeout: 20_000 }).toBe(calls + 1)
  else await child.says('answered')
  await child.kill()
  expect(provider.executed()).toHaveLength(before + 1)
  const shown = async (tab: 'waiting' | 'issued') =>
    (await listRewards(ctx, { tab, limit: 5 })).items.map(({ delivery }) => delivery?.state)
  expect(await shown('waiting')).toEqual(['ordering'])

  const next = giftCardQueue.openWorker(test.services)
  test.clock.advance(leaseMs - 1)
  expect(await next.run()).toBe(0)
  test.clock.advance(1)
  expect(await next.run()).toBe(1)
  expect(await shown('issued')).toEqual(['done'])
  expect(provider.bodies.length).toBe(calls + 2)
  expect(provider.executed()).toHaveLength(before + 1)
})
