import { Hono } from 'hono'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../config.ts'
import { AppError } from './errors.ts'
import { createFrame } from './frame.ts'
import { createLog } from './log.ts'
import { respondWithError } from './refusals.ts'
import { addCookie, addHeader, type Env, send, sendJson } from './send.ts'

const afterWrite = vi.fn()
let app: Hono<Env>
beforeEach(() => {
  afterWrite.mockClear()
  const services = { config: readConfig({ PUBLIC_URL: 'https://refer.example.com' }), log: createLog('silent') }
  app = new Hono<Env>()
  app.onError(respondWithError(services))
  app.use(createFrame(services, app, { bodyMax: () => 10, afterWrite }))
})

const usual = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cross-origin-resource-policy': 'same-origin',
  'x-request-id': 'mine',
}
const headersOf = async (path: string, init: RequestInit = {}) => {
  const { headers } = await app.request(path, { ...init, headers: { 'x-request-id': 'mine', ...init.headers } })
  return { ...Object.fromEntries(headers), cookies: headers.getSetCookie() }
}

describe('every response has the security headers', () => {
  it('and its own in place of them', async () => {
    app.get('/a', (http) =>
      send(http, 200, 'x', { 'cache-control': 'public', etag: '"1"', 'content-type': 'text/css' }),
    )
    expect(await headersOf('/a')).toEqual({
      ...usual,
      'cache-control': 'public',
      etag: '"1"',
      'content-type': 'text/css',
      cookies: [],
    })
  })

  it('with what was added before, and every cookie', async () => {
    app.get('/a', (http) => {
      addHeader(http, 'vary', 'Accept-Language')
      addCookie(http, 'a=1')
      addCookie(http, 'b=2')
      return send(http, 204, null)
    })
    expect(await headersOf('/a')).toMatchObject({ ...usual, vary: 'Accept-Language', cookies: ['a=1', 'b=2'] })
  })

  it('also an error, with what was added before it', async () => {
    app.get('/a', (http) => {
      addHeader(http, 'vary', 'Accept-Language')
      throw new AppError('rate_limited', { headers: { 'retry-after': '7' } })
    })
    expect(await headersOf('/a')).toMatchObject({ ...usual, vary: 'Accept-Language', 'retry-after': '7' })
  })

  it.each([
    ['a library made', '/library'],
    ['a library made with cookies', '/cookies'],
    ['says that nothing is there', '/nowhere'],
  ])('also one that %s', async (_, path) => {
    app.get('/library', (http) => http.json({ a: 1 }))
    app.get('/cookies', (http) => {
      addCookie(http, 'a=1')
      addCookie(http, 'b=2')
      return new Response('x', { headers: { 'x-frame-options': 'SAMEORIGIN' } })
    })
    const headers = await headersOf(path)
    const own = path === '/cookies' ? { 'x-frame-options': 'SAMEORIGIN', cookies: ['a=1', 'b=2'] } : {}
    expect(headers).toMatchObject({ ...usual, ...own })
  })

  it('and the id of its request: that of the caller, or a new one', async () => {
    app.get('/a', (http) => send(http, 200, 'x'))
    const without = await app.request('/a')
    expect(without.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await headersOf('/a', { headers: { 'x-request-id': 'not one' } })).not.toMatchObject({
      'x-request-id': 'not one',
    })
  })
})

it('the queues are told after a write that succeeded, and after no other request', async () => {
  app.get('/a', (http) => sendJson(http, 200, {}))
  app.post('/a', (http) => sendJson(http, 200, {}))
  app.post('/b', () => {
    throw new AppError('not_found')
  })
  await app.request('/a')
  await app.request('/b', { method: 'POST' })
  expect(afterWrite).not.toHaveBeenCalled()
  await app.request('/a', { method: 'POST' })
  expect(afterWrite).toHaveBeenCalledOnce()
})

it('a wrong method is answered with the right ones, a body that is too long with its limit', async () => {
  app.post('/a', async (http) => send(http, 200, await http.req.text()))
  const wrong = await app.request('/a', { method: 'PUT' })
  expect([wrong.status, wrong.headers.get('allow'), wrong.headers.get('x-frame-options')]).toEqual([
    405,
    'POST',
    'DENY',
  ])
  const short = await app.request('/a', { method: 'POST', body: '0123456789' })
  expect([short.status, await short.text()]).toEqual([200, '0123456789'])
  const long = await app.request('/a', { method: 'POST', body: '01234567890' })
  expect([long.status, long.headers.get('x-frame-options')]).toEqual([413, 'DENY'])
})
