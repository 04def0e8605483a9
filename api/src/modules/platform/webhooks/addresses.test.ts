import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '../../../../test/receiver.ts'
import { mayReach, type Reach, reachOf, refusalOf } from './addresses.ts'
import { createPost } from './post.ts'

const privateAddresses = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::10.0.0.1',
  '64:ff9b::a00:1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
]
const publicAddresses = ['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '2a00::1']

/** The same addresses in the notations someone might use to get past a check. A URL parses all of them as IPv4. */
const disguised = [
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://0/',
  'https://127.0.0.1./',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://①②⑦.⓪.⓪.①/',
]

describe("a webhook's destination", () => {
  it.each(privateAddresses)('is never %s', (address) => {
    expect(mayReach(address, 'internet')).toBe(false)
    expect(mayReach(address, 'anything')).toBe(true)
  })
  it.each(publicAddresses)('can be %s', (address) => expect(mayReach(address, 'internet')).toBe(true))

  it('can be this computer during development, but no other private address', () => {
    expect(['127.0.0.1', '::1'].map((address) => mayReach(address, 'loopback'))).toEqual([true, true])
    expect(mayReach('10.0.0.1', 'loopback')).toBe(false)
    expect(reachOf({ allowPrivateWebhooks: false, publicUrl: 'http://localhost:3000' })).toBe('loopback')
    expect(reachOf({ allowPrivateWebhooks: false, publicUrl: 'https://refer.example.com' })).toBe('internet')
    expect(reachOf({ allowPrivateWebhooks: true, publicUrl: 'https://refer.example.com' })).toBe('anything')
  })

  it('is never an IPv4 address wrapped in IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(mayReach(`::ffff:${address}`, 'internet')).toBe(false)
      }),
    )
  })

  it.each(disguised)('is rejected as %s however it is written', (url) => {
    expect(refusalOf(url, 'internet')).not.toBeNull()
  })

  it('requires https and a complete URL without a password', () => {
    expect(refusalOf('https://jobs.example.com/hooks?a=1', 'internet')).toBeNull()
    expect(refusalOf('http://jobs.example.com/hooks', 'internet')).toBe(
      'Start with https, like https://jobs.example.com/hooks',
    )
    expect(refusalOf('http://jobs.example.com/hooks', 'loopback')).toContain('Start with https')
    expect(refusalOf('http://localhost:4000/hooks', 'loopback')).toBeNull()
    expect(refusalOf('http://localhost:4000/hooks', 'internet')).toContain('private network')
    expect(refusalOf('http://10.0.0.5/hooks', 'anything')).toBeNull()
    for (const url of ['jobs.example.com', 'ftp://example.com/', 'javascript:alert(1)', 'https://', '']) {
      expect(refusalOf(url, 'anything')).toBe('Enter a whole address, like https://example.com/webhooks')
    }
    expect(refusalOf('https://name:secret@example.com/', 'internet')).toBe('Leave out the name and password.')
  })
})

describe('when a webhook is sent', () => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.stop())
  const pointing =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const send = (url: string, reach: Reach, ...addresses: string[]) =>
    createPost({ reach, resolve: pointing(...addresses) })(url, {}, '{}')
  const sendImpatiently = (url: string) => createPost({ reach: 'loopback', timeoutMs: 500 })(url, {}, '{}')

  it('a name that resolves to this computer or a private network is not connected to', async () => {
    const before = receiver.received.length
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254']) {
      const reply = await send(`https://rebound.example:${receiver.port}/`, 'internet', address)
      expect(reply).toMatchObject({ status: null, error: expect.stringContaining('points into a private network') })
    }
    // One good address among them changes nothing.
    const mixed = await send(`https://rebound.example:${receiver.port}/`, 'internet', '8.8.8.8', '127.0.0.1')
    expect(mixed.error).toContain('private network')
    expect(receiver.received.length).toBe(before)
  })

  it('the connection goes to the address that was checked', async () => {
    let asked = 0
    const turning = async () => {
      asked += 1
      return [{ address: '127.0.0.1', family: 4 }]
    }
    const post = createPost({ reach: 'anything', resolve: turning })
    expect((await post(`http://turning.example:${receiver.port}/`, {}, '{}')).status).toBe(204)
    expect(asked).toBe(1)
  })

  it("redirects aren't followed", async () => {
    receiver.respondStatus(302, { location: 'http://169.254.169.254/' }, 'over there')
    expect(await send(receiver.url, 'loopback')).toMatchObject({
      status: 302,
      answer: 'over there',
      error: 'It answered with a redirect, which is not followed.',
    })
  })

  it('it reads four thousand bytes of an endless response, and waits no longer than the timeout', async () => {
    receiver.respondWith((_, response) => {
      response.writeHead(200)
      const flood = setInterval(() => response.write('x'.repeat(10_000)), 1)
      response.once('close', () => clearInterval(flood))
    })
    const flooded = await send(receiver.url, 'loopback')
    expect([flooded.status, flooded.answer?.length]).toEqual([200, 4_000])
    receiver.respondWith(() => undefined)
    const silent = await sendImpatiently(receiver.url)
    expect(silent).toMatchObject({ status: null, error: 'It did not answer within 0.5 seconds.' })
    receiver.respondWith((_, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 50)
      response.once('close', () => clearInterval(drip))
    })
    expect((await sendImpatiently(receiver.url)).error).toBe('It did not answer within 0.5 seconds.')
    receiver.respondWith((_, response) => response.destroy())
    expect((await send(receiver.url, 'loopback')).error).toBe('It closed the connection without an answer.')
    receiver.respondStatus(204)
  })

  it('the error says why nothing was reached', async () => {
    const gone = await startReceiver()
    await gone.stop()
    expect((await send(gone.url, 'loopback')).error).toBe('Nothing listens at this address.')
    expect((await send(receiver.url, 'internet')).error).toContain('private network')
  })
})
