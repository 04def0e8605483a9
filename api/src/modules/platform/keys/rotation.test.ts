import type { ApiKey, CreatedKey } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { createKey, listKeys, snippetKey } from './keys.ts'
import { rotateKey } from './rotation.ts'

let test: TestApp
let world: World
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
})
afterAll(() => test.close())

const make = (scopes: CreatedKey['scopes'] = ['referrals:read']) =>
  createKey(world.ctx, { kind: 'secret', name: 'Job system', scopes })
const opens = async (key: string) => (await test.request('GET', '/v1/me', { as: key })).status === 200
const known = async (id: string): Promise<ApiKey | undefined> =>
  (await listKeys(world.ctx)).items.find((key) => key.id === id)

describe('a rotated key', () => {
  it.each([
    ['day', 86_400_000],
    ['week', 7 * 86_400_000],
  ] as const)('keeps working beside the new one for a %s and no longer', async (overlap, ms) => {
    const old = await make()
    const made = await rotateKey(world.ctx, old.id, { overlap })
    expect(made).toMatchObject({ name: 'Job system', scopes: ['referrals:read'], revokedAt: null, expiresAt: null })
    expect(made.key).not.toBe(old.key)
    expect([await opens(old.key), await opens(made.key)]).toEqual([true, true])
    test.clock.advance(ms - 1)
    expect(await opens(old.key)).toBe(true)
    test.clock.advance(1)
    expect([await opens(old.key), await opens(made.key)]).toEqual([false, true])
    expect(await known(old.id)).toMatchObject({ replacedBy: made.id, revokedAt: null })
  })

  it('stops working immediately without an overlap', async () => {
    const old = await make()
    const made = await rotateKey(world.ctx, old.id, { overlap: 'none' })
    expect([await opens(old.key), await opens(made.key)]).toEqual([false, true])
  })

  it('can be revoked before the overlap ends', async () => {
    const old = await make()
    await rotateKey(world.ctx, old.id, { overlap: 'week' })
    const owner = await test.signIn(world.owner.personId)
    expect((await test.request('POST', `/v1/keys/${old.id}/revoke`, { as: owner })).status).toBe(200)
    expect(await opens(old.key)).toBe(false)
  })

  it('is replaced by one key even if two people rotate it at the same time', async () => {
    const old = await make()
    const before = (await listKeys(world.ctx)).items.length
    const asked = [1, 2].map(() => rotateKey(world.ctx, old.id, { overlap: 'day' }))
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: 'key_replaced' }) })
    expect((await listKeys(world.ctx)).items).toHaveLength(before + 1)
  })

  it("isn't replaced by a key with more scopes than the key that asked", async () => {
    const wide = await make(['referrals:write'])
    const narrow = await test.secretKey(world.ctx, ['settings:write'])
    const response = await test.request('POST', `/v1/keys/${wide.id}/rotate`, { as: narrow, body: { overlap: 'none' } })
    expect([response.status, await response.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'key_scope_missing' }),
    ])
    expect(await opens(wide.key)).toBe(true)
  })

  it('of a website is replaced in the snippet', async () => {
    const [old] = (await listKeys(world.ctx)).items.filter(({ kind }) => kind === 'publishable')
    const made = await rotateKey(world.ctx, old?.id ?? '', { overlap: 'week' })
    expect(await snippetKey(world.ctx)).toBe(made.key)
    const form = (key: string) => test.request('GET', `/embed/form?key=${key}`)
    expect((await form(old?.display ?? '')).status).toBe(200)
    test.clock.advance(7 * 86_400_000)
    expect((await form(old?.display ?? '')).status).toBe(401)
    expect((await form(made.key)).status).toBe(200)
  })
})
