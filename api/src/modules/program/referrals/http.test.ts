import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { declineReferral } from '../../surfaces/console/referrals.ts'

describe('referrals over the API', () => {
  let test: TestApp
  let world: World
  let key: string
  beforeAll(async () => {
    test = await createTestApp()
    world = await createWorld(test.services)
    key = await test.secretKey(world.ctx, ['referrals:read', 'referrals:write'])
  })
  afterAll(() => test.close())

  it('are exported as CSV', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    await world.referral(anna.id, stranger('Tomas Berg'))
    const response = await test.request('GET', '/v1/referrals/export?status=pending', { as: key })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="goodword-referrals.csv"')
    expect(await response.text()).toContain('Tomas Berg')
  })

  it('get the same bulk result again under the same key, and nothing changes twice', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const open = await world.referral(anna.id)
    const closed = await world.referral(anna.id)
    await declineReferral(world.ctx, closed.id, 'No sale')
    const send = () =>
      test.request('POST', '/v1/referrals/bulk', {
        as: key,
        body: { ids: [open.id, closed.id], action: 'accept' },
        headers: { 'idempotency-key': 'monday' },
      })
    const first = await (await send()).json()
    expect(first.results.map(({ done }: { done: boolean }) => done)).toEqual([true, false])
    const again = await send()
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await again.json()).toEqual(first)
    const { timeline } = await loadReferral(world.ctx, open.id)
    expect(timeline.filter(({ status }) => status === 'accepted')).toHaveLength(1)
  })

  it('can be created without an advocate or a friend, but not without both', async () => {
    const campaign = await world.campaign()
    const add = (body: object) => test.request('POST', '/v1/referrals', { as: key, body })
    const named = await add({ campaignId: campaign.id, advocateNamed: 'Anna' })
    expect(named.status).toBe(201)
    expect(await named.json()).toMatchObject({ advocate: null, advocateNamed: 'Anna', friend: { contactId: null } })
    expect((await add({ campaignId: campaign.id })).status).toBe(400)
    expect((await add({ friend: stranger() })).status).toBe(400)
  })

  it('are flagged for a disposable email address from another system', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const friend = { ...stranger(), email: 'priya@team.mailinator.com' }
    const added = await test.request('POST', '/v1/referrals', { as: key, body: { code: anna.code, friend } })
    expect(added.status).toBe(201)
    expect(await added.json()).toMatchObject({ flags: ['disposable_email'] })
  })

  it('can only be deleted by a key that may change settings', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const { id } = await world.referral(anna.id)
    const gone = (as: string) =>
      test.request('POST', `/v1/referrals/${id}/delete`, { as, body: { reason: 'Entered twice' } })
    expect((await gone(key)).status).toBe(403)
    const admin = await test.secretKey(world.ctx, ['referrals:write', 'settings:write'])
    expect((await gone(admin)).status).toBe(204)
    expect((await test.request('GET', `/v1/referrals/${id}`, { as: key })).status).toBe(404)
  })
})
