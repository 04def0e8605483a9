import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../test/harness.ts'
import { createApp } from './app.ts'
import { type Jobs, startJobs } from './jobs.ts'
import { balancesOfContact } from './modules/money/ledger/ledger.ts'
import { requestMemberLink } from './modules/platform/members/session.ts'
import { createDelivery, type Delivery } from './modules/platform/messages/delivery.ts'
import { listMessages } from './modules/platform/messages/messages.queries.ts'
import { messageQueue } from './modules/platform/messages/messages.queue.ts'
import { messages } from './modules/platform/messages/messages.table.ts'
import { convertReferral } from './modules/surfaces/console/referrals.ts'
import { requestPortalLink } from './modules/surfaces/portal/portal.ts'

const day = 86_400_000

let test: TestServices
let world: World
let jobs: Jobs | undefined
let printed: string[]

beforeEach(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  printed = []
})
afterEach(async () => {
  await jobs?.stop()
  await test.close()
})

const start = (delivery: Delivery = createDelivery(test.services, (text) => printed.push(text))) => {
  jobs = startJobs(test.services, [messageQueue({ delivery })])
  return jobs
}
const post = (path: string, body: object) =>
  createApp(test.services).request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const tokenIn = (text: string, before: string): string => text.split(before)[1]?.trim() ?? ''

describe('the jobs of a running server', () => {
  it('send a portal sign-in link that works', async () => {
    const campaign = await world.campaign()
    await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    start()
    await requestPortalLink(test.services, { email: 'anna@mail.example' })
    jobs?.nudge()
    await expect.poll(() => printed.length).toBe(1)
    expect(printed[0]).toContain('Sign-in link for Anna Kowalski <anna@mail.example>:')
    const token = tokenIn(printed[0] ?? '', '/portal#sign-in=')
    const response = await post('/portal/api/session', { token })
    expect(await response.json()).toMatchObject({ scope: 'full' })
  })

  it('send a console sign-in link that works', async () => {
    start()
    await requestMemberLink(test.services, world.owner.email)
    await expect.poll(() => printed.length).toBe(1)
    const token = tokenIn(printed[0] ?? '', '/console/sign-in#token=')
    expect((await post('/session', { token })).status).toBe(200)
  })

  it("mark a message as failed, with the reason, when its link can't be created", async () => {
    await requestMemberLink(test.services, world.owner.email)
    await test.services.database.write((tx) => tx.update(messages).set({ personId: null, attempts: 0 }))
    start()
    const failed = () => test.services.database.read.select().from(messages).where(eq(messages.state, 'failed'))
    await expect.poll(failed).toMatchObject([{ attempts: 1, error: 'The message has no person to sign in.' }])
    expect(printed).toEqual([])
  })

  it('release a reward when its hold ends, and send the message', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    test.clock.advance(14 * day)
    start()
    // 5% of $1,000.00 = $50.00
    const available = async () => (await balancesOfContact(world.ctx, anna.contactId))[0]?.available
    await expect.poll(available).toBe(5_000)
    const sentMessages = async () =>
      (await listMessages(world.ctx, { limit: 20 })).items.map(({ template, state }) => [template, state])
    await expect.poll(sentMessages).toEqual([['reward_released', 'kept']])
  })

  it('stop only after running work has finished', async () => {
    let release: () => void = () => undefined
    const sending = new Promise<void>((resolve) => {
      release = resolve
    })
    let handed = false
    const running = start({
      leaves: () => true,
      async deliver() {
        handed = true
        await sending
        return 'sent'
      },
      close: () => undefined,
    })
    await requestMemberLink(test.services, world.owner.email)
    await expect.poll(() => handed).toBe(true)
    let stopped = false
    const stopping = running.stop().then(() => {
      stopped = true
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(stopped).toBe(false)
    release()
    await stopping
    expect(await test.services.database.read.select().from(messages)).toMatchObject([{ state: 'sent' }])
  })
})
