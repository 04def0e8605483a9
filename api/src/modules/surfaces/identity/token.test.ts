import { sql } from 'drizzle-orm'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, stranger, type World } from '../../../../test/harness.ts'
import { identityOf } from '../../../../test/identity.ts'
import { createKey, revokeKey } from '../../platform/keys/keys.ts'
import { rotateKey } from '../../platform/keys/rotation.ts'

let test: TestApp
let world: World
let site: Awaited<ReturnType<typeof identityOf>>

beforeAll(async () => {
  test = await createTestApp()
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  site = await identityOf(test, world)
})
afterAll(() => test.close())

describe('nothing personal is shown', () => {
  let anna: Awaited<ReturnType<World['advocate']>>
  beforeEach(async () => {
    const campaign = await world.campaign()
    anna = await world.advocate(campaign.id)
  })

  it('for a token of a revoked key, though it was accepted before', async () => {
    const token = await site.sign({ contactId: anna.contactId })
    expect((await site.view(token)).firstName).toBe('Anna')
    await revokeKey(world.ctx, site.key.id)
    expect((await site.refusal(token))[0]).toBe('identity_key_unknown')
  })

  it('once the overlap of a rotated key is over; until then both keys sign', async () => {
    const next = await rotateKey(world.ctx, site.key.id, { overlap: 'day' })
    expect(next.key).toMatch(/^ik_[\w-]{43}$/)
    const both = async () => [
      (await site.refusal(await site.sign({ contactId: anna.contactId })))[0],
      (await site.refusal(await site.sign({ contactId: anna.contactId }, next)))[0],
    ]
    expect(await both()).toEqual(['none', 'none'])
    test.clock.advance(86_400_000)
    expect(await both()).toEqual(['identity_key_unknown', 'none'])
  })

  it('for a token that expired', async () => {
    const token = await site.sign({ contactId: anna.contactId, expiresIn: 60 })
    test.clock.advance(120_000)
    expect((await site.refusal(token))[0]).toBe('identity_token_expired')
  })

  it('for a token signed with something else, changed, or with another kind of key', async () => {
    const token = await site.sign({ contactId: anna.contactId })
    const [head, payload, signature = ''] = token.split('.')
    const other = await createKey(world.ctx, { kind: 'identity', name: 'Other', scopes: [] })
    const secret = await createKey(world.ctx, { kind: 'secret', name: 'Server', scopes: ['referrals:read'] })
    const forged = await site.sign({ contactId: anna.contactId }, { id: site.key.id, key: other.key })
    const evil = Buffer.from(JSON.stringify({ sub: anna.contactId, exp: 9e9 })).toString('base64url')
    for (const wrong of [forged, `${head}.${evil}.${signature}`, `${head}.${payload}.${signature.slice(1)}`])
      expect(await site.refusal(wrong)).toEqual(['identity_token_invalid', expect.stringContaining('ik_')])
    // The hash of a secret key is all that is stored of it: it can't sign.
    const bySecret = new SignJWT({ sub: anna.contactId, exp: Math.floor(test.clock.now() / 1_000) + 60 })
      .setProtectedHeader({ alg: 'HS256', kid: secret.id })
      .sign(new TextEncoder().encode(secret.key))
    expect((await site.refusal(await bySecret))[0]).toBe('identity_key_unknown')
  })

  it("for another organization's token, key or customer", async () => {
    const theirs = await anotherWorld(test.services, 'Bayside')
    const there = await identityOf(test, theirs)
    const token = await site.sign({ contactId: anna.contactId })
    expect((await there.refusal(token))[0]).toBe('identity_key_unknown')
    expect((await there.refusal(await there.sign({ contactId: anna.contactId })))[0]).toBe('identity_unknown')
    expect((await there.refusal(await there.sign({ email: anna.email ?? '' })))[0]).toBe('identity_unknown')
  })

  it('on a website that is not on the list, and never to a cache', async () => {
    const token = await site.sign({ contactId: anna.contactId })
    expect((await site.refusal(token, { origin: 'https://evil.example' }))[0]).toBe('site_not_allowed')
    const response = await site.ask(token)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it('without a token, in a request that a page may not send, or one that is huge', async () => {
    const path = `/embed/identity?key=${world.publishableKey}`
    expect((await test.request('POST', path, { body: {} })).status).toBe(400)
    expect((await test.request('POST', path, { body: { token: 'x'.repeat(4_001) } })).status).toBe(400)
    expect((await test.request('POST', path, { body: { token: 'x'.repeat(70_000) } })).status).toBe(413)
    expect((await test.request('GET', path)).status).toBe(405)
  })
})

it('a token that another library signed is accepted', async () => {
  const anna = await world.advocate((await world.campaign()).id)
  const token = await new SignJWT({ name: 'Anna', plan: 'gold' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: site.key.id })
    .setSubject(anna.contactId)
    .setAudience(world.organization.id)
    .setIssuedAt(Math.floor(test.clock.now() / 1_000))
    .setExpirationTime(Math.floor(test.clock.now() / 1_000) + 3_600)
    .sign(new TextEncoder().encode(site.key.key))
  expect((await site.view(token)).firstName).toBe('Anna')
})

describe('an identity key', () => {
  it('is shown once, and nothing that is stored can sign', async () => {
    const owner = await test.signIn(world.owner.personId)
    const body = { kind: 'identity', name: 'Shop' }
    const made = await (await test.request('POST', '/v1/keys', { as: owner, body })).json()
    expect(made).toMatchObject({ kind: 'identity', scopes: [], key: expect.stringMatching(/^ik_[\w-]{43}$/) })
    const { key, display } = made as { key: string; display: string }
    expect(display).toBe(`${key.slice(0, 7)}…${key.slice(-4)}`)
    const stored = JSON.stringify(await test.services.database.read.all(sql`SELECT * FROM keys`))
    expect(stored).not.toContain(key)
    expect(await (await test.request('GET', '/v1/keys', { as: owner })).text()).not.toContain(key)
    // It signs, and is no credential by itself.
    expect((await test.request('GET', '/v1/me', { headers: { authorization: `Bearer ${key}` } })).status).toBe(401)
    expect((await test.request('GET', `/embed/form?key=${key}`)).status).toBe(401)
  })

  it('is only made by a key that may itself read and enroll what it lets a page see', async () => {
    const body = { kind: 'identity', name: 'Shop' }
    const make = async (scopes: Parameters<typeof test.secretKey>[1]) =>
      (await test.request('POST', '/v1/keys', { as: await test.secretKey(world.ctx, scopes), body })).status
    expect(await make(['settings:write'])).toBe(403)
    expect(await make(['settings:write', 'advocates:read', 'advocates:write', 'referrals:read', 'rewards:read'])).toBe(
      201,
    )
    expect((await test.request('POST', '/v1/keys', { as: await test.member(world.ctx, 'staff'), body })).status).toBe(
      403,
    )
  })
})

it('each customer is counted on their own, so that one page in a loop stops nobody else', async () => {
  const limited = await createTestApp({ rateLimits: true })
  try {
    const there = await anotherWorld(limited.services)
    const campaign = await there.campaign()
    const [anna, ben] = [await there.advocate(campaign.id), await there.advocate(campaign.id, stranger('Ben Ode'))]
    const page = await identityOf(limited, there)
    const token = await page.sign({ contactId: anna.contactId })
    const statuses = new Map<number, number>()
    for (let n = 0; n < 61; n += 1) {
      const { status } = await page.ask(token)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect([...statuses]).toEqual([
      [200, 60],
      [429, 1],
    ])
    expect((await page.view(await page.sign({ contactId: ben.contactId }))).firstName).toBe('Ben')
  } finally {
    await limited.close()
  }
})
