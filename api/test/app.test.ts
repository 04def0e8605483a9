import { type Endpoint, endpoints, Problem } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { publicEndpoints } from '../src/shared/openapi.ts'
import type { StaticFile } from '../src/shared/staticFiles.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, type World } from './harness.ts'
import { advocateAt, mailbox, portalOver } from './portal.ts'

let test: TestApp
let world: World
let owner: string
let advocate: string
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
  const { contactId } = await advocateAt(world, { name: 'Anna Kowalski', email: mailbox('anna') })
  advocate = await portalOver(() => test.app).signIn(world, contactId, 'full')
})
afterAll(() => test.close())

const all = Object.entries(endpoints).flatMap(([group, verbs]) =>
  Object.entries<Endpoint>(verbs).map(([verb, endpoint]) => ({ name: `${group}.${verb}`, endpoint })),
)
/** Credentials of a caller the endpoint is for. */
const whoFor = ({ access }: Endpoint) => (access.by === 'portal' ? advocate : owner)
const addressOf = (endpoint: Endpoint) => endpoint.path.replace(/:(\w+)/g, 'x')
const problemOf = async (response: Response) => Problem.parse(await response.json())

describe('an error response', () => {
  it('is problem details with the request id', async () => {
    const response = await test.request('GET', '/v1/keys', { headers: { 'x-request-id': 'ours-42' } })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('x-request-id')).toBe('ours-42')
    expect(await problemOf(response)).toEqual({
      type: 'urn:goodword:problem:unauthenticated',
      title: 'You are not signed in',
      status: 401,
      detail: 'Sign in again, or send a key as "Authorization: Bearer sk_…".',
      code: 'unauthenticated',
      requestId: 'ours-42',
    })
  })

  it('names the invalid fields', async () => {
    const response = await test.request('POST', '/v1/members', { as: owner, body: { name: '', email: 'x', extra: 1 } })
    const { code, errors } = await problemOf(response)
    expect([response.status, code]).toEqual([400, 'validation_failed'])
    expect(errors?.map((error) => error.path)).toEqual(expect.arrayContaining(['name', 'email', 'role']))
  })

  it('for an unexpected error contains only the request id', async () => {
    const app = createApp(test.services)
    app.get('/v1/broken', () => {
      throw new Error('SELECT secret FROM nowhere')
    })
    const response = await app.request('/v1/broken')
    expect(response.status).toBe(500)
    const text = await response.clone().text()
    expect(text).not.toContain('secret')
    expect(await problemOf(response)).toMatchObject({
      code: 'internal',
      requestId: response.headers.get('x-request-id'),
    })
  })

  it('for a body over 64 KB is sent before the body is read', async () => {
    const body = { name: 'x'.repeat(64 * 1024), email: 'a@b.example', role: 'staff' }
    const response = await test.request('POST', '/v1/members', { as: owner, body })
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'body_too_large'])
  })

  it("for a malformed body says that it isn't JSON", async () => {
    const response = await test.request('POST', '/v1/members', { as: owner, body: '{"name":' })
    expect([response.status, (await problemOf(response)).code]).toEqual([400, 'malformed_json'])
  })

  it('for an unknown method lists the supported ones', async () => {
    const response = await test.request('PATCH', '/v1/keys', { as: owner })
    expect([response.status, (await problemOf(response)).code]).toEqual([405, 'method_not_allowed'])
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
  })

  it('for an unknown path is a page for people and problem details for programs', async () => {
    const page = await test.request('GET', '/nowhere', { headers: { accept: 'text/html,*/*' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('<h1>Not found</h1>')
    for (const path of ['/v1/nowhere', '/portal/api/nowhere', '/embed/nowhere', '/session/nowhere']) {
      const response = await test.request('GET', path, { headers: { accept: 'text/html,*/*' } })
      expect([response.status, (await problemOf(response)).code]).toEqual([404, 'not_found'])
    }
  })
})

describe('a write', () => {
  const writes = all.filter(({ endpoint }) => endpoint.method !== 'GET')
  const cookieWrites = writes.filter(({ endpoint }) => ['staff', 'portal', 'anyone'].includes(endpoint.access.by))

  it.each(cookieWrites)("$name is rejected from another site's page", async ({ endpoint }) => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${test.services.config.publicUrl}.evil.example` },
    ]) {
      const response = await test.request(endpoint.method, addressOf(endpoint), {
        as: whoFor(endpoint),
        body: {},
        headers,
      })
      expect([response.status, (await problemOf(response)).code]).toEqual([403, 'origin_refused'])
    }
  })

  it.each(writes.filter(({ endpoint }) => endpoint.body))(
    '$name accepts JSON and no form data',
    async ({ endpoint }) => {
      const form = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
      const query = endpoint.access.by === 'publishable' ? `?key=${world.publishableKey}` : ''
      for (const type of form) {
        const response = await test.request(endpoint.method, addressOf(endpoint) + query, {
          as: whoFor(endpoint),
          body: '{"email":"maya@harborsons.example"}',
          headers: { 'content-type': type },
        })
        expect([type, response.status]).toEqual([type, 415])
      }
    },
  )

  it("is rejected as cross-site by the browser's headers even without an Origin", async () => {
    const request = (site: string) =>
      test.app.request(`${test.services.config.publicUrl}/v1/sites`, {
        method: 'POST',
        headers: { cookie: owner, 'content-type': 'application/json', 'sec-fetch-site': site },
        body: '{"origin":"https://a.example"}',
      })
    expect((await request('cross-site')).status).toBe(403)
    expect((await request('same-site')).status).toBe(403)
    expect((await request('same-origin')).status).toBe(201)
  })

  it('wakes the jobs, because there may be messages to send', async () => {
    let wakeUps = 0
    const app = createApp(test.services, {
      afterWrite: () => {
        wakeUps += 1
      },
    })
    const ask = (method: string, path: string, body?: string) =>
      app.request(path, { method, headers: { 'content-type': 'application/json' }, ...(body ? { body } : {}) })
    await ask('GET', '/healthz')
    await ask('POST', '/session/links', '{"email":"not an address"}')
    expect(wakeUps).toBe(0)
    await ask('POST', '/session/links', '{"email":"nobody@elsewhere.example"}')
    expect(wakeUps).toBe(1)
  })
})

describe('response headers', () => {
  it('keep other sites away from our API', async () => {
    const { headers } = await test.request('GET', '/v1/me', { as: owner, headers: { origin: 'https://evil.example' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it("let any website use the form's endpoints, without credentials", async () => {
    const preflight = await test.app.request('/embed/referrals?key=pk_x', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://harborsons.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('Content-Type')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('accept headers that a page adds to all its requests, and no nonsense', async () => {
    const ask = async (headers: string) =>
      (
        await test.app.request('/embed/visits?key=pk_x&code=KR7M2HQ', {
          method: 'OPTIONS',
          headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
        })
      ).headers
    const traced = await ask('content-type,traceparent, x-requested-with,authorization')
    expect(traced.get('access-control-allow-headers')).toBe(
      'Content-Type, traceparent, x-requested-with, authorization',
    )
    expect(traced.get('vary')).toContain('Access-Control-Request-Headers')
    expect((await ask('x y, z;, ,"')).get('access-control-allow-headers')).toBe('Content-Type')
    expect((await ask(`x-${'a'.repeat(5_000)}`)).get('access-control-allow-headers')?.length).toBeLessThan(1_100)
  })
})

describe('the built files', () => {
  const file = (name: string, type: string, text: string): [string, StaticFile] => [
    name,
    { name, type, etag: `"${name}"`, body: Buffer.from(text), hashed: name.includes('-'), compressed: new Map() },
  ]
  const script = 'export const answer = 42\n'.repeat(100)
  const files = () => ({
    portal: new Map([
      file('console.html', 'text/html; charset=utf-8', '<!doctype html><title>Console</title>'),
      file('advocate.html', 'text/html; charset=utf-8', '<!doctype html><title>Portal</title>'),
      file('assets/console-D5iK10C_.js', 'text/javascript; charset=utf-8', script),
    ]),
    widget: new Map([file('loader.js', 'text/javascript; charset=utf-8', script)]),
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    createApp(test.services, { files: files() }).request(path, { headers })

  it('are one of the two pages for every path within them', async () => {
    for (const path of ['/console', '/console/sign-in', '/console/referrals/ref_1']) {
      expect(await (await get(path)).text()).toContain('Console')
    }
    for (const path of ['/portal', '/portal/']) expect(await (await get(path)).text()).toContain('Portal')
    const page = await get('/console')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
  })

  it('are cached for a year if their name contains a content hash, and revalidated otherwise', async () => {
    const asset = await get('/assets/console-D5iK10C_.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const loader = await get('/widget/v1/loader.js')
    expect(loader.headers.get('cache-control')).toBe('public, max-age=300, stale-while-revalidate=86400')
    expect(loader.headers.get('access-control-allow-origin')).toBe('*')
    expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const again = await get('/widget/v1/loader.js', { 'if-none-match': loader.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('are compressed', async () => {
    const plain = await get('/widget/v1/loader.js')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(script)
    for (const encoding of ['br', 'gzip']) {
      const packed = await get('/widget/v1/loader.js', { 'accept-encoding': encoding })
      expect(packed.headers.get('content-encoding')).toBe(encoding)
      expect((await packed.arrayBuffer()).byteLength).toBeLessThan(script.length / 4)
    }
  })

  it('are only those that were built', async () => {
    for (const path of [
      '/assets/../console.html',
      '/assets/%2e%2e/package.json',
      '/widget/v1/..%2f..%2fpackage.json',
    ]) {
      expect((await get(path)).status).toBe(404)
    }
  })
})

describe('the API reference', () => {
  it('is built and compressed once, and not sent again to a client that has it', async () => {
    const packed = await test.request('GET', '/v1/openapi.json', { headers: { 'accept-encoding': 'br' } })
    expect(packed.headers.get('content-encoding')).toBe('br')
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(60_000)
    const etag = packed.headers.get('etag') ?? ''
    const again = await test.request('GET', '/v1/openapi.json', { headers: { 'if-none-match': etag } })
    expect([again.status, (await again.text()).length]).toEqual([304, 0])
  })

  it('describes every public endpoint once, with its name and scope', async () => {
    const response = await test.request('GET', '/v1/openapi.json')
    const document = (await response.json()) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>
      components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
    }
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.map((operation) => operation.operationId).sort()).toEqual(
      publicEndpoints()
        .map(({ name }) => name)
        .sort(),
    )
    expect(Object.keys(document.paths).every((path) => path.startsWith('/v1/'))).toBe(true)
    const convert = document.paths['/v1/referrals/{id}/convert']?.post
    expect(convert?.parameters?.map((parameter) => parameter.name).sort()).toEqual(['Idempotency-Key', 'id'])
    expect(Object.keys(document.components.schemas)).toContain('Problem')
    expect(Object.keys(document.components.securitySchemes)).toEqual(['secretKey', 'session'])
  })
})
