import { type Endpoint, type Scope, scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { publicEndpoints } from '../../../shared/openapi.ts'
import { keys } from './keys.table.ts'
import { authenticateSecretKey } from './keys.ts'

let test: TestApp
let world: World
let owner: string
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
})
afterAll(() => test.close())

const create = (as: string, body: object) => test.request('POST', '/v1/keys', { as, body })
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code

describe('a secret key', () => {
  it('is shown once and stored as a hash', async () => {
    const response = await create(owner, { kind: 'secret', name: 'Booking system' })
    expect(response.status).toBe(201)
    const made = (await response.json()) as { id: string; key: string; display: string }
    expect(made.key).toMatch(/^sk_[\w-]{43}$/)
    expect(made.display).toBe(`${made.key.slice(0, 7)}…${made.key.slice(-4)}`)
    expect(JSON.stringify(await test.services.database.read.select().from(keys))).not.toContain(made.key)
    const list = await (await test.request('GET', '/v1/keys', { as: owner })).text()
    expect(list).toContain(made.id)
    expect(list).not.toContain(made.key)
  })

  it('identifies itself', async () => {
    const key = await test.secretKey(world.ctx, ['referrals:read'])
    const response = await test.request('GET', '/v1/me', { as: key })
    expect(await response.json()).toMatchObject({
      actor: { type: 'key', name: 'Server', scopes: ['referrals:read'] },
      organization: { id: world.organization.id },
      organizations: [],
    })
  })

  it('is rejected once it is revoked, and revoking it again changes nothing', async () => {
    const made = (await (await create(owner, { kind: 'secret', name: 'Old' })).json()) as { id: string; key: string }
    const revoke = () => test.request('POST', `/v1/keys/${made.id}/revoke`, { as: owner })
    const first = (await (await revoke()).json()) as { revokedAt: string }
    expect(first.revokedAt).toBe('2026-06-01T16:00:00.000Z')
    const response = await test.request('GET', '/v1/me', { as: made.key })
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated'])
    test.clock.advance(60_000)
    expect(await (await revoke()).json()).toEqual(first)
  })

  it("can't create a key with more scopes than its own", async () => {
    const narrow = await test.secretKey(world.ctx, ['settings:write', 'referrals:read'])
    const wide = await create(narrow, { kind: 'secret', name: 'Wide', scopes: ['referrals:write'] })
    expect([wide.status, await codeOf(wide)]).toEqual([403, 'key_scope_missing'])
    expect((await create(narrow, { kind: 'secret', name: 'Same', scopes: ['referrals:read'] })).status).toBe(201)
  })

  it("can't make anyone an owner", async () => {
    const key = await test.secretKey(world.ctx, [...scopes])
    const body = { name: 'Eve', email: 'eve@elsewhere.example', role: 'owner' }
    expect((await test.request('POST', '/v1/members', { as: key, body })).status).toBe(403)
  })

  it('records its last use once a minute', async () => {
    const key = await test.secretKey(world.ctx, ['referrals:read'])
    const use = async () => {
      const { actor } = await authenticateSecretKey(test.services, key)
      // Recorded outside the request: the next write waits for it.
      await test.services.database.write(async () => undefined)
      const rows = await test.services.database.read.select().from(keys)
      return rows.find((row) => 'id' in actor && row.id === actor.id)?.lastUsedAt
    }
    const first = await use()
    expect(first).toBe(test.clock.now())
    test.clock.advance(59_000)
    expect(await use()).toBe(first)
    test.clock.advance(1_000)
    expect(await use()).toBe(test.clock.now())
  })

  it('of another organization is not found', async () => {
    const other = await createWorld(test.services, 'Other Company')
    const made = (await (await create(owner, { kind: 'secret', name: 'Mine' })).json()) as { id: string; key: string }
    const stranger = await test.signIn(other.owner.personId)
    expect((await test.request('POST', `/v1/keys/${made.id}/revoke`, { as: stranger })).status).toBe(404)
    expect((await test.request('GET', '/v1/me', { as: made.key })).status).toBe(200)
    expect(await (await test.request('GET', '/v1/keys', { as: stranger })).text()).not.toContain(made.id)
  })
})

