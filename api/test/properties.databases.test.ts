import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { isUniqueViolation } from '../src/database/constraint.ts'
import { migrate } from '../src/database/migrate.ts'
import { balancesOfContact } from '../src/modules/money/ledger/ledger.ts'
import { releaseDueRewards } from '../src/modules/money/rewards/rewards.jobs.ts'
import { loadReferral } from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { summarizeReferrals } from '../src/modules/surfaces/console/referrals.summary.queries.ts'
import { convertReferral, createReferral, reverseConversion } from '../src/modules/surfaces/console/referrals.ts'
import { newFormToken } from '../src/modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../src/modules/surfaces/embed/submit.ts'
import { contextFor } from '../src/shared/context.ts'
import { withIdempotency } from '../src/shared/idempotency.ts'
import { verify } from '../src/verify.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from './harness.ts'
import { connect, outcomes, processEvents, sendEvent } from './inbound.ts'
import { sqldBinary, startSqld, type TestServer } from './sqld.ts'

const binary = sqldBinary()
const day = 86_400_000

/** What both databases must do in the same way. */
function business(open: () => Promise<TestServices>) {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await open()
    world = await createWorld(test.services)
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })
  const balance = async (contactId: string) => (await balancesOfContact(world.ctx, contactId))[0]

  it('is up to date after the first migration, and a second run changes nothing', async () => {
    expect(await migrate(test.services.database)).toBe(0)
  })

  it('records a friend, converts, pays both sides and reverses', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const friend = contextFor(test.services, world.organization.id, { type: 'friend' })
    const formToken = newFormToken(test.services, world.organization.id)
    test.clock.advance(5_000)
    const form = { code: anna.code, ...stranger(), formToken }
    const visitor = { source: 'widget', address: '203.0.113.9' } as const
    await submitReferral(friend, form, visitor)
    await submitReferral(friend, form, visitor)
    const { items } = await listReferrals(world.ctx, { limit: 20, sort: 'next_step', campaignId: campaign.id })
    expect(items).toHaveLength(1)
    const id = items[0]?.id ?? ''
    const converted = await convertReferral(world.ctx, id, { jobValue: 125_000, notify: true })
    // 5% of $1,250.00 = $62.50, and $20.00 for the friend.
    expect(await balance(anna.contactId)).toMatchObject({ available: 6_250, held: 0 })
    expect(await balance(converted.friend.contactId ?? '')).toMatchObject({ available: 2_000 })
    expect((await summarizeReferrals(world.ctx)).counts.converted).toBe(1)
    await reverseConversion(world.ctx, id, 'The job was canceled')
    expect(await balance(anna.contactId)).toMatchObject({ available: 0 })
  })

  it('creates one conversion for fifty parallel requests', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const results = await Promise.all(
      Array.from({ length: 50 }, () => convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })),
    )
    expect(new Set(results.map((result) => result.conversion?.id)).size).toBe(1)
    expect(await balance(anna.contactId)).toMatchObject({ available: 5_000 })
  })

  it('lets one of two rivals win', async () => {
    const campaign = await world.campaign()
    const priya = stranger()
    const rivals = []
    for (let n = 0; n < 2; n += 1) rivals.push(await world.referral((await world.advocate(campaign.id)).id, priya))
    const results = await Promise.allSettled(
      rivals.map(({ id }) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })),
    )
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('holds a reward and releases it once', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, held: 5_000 })
    test.clock.advance(15 * day)
    await Promise.all([releaseDueRewards(test.services), releaseDueRewards(test.services)])
    expect(await balance(anna.contactId)).toMatchObject({ available: 5_000, held: 0 })
  })

  it('returns the first response for a repeated key, even if both arrive at once', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const friend = stranger()
    const request = { key: 'job-1042', method: 'POST', path: '/v1/referrals', body: JSON.stringify(friend) }
    const create = () =>
      withIdempotency(world.ctx, request, async (tx) => ({
        status: 201,
        body: JSON.stringify(await createReferral(tx, { advocateId: anna.id, friend, metadata: {} })),
      }))
    const [first, second] = await Promise.all([create(), create()])
    expect(first.body).toBe(second.body)
    expect([first.repeated, second.repeated].sort()).toEqual([false, true])
  })

  it('recognizes a unique constraint violation, and names its column', async () => {
    const insert = (id: string) =>
      test.services.database.write((tx) =>
        tx.run(sql`INSERT INTO organizations (id, name, tagline, currency, time_zone, country, brand_color, is_demo, created_at)
          VALUES (${id}, 'Twice', '', 'USD', 'UTC', 'US', '#000000', 0, 0)`),
      )
    await insert('org_00000000000000000000000two')
    const error = await insert('org_00000000000000000000000two').catch((thrown: unknown) => thrown)
    expect(isUniqueViolation(error, 'organizations.id')).toBe(true)
    expect(isUniqueViolation(error, 'enrollments.code')).toBe(false)
    const referral = await world.referral((await world.advocate((await world.campaign()).id)).id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    const again = await test.services.database
      .write((tx) => tx.run(sql`INSERT INTO conversions SELECT * FROM conversions WHERE referral_id = ${referral.id}`))
      .catch((thrown: unknown) => thrown)
    expect(again).toBeInstanceOf(Error)
    expect((await loadReferral(world.ctx, referral.id)).status).toBe('converted')
  })

  it('rolls back everything of a write that throws late', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const referral = await world.referral(anna.id)
    const write = test.services.database.write(async (db) => {
      await convertReferral({ ...world.ctx, db, inTransaction: true }, referral.id, { jobValue: 100_000, notify: true })
      throw new Error('the power went')
    })
    await expect(write).rejects.toThrow('the power went')
    expect((await loadReferral(world.ctx, referral.id)).status).toBe('pending')
    expect(await balance(anna.contactId)).toBeUndefined()
  })
}

