import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newSecret, sign, verify, WebhookError, type WebhookProblem } from './index.ts'

/** The test vector of the standard. */
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const body = '{"type":"referral.converted","timestamp":"2026-06-01T16:00:00.000Z","data":{"referralId":"ref_1"}}'
const at = 1_780_000_000
const now = at * 1_000

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** The digit that differs in its last bit alone, which means nothing in the last digit of 32 bytes. */
const nextOf = (digit = 'A') => base64[base64.indexOf(digit) ^ 1]

async function refused(work: Promise<unknown>): Promise<WebhookProblem | null> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof WebhookError ? error.code : null
}

describe('a signature', () => {
  it('matches the standard’s test vector', async () => {
    const headers = await sign({ ...vector, secrets: vector.secret })
    expect(headers).toEqual({
      'webhook-id': vector.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': vector.signature,
    })
    const verified = await verify({ body: vector.body, headers, secrets: vector.secret, now: vector.timestamp * 1_000 })
    expect(verified).toEqual({ id: vector.id, test: 2_432_232_314 })
  })

  it('matches the reference library for any id and body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[\w-]{1,60}$/), fc.json(), async (id, text) => {
        const secret = newSecret()
        const reference = new Webhook(secret)
        const timestamp = Math.floor(Date.now() / 1_000)
        const headers = await sign({ id, timestamp, body: text, secrets: secret })
        expect(headers['webhook-signature']).toBe(reference.sign(id, new Date(timestamp * 1_000), text))
        expect(reference.verify(text, headers)).toEqual(JSON.parse(text))
      }),
      { numRuns: 50 },
    )
  })

  it('is refused if anything about it is changed, also what base64 decodes to the same', async () => {
    const secret = newSecret()
    const headers = await sign({ id: 'evt_1', timestamp: at, body, secrets: secret })
    const signed = headers['webhook-signature'].slice('v1,'.length)
    const withSignature = (text: string) => ({ ...headers, 'webhook-signature': `v1,${text}` })
    const known = ['=', signed.replace(/=$/, ''), `${signed}=`, signed.replace(/.=$/, (end) => `${nextOf(end[0])}=`)]
    for (const text of known)
      expect(await refused(verify({ body, headers: withSignature(text), secrets: secret, now }))).toBe(
        'signature_wrong',
      )
    await fc.assert(
      fc.asyncProperty(
        fc.nat(signed.length),
        fc.nat(1),
        fc.stringMatching(/^[\w+/=\t\n-]{0,2}$/),
        async (from, length, text) => {
          const changed = signed.slice(0, from) + text + signed.slice(from + length)
          fc.pre(changed !== signed)
          expect(await refused(verify({ body, headers: withSignature(changed), secrets: secret, now }))).toBe(
            'signature_wrong',
          )
        },
      ),
    )
  })

  it('is verified from text, bytes, plain headers and a Request', async () => {
    const secret = newSecret()
    const headers = await sign({ id: 'evt_1', timestamp: at, body, secrets: secret })
    for (const given of [body, new TextEncoder().encode(body)]) {
      for (const shape of [headers, { ...headers }, new Headers(headers)]) {
        const event = await verify({ body: given, headers: shape, secrets: secret, now })
        expect(event).toMatchObject({ id: 'evt_1', type: 'referral.converted', data: { referralId: 'ref_1' } })
      }
    }
  })

  it('matches the old and the new secret during a rotation', async () => {
    const [old, fresh, other] = [newSecret(), newSecret(), newSecret()]
    const headers = await sign({ id: 'evt_1', timestamp: at, body, secrets: [fresh, old] })
    for (const secrets of [old, fresh, [other, old]]) {
      expect((await verify({ body, headers, secrets, now })).id).toBe('evt_1')
    }
    expect(await refused(verify({ body, headers, secrets: other, now }))).toBe('signature_wrong')
  })

  it('is valid for five minutes either way and not a second longer', async () => {
    const secret = newSecret()
    const headers = await sign({ id: 'evt_1', timestamp: at, body, secrets: secret })
    const when = (seconds: number) => refused(verify({ body, headers, secrets: secret, now: now + seconds * 1_000 }))
    expect([await when(300), await when(301)]).toEqual([null, 'timestamp_too_old'])
    expect([await when(-300), await when(-301)]).toEqual([null, 'timestamp_too_new'])
  })
})

describe('a rejected request', () => {
  const secret = newSecret()
  const signed = () => sign({ id: 'evt_1', timestamp: at, body, secrets: secret })

  it('is any with a changed character in id, time, body or signature', async () => {
    const headers = await signed()
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), async (place) => {
        const changed = `${body.slice(0, place)}${body[place] === 'x' ? 'y' : 'x'}${body.slice(place + 1)}`
        expect(await refused(verify({ body: changed, headers, secrets: secret, now }))).toBe('signature_wrong')
      }),
      { numRuns: 30 },
    )
    for (const change of [
      { 'webhook-id': 'evt_2' },
      { 'webhook-timestamp': String(at + 1) },
      { 'webhook-signature': headers['webhook-signature'].replace(/,./, ',!') },
      { 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') },
      { 'webhook-signature': 'v1,' },
    ]) {
      expect(await refused(verify({ body, headers: { ...headers, ...change }, secrets: secret, now }))).toBe(
        'signature_wrong',
      )
    }
  })

  it('names what is missing or malformed', async () => {
    const headers = await signed()
    const code = (change: object, text = body, secrets = secret) =>
      refused(verify({ body: text, headers: { ...headers, ...change }, secrets, now }))
    expect(await code({ 'webhook-id': undefined })).toBe('headers_missing')
    expect(await code({ 'webhook-signature': '' })).toBe('headers_missing')
    expect(await code({ 'webhook-timestamp': '1e9' })).toBe('timestamp_invalid')
    expect(await code({}, body, 'whsec_')).toBe('secret_invalid')
    expect(await code({}, body, 'whsec_***')).toBe('secret_invalid')
    const noJson = await sign({ id: 'evt_1', timestamp: at, body: 'hello', secrets: secret })
    expect(await code(noJson, 'hello')).toBe('body_invalid')
  })

  it('ignores other signatures of the standard next to ours', async () => {
    const headers = await signed()
    const several = { ...headers, 'webhook-signature': `v1a,abc= v2,xyz ${headers['webhook-signature']}` }
    expect((await verify({ body, headers: several, secrets: secret, now })).id).toBe('evt_1')
  })
})

it('generates unique 256-bit secrets', () => {
  const secrets = new Set(Array.from({ length: 100 }, newSecret))
  expect(secrets.size).toBe(100)
  for (const secret of secrets) expect(atob(secret.replace('whsec_', '')).length).toBe(32)
})
