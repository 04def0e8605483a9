import { expect, it } from 'vitest'
import { createTestServices, createWorld } from '../../test/harness.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createKey } from '../modules/platform/keys/keys.ts'
import { clientAddress, clientNetwork } from './router.ts'
import type { Headed } from './send.ts'

const behindProxy = { config: { ...readConfig({}), trustProxy: 1 } }
const direct = { config: { ...readConfig({}), trustProxy: 0 } }

/** A request as the server reads it. */
const from = (socket: string, forwarded?: string): Headed => ({
  req: { header: (name) => (name === 'x-forwarded-for' ? forwarded : undefined) },
  env: { incoming: { socket: { remoteAddress: socket }, headers: { 'x-forwarded-for': forwarded } } },
})

it('the last address that a trusted proxy forwarded counts, and nothing that is not an address', () => {
  const of = (forwarded?: string) => clientAddress(from('192.0.2.1', forwarded), behindProxy)
  expect(of('203.0.113.9, 198.51.100.7')).toBe('198.51.100.7')
  expect(of('198.51.100.7:4711')).toBe('198.51.100.7')
  expect(of('[2001:db8::1]:443')).toBe('2001:db8::1')
  for (const made of ['unknown', 'x'.repeat(50), '198.51.100.7, made-up', undefined]) expect(of(made)).toBe('192.0.2.1')
  expect(clientAddress(from('192.0.2.1', '198.51.100.7'), direct)).toBe('192.0.2.1')
})

it('every address of an IPv6 network is counted as one', () => {
  const of = (socket: string) => clientNetwork(from(socket), direct)
  expect(of('2001:db8:12:34::1')).toBe(of('2001:db8:12:34:a1b2:c3d4:e5f6:7'))
  expect(of('2001:db8:12:34::1')).not.toBe(of('2001:db8:12:35::1'))
  expect(of('::ffff:198.51.100.7')).toBe('198.51.100.7')
  expect(of('198.51.100.7')).toBe('198.51.100.7')
})

it('a machine that changes its IPv6 address within a network has 1,200 requests a minute, and the next network its own', async () => {
  const test = await createTestServices({ rateLimits: true, trustProxy: 1 })
  const world = await createWorld(test.services)
  const app = createApp(test.services)
  const ask = (address: string) =>
    app.request(`/embed/form?key=${world.publishableKey}`, { headers: { 'x-forwarded-for': address } })
  const first = await ask('2001:db8:12:34::0')
  expect(first.headers.get('ratelimit-policy')).toBe('"credential";q=1200;w=60')
  for (let n = 1; n < 1_200; n += 1) await ask(`2001:db8:12:34::${n.toString(16)}`)
  expect((await ask('2001:db8:12:34:ffff::1')).status).toBe(429)
  expect((await ask('2001:db8:12:35::1')).status).toBe(200)
  const { key } = await createKey(world.ctx, { kind: 'secret', name: 'Server', scopes: ['referrals:read'] })
  const listed = await app.request('/v1/referrals', { headers: { authorization: `Bearer ${key}` } })
  expect(listed.headers.get('ratelimit')).toBe('"credential";r=1199;t=60')
  await test.close()
})