describe('the business on an embedded file', () => {
  business(() => createTestServices())
})

describe.skipIf(binary === null)(
  `the business on a libSQL server${binary ? '' : ' (the sqld package is missing)'}`,
  () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startSqld(binary ?? '')
    })
    afterAll(() => server.close())
    business(() => createTestServices({ databaseUrl: server.url }))

    it('serves several processes, of which one converts and the others return the same result', async () => {
      const processes = await Promise.all([1, 2, 3].map(() => createTestServices({ databaseUrl: server.url })))
      const [first] = processes
      if (!first) throw new Error('no process')
      const world = await createWorld(first.services, 'Bayside Plumbing')
      const anna = await world.advocate((await world.campaign()).id)
      const referral = await world.referral(anna.id)
      const results = await Promise.all(
        processes.map(({ services }) => {
          const ctx = contextFor(services, world.organization.id, world.ctx.actor)
          return convertReferral(ctx, referral.id, { jobValue: 100_000, notify: true })
        }),
      )
      expect(new Set(results.map((result) => result.conversion?.id)).size).toBe(1)
      // 5% of $1,000.00 = $50.00, once.
      expect((await balancesOfContact(world.ctx, anna.contactId))[0]).toMatchObject({ available: 5_000 })
      await Promise.all(processes.map((one) => one.close()))
    })

    it('applies an event once, of fifty deliveries to two processes that both read it', async () => {
      const processes = await Promise.all([1, 2].map(() => createTestServices({ databaseUrl: server.url })))
      const [first] = processes
      if (!first) throw new Error('no process')
      const { organization, ctx } = await createWorld(first.services, 'Mill Lane Roofing')
      const mine = await connect(ctx, 'standard_webhooks')
      const apps = processes.map(({ services, clock }) => ({ app: createApp(services), clock }))
      const event = { type: 'job.completed', data: { job: '1', customer: { id: 1, name: 'Rosa Medina' } } }
      const statuses = await Promise.all(
        Array.from({ length: 50 }, async (_, at) => {
          const one = apps[at % 2]
          return one ? (await sendEvent(one, mine, event, { id: 'msg_1' })).status : 0
        }),
      )
      expect(new Set(statuses)).toEqual(new Set([200]))
      await Promise.all(processes.map(({ services }) => processEvents(services)))
      const all = await outcomes(ctx)
      expect(all.filter((one) => one === 'applied job_completed')).toHaveLength(1)
      expect(all.filter((one) => one === 'duplicate sent_again')).toHaveLength(49)
      const [jobs] = await first.services.database.read.all<[number]>(
        sql`SELECT count(*) FROM jobs WHERE organization_id = ${organization.id}`,
      )
      expect(jobs?.[0]).toBe(1)
      await Promise.all(processes.map((one) => one.close()))
    })
  },
)
