import { type ReferralDetail, scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { balancesOfContact } from '../src/modules/money/ledger/ledger.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { declineReferral } from '../src/modules/surfaces/console/referrals.ts'
import { idempotencyRecords } from '../src/shared/idempotency.table.ts'
import { pruneIdempotencyAnswers } from '../src/shared/idempotency.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, stranger, type World } from './harness.ts'

const hour = 3_600_000

describe('a request with an Idempotency-Key', () => {
  let test: TestApp
  let world: World
  let server: string
  let advocate: Awaited<ReturnType<World['advocate']>>
  let used = 0
  beforeAll(async () => {
    test = await createTestApp()
    world = await createWorld(test.services)
    server = await test.secretKey(world.ctx, [...scopes])
    advocate = await world.advocate((await world.campaign({ liveReferralsMax: 10_000 })).id)
  })
  afterAll(() => test.close())

  const freshKey = () => {
    used += 1
    return `job-${used}`
  }
  const create = (key: string, body: object, as = server) =>
    test.request('POST', '/v1/referrals', { as, body, headers: { 'idempotency-key': key } })
  const convert = (id: string, key: string, body: object, as = server) =>
    test.request('POST', `/v1/referrals/${id}/convert`, { as, body, headers: { 'idempotency-key': key } })
  const bodyFor = (friend: object = stranger()) => ({ code: advocate.code, friend })
  const records = () => test.services.database.read.select().from(idempotencyRecords)
  const count = async () => {
    let total = 0
    let cursor: string | undefined
    do {
      const page = await listReferrals(world.ctx, { limit: 100, sort: 'newest', ...(cursor ? { cursor } : {}) })
      total += page.items.length
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return total
  }

  it('returns the first response when repeated, and changes nothing', async () => {
    const [key, body] = [freshKey(), bodyFor()]
    const first = await create(key, body)
    const before = await count()
    const again = await create(key, body)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(await again.text()).toBe(await first.text())
    expect([first, again].map((response) => response.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(await count()).toBe(before)
  })

  it('returns the first response even if the resource has changed since', async () => {
    const [key, body] = [freshKey(), bodyFor()]
    const first = (await (await create(key, body)).json()) as ReferralDetail
    await declineReferral(world.ctx, first.id, 'No sale')
    expect(await (await create(key, body)).json()).toEqual(first)
  })

  it('takes effect once if twenty arrive at the same time', async () => {
    const [key, body] = [freshKey(), bodyFor()]
    const before = await count()
    const responses = await Promise.all(Array.from({ length: 20 }, () => create(key, body)))
    const bodies = await Promise.all(responses.map((response) => response.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(responses.filter((response) => response.headers.get('idempotency-replayed') === null)).toHaveLength(1)
    expect(await count()).toBe(before + 1)
  })

  it('converts once, and pays once', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const referral = await world.referral(anna.id)
    const key = freshKey()
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => convert(referral.id, key, { jobValue: 100_000 })),
    )
    expect(responses.map((response) => response.status)).toEqual(Array(10).fill(200))
    // 5% of $1,000.00 = $50.00
    expect((await balancesOfContact(world.ctx, anna.contactId))[0]).toMatchObject({ available: 5_000 })
  })

  it('is rejected if the key was used for another body or path, and changes nothing', async () => {
    const [key, body] = [freshKey(), bodyFor()]
    const { id } = (await (await create(key, body)).json()) as ReferralDetail
    const before = await count()
    for (const response of [await create(key, bodyFor()), await convert(id, key, { jobValue: 1 })]) {
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ code: 'idempotency_key_reused' })
    }
    expect(await count()).toBe(before)
  })

  it('stores nothing if it was rejected, and may be retried with the same key', async () => {
    const referral = await world.referral(advocate.id)
    const key = freshKey()
    const kept = (await records()).length
    const refused = await convert(referral.id, key, {})
    expect(await refused.json()).toMatchObject({ code: 'job_value_required', status: 422 })
    const malformed = await convert(referral.id, key, { jobValue: -1 })
    expect(malformed.status).toBe(400)
    expect(await records()).toHaveLength(kept)
    expect((await convert(referral.id, key, { jobValue: 100_000 })).status).toBe(200)
    expect(await records()).toHaveLength(kept + 1)
  })

  it("is separate for each caller: another key, another organization and another person don't share it", async () => {
    const key = freshKey()
    const mine = bodyFor()
    await create(key, mine)
    const second = await test.secretKey(world.ctx, [...scopes])
    expect(await (await create(key, mine, second)).json()).toMatchObject({ code: 'already_referred' })
    const other = await createWorld(test.services, 'Other Pipes')
    const theirs = await test.secretKey(other.ctx, [...scopes])
    expect(await (await create(key, mine, theirs)).json()).toMatchObject({ code: 'code_unknown' })
    const cookie = await test.signIn(world.owner.personId)
    expect((await create(key, bodyFor(), cookie)).status).toBe(201)
  })

  it('that shows a secret is done once, also by ten at once, and its answer is not kept', async () => {
    const owner = await test.signIn(world.owner.personId)
    await updateOrganization(world.ctx, { features: ['jobs'] })
    for (const [path, body] of [
      ['/v1/connections', { name: 'Dispatch', kind: 'standard_webhooks' }],
      ['/v1/webhook-endpoints', { url: 'https://hooks.example/a', events: ['reward.issued'] }],
      ['/v1/keys', { kind: 'secret', name: 'Books', scopes: ['referrals:read'] }],
    ] as const) {
      const key = freshKey()
      const send = () => test.request('POST', path, { as: owner, body, headers: { 'idempotency-key': key } })
      const answers = await Promise.all(Array.from({ length: 10 }, send))
      const made = answers.filter(({ status }) => status === 201)
      expect([path, made.length]).toEqual([path, 1])
      const other = answers.find(({ status }) => status !== 201)
      expect(await other?.json()).toMatchObject({ status: 409, code: 'answer_not_kept' })
      expect((await records()).find((one) => one.key === key)?.body).toBe('')
    }
  })

  it('is remembered for at least a day', async () => {
    const [key, body] = [freshKey(), bodyFor()]
    await create(key, body)
    test.clock.advance(24 * hour)
    await pruneIdempotencyAnswers(test.services)
    expect((await create(key, body)).headers.get('idempotency-replayed')).toBe('true')
    test.clock.advance(48 * hour + 1)
    await pruneIdempotencyAnswers(test.services)
    expect(await (await create(key, body)).json()).toMatchObject({ code: 'already_referred' })
  })

  it('with a key of more than 200 characters is rejected', async () => {
    expect((await create('k'.repeat(201), bodyFor())).status).toBe(400)
    expect((await create('k'.repeat(200), bodyFor())).status).toBe(201)
  })
})