describe('scopes', () => {
  const addressOf = (endpoint: Endpoint) => endpoint.path.replace(/:(\w+)/g, 'x')
  const guarded = publicEndpoints().flatMap(({ name, endpoint }) =>
    endpoint.access.by === 'staff' && endpoint.access.scope ? [{ name, endpoint, scope: endpoint.access.scope }] : [],
  )
  const every = new Map<Scope, string>()
  beforeAll(async () => {
    for (const scope of scopes) every.set(scope, await test.secretKey(world.ctx, [scope]))
  })

  it.each(guarded)('$name requires the scope $scope and accepts it, if it is enough', async ({ endpoint, scope }) => {
    for (const [held, key] of every) {
      const response = await test.request(endpoint.method, addressOf(endpoint), { as: key })
      const refused = (await response.text()).includes('"key_scope_missing"')
      const full = endpoint.access.by === 'staff' && endpoint.access.everyScope === true
      expect(refused, `a key with ${held}`).toBe(full || held !== scope)
      expect(response.status).not.toBe(500)
    }
  })

  it("don't add up for endpoints that need more: those require every scope", () => {
    const full = publicEndpoints().filter(({ endpoint }) => 'everyScope' in endpoint.access)
    expect(full.map(({ name }) => name).sort()).toEqual([
      // Whoever knows a connection's secret reports jobs, which convert referrals.
      'connections.create',
      'connections.replaceSecret',
      'connections.setMapping',
      'imports.preview',
      'imports.run',
      'imports.undo',
      'members.invite',
      'members.remove',
      'members.resend',
      'members.update',
      'organization.archive',
      'webhookEndpoints.add',
      'webhookEndpoints.rotate',
      'webhookEndpoints.secret',
      'webhookEndpoints.update',
    ])
    // A new endpoint of this kind has to be added to the list.
    const beyond = publicEndpoints().filter(
      ({ tag, endpoint }) =>
        endpoint.media === 'application/gzip' || (/^(members|imports)$/.test(tag) && endpoint.method !== 'GET'),
    )
    expect(beyond.filter((one) => !full.some(({ name }) => name === one.name))).toEqual([])
  })

  it('settings alone neither invites an admin nor downloads the archive; all scopes together do', async () => {
    const narrow = await test.secretKey(world.ctx, ['settings:write', 'settings:read'])
    const full = await test.secretKey(world.ctx, [...scopes])
    const admin = { name: 'Eve', email: 'eve@members.example', role: 'admin' }
    const invite = (as: string) => test.request('POST', '/v1/members', { as, body: admin })
    const download = (as: string) => test.request('GET', '/v1/organization/archive', { as })
    for (const ask of [invite, download]) {
      const response = await ask(narrow)
      expect([response.status, await codeOf(response)]).toEqual([403, 'key_scope_missing'])
    }
    expect([(await invite(full)).status, (await download(full)).status]).toEqual([201, 200])
  })

  it.each(publicEndpoints())('$name rejects requests without a credential', async ({ endpoint }) => {
    const response = await test.request(endpoint.method, addressOf(endpoint))
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated'])
  })

  it.each(guarded)('$name rejects a publishable key', async ({ endpoint }) => {
    const headers = { authorization: `Bearer ${world.publishableKey}` }
    expect((await test.request(endpoint.method, addressOf(endpoint), { headers })).status).toBe(401)
  })
})

describe('a publishable key', () => {
  const form = (key: string, headers = {}) => test.request('GET', `/embed/form?key=${key}`, { headers })

  it('loads the form on an allowed website, and on no other', async () => {
    const site = 'https://harborsons.example'
    const refused = await form(world.publishableKey, { origin: site })
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'site_not_allowed'])
    expect((await test.request('POST', '/v1/sites', { as: owner, body: { origin: site } })).status).toBe(201)
    expect((await form(world.publishableKey, { origin: site })).status).toBe(200)
    expect((await form(world.publishableKey, { origin: 'https://harborsons.example.evil.example' })).status).toBe(403)
    expect((await form(world.publishableKey, { origin: 'null' })).status).toBe(403)
  })

  it('loads the form on our own pages and for programs', async () => {
    expect((await form(world.publishableKey, { origin: test.services.config.publicUrl })).status).toBe(200)
    expect((await form(world.publishableKey)).status).toBe(200)
  })

  it('gets responses that another website can read', async () => {
    for (const response of [
      await form(world.publishableKey),
      await form('pk_unknown', { origin: 'https://a.example' }),
    ]) {
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
  })

  it("can't be used as a secret key, nor a secret key on a page", async () => {
    expect((await form('pk_unknown')).status).toBe(401)
    expect((await form(await test.secretKey(world.ctx, ['referrals:read']))).status).toBe(401)
  })
})
