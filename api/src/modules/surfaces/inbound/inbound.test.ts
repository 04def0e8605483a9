import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, type World } from '../../../../test/harness.ts'
import { connect, outcomes, processEvents, sendEvent } from '../../../../test/inbound.ts'
import { AppError } from '../../../shared/errors.ts'
import { createRateLimits } from '../../../shared/rateLimits.ts'
import {
  getConnection,
  removeConnection,
  replaceSecret,
  setMapping,
  updateConnection,
} from '../../platform/connections/connections.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { listJobEvents, loadJobEvent } from '../../program/jobs/jobEvents.queries.ts'
import { eventMax, inboundPages } from './inbound.pages.ts'
import { verifyRequest } from './signatures.ts'

let test: TestApp
let world: World
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())
const done = { type: 'job.completed', data: { job: '4471', customer: { name: 'Rosa Medina', phone: '+16285550117' } } }
const world_ = async () => {
  world = await anotherWorld(test.services)
  return world.ctx
}

describe('a signature', () => {
  const bytes = new TextEncoder().encode('{"id":5001,"total":"409.94","note":"Caf\\u00e9 \\/ 2"}')
  const verdict = (kind: 'shopify' | 'stripe', secret: string, header: [string, string], now = 0) =>
    verifyRequest({
      kind,
      bytes,
      secrets: [secret],
      now,
      header: (name) => (name === header[0] ? header[1] : undefined),
    })

  it('is verified over the bytes as they came, not over rewritten JSON (C1)', async () => {
    const shopify = (signature: string) =>
      verdict('shopify', 'shpss_goodword_case', ['x-shopify-hmac-sha256', signature])
    expect(await shopify('EqFkp8yrtx54HV3ngcJV3dp/9kGZeSu9Iieih+CBGG0=')).toMatchObject({ ok: true })
    expect(await shopify('v3Q37PBXcGaWKhT2udCxrQzUlz5bnPfB/G9dbxHMY/c=')).toEqual({
      ok: false,
      reason: 'signature_wrong',
    })
  })

  it('of Stripe may be one of several, and is five minutes old at most (C2)', async () => {
    const signature = `t=1764529200,v1=${'0'.repeat(64)},v1=0f43b19f7684a4408e8fb30f11fb01a64000035775824f04e7e76f64b87657fa`
    const stripe = (now: string) =>
      verdict('stripe', 'whsec_goodword_case', ['stripe-signature', signature], Date.parse(now))
    expect(await stripe('2025-11-30T19:04:59Z')).toMatchObject({ ok: true })
    expect(await stripe('2025-11-30T19:05:01Z')).toEqual({ ok: false, reason: 'clock_off' })
    expect(await stripe('2025-11-30T18:54:59Z')).toEqual({ ok: false, reason: 'clock_off' })
  })

  it.each(['', 'garbage', 't=,v1=', 't=1764529200', 'v1=00', 't=1764529200,v1=zz', ',,,=,='])(
    'of Stripe that is "%s" is none',
    async (text) => {
      expect(
        await verdict('stripe', 'whsec_goodword_case', ['stripe-signature', text], 1_764_529_200_000),
      ).toMatchObject({ ok: false })
    },
  )
})

describe('what a connected system sends', () => {
  it.each(['standard_webhooks', 'hmac', 'stripe', 'shopify', 'woocommerce', 'token'] as const)(
    'is saved if it is signed as %s signs, and answered 200 whatever comes of it (C5)',
    async (kind) => {
      const ctx = await world_()
      const mine = await connect(ctx, kind)
      const response = await sendEvent(test, mine, 'no JSON at all', { topic: 'orders/paid' })
      expect([response.status, await response.text()]).toEqual([200, ''])
      await processEvents(test.services)
      expect(await outcomes(ctx)).toEqual(['rejected body_not_json'])
      const [event] = (await listJobEvents(ctx, { limit: 1 })).items
      expect((await loadJobEvent(ctx, event?.id ?? '')).payload).toBe('no JSON at all')
    },
  )

  it('and everything else gets one and the same answer, while the connection keeps the reason', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'standard_webhooks')
    const stripe = await connect(ctx, 'stripe', { secret: undefined })
    const answers = new Set<string>()
    const note = async (response: Response) => {
      const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
      answers.add(JSON.stringify([response.status, problem]))
    }
    await note(await sendEvent(test, mine, done, { secret: `whsec_${'A'.repeat(43)}=` }))
    expect((await getConnection(ctx, mine.connection.id)).lastFailure?.reason).toBe('signature_wrong')
    test.clock.advance(60_000)
    await note(await sendEvent(test, mine, done, { at: test.clock.now() - 301_000 }))
    expect((await getConnection(ctx, mine.connection.id)).lastFailure?.reason).toBe('clock_off')
    const unsigned = (url: string) => test.app.request(url, { method: 'POST', body: '{}' })
    await note(await unsigned(mine.connection.url))
    // Noted once a minute.
    expect((await getConnection(ctx, mine.connection.id)).lastFailure?.reason).toBe('clock_off')
    await note(await unsigned(mine.connection.url.replace(/.$/, '#')))
    await note(await unsigned(`${test.services.config.publicUrl}/v1/inbound/nonsense`))
    await note(await unsigned(`${test.services.config.publicUrl}/v1/inbound/${mine.connection.id.slice(0, -2)}zz`))
    await note(await sendEvent(test, stripe, done))
    await updateOrganization(ctx, { features: [] })
    await note(await sendEvent(test, mine, done))
    expect([...answers].map((one) => JSON.parse(one)[0])).toEqual([401])
    // The feed shows them as well, at most one a minute of each connection, without what they held.
    const { items } = await listJobEvents(ctx, { limit: 10, tab: 'refused' })
    expect(items.map(({ connection, facts }) => [connection?.id, facts.failure]).reverse()).toEqual([
      [mine.connection.id, 'signature_wrong'],
      [mine.connection.id, 'clock_off'],
      [stripe.connection.id, 'secret_missing'],
    ])
    const [last] = items
    expect(await loadJobEvent(ctx, last?.id ?? '')).toMatchObject({ payload: null, deliveryId: null, canRetry: false })
  })

  it('is judged by what is true at that very request, however much is kept in memory', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'hmac')
    const { id } = mine.connection
    const job = (n: number) => ({ ...done, data: { ...done.data, job: `${n}` } })
    const answer = async (n: number, by = mine) => (await sendEvent(test, by, job(n))).status
    const lastOutcome = async () => {
      await processEvents(test.services)
      return (await outcomes(ctx)).at(-1)
    }
    expect([await answer(1), await answer(2)]).toEqual([200, 200])
    await updateConnection(ctx, id, { isPaused: true })
    expect([await answer(3), await lastOutcome()]).toEqual([200, 'ignored connection_paused'])
    await updateConnection(ctx, id, { isPaused: false })
    expect([await answer(4), await lastOutcome()]).toEqual([200, 'applied job_completed'])
    // Read by the mapping that is saved between receiving and reading it.
    expect(await answer(5)).toBe(200)
    const type = { is: 'always', type: 'job.completed' } as const
    await setMapping(ctx, id, { type, conditions: [], amountUnit: 'major', fields: {} })
    expect(await lastOutcome()).toBe('rejected job_missing')
    const newer = { ...mine, secret: (await replaceSecret(ctx, id)).newSecret ?? '' }
    const newest = { ...mine, secret: (await replaceSecret(ctx, id)).newSecret ?? '' }
    // Only the one before works beside the newest.
    expect([await answer(6), await answer(7, newer), await answer(8, newest)]).toEqual([401, 200, 200])
    await updateOrganization(ctx, { features: [] })
    expect(await answer(9, newest)).toBe(401)
    await updateOrganization(ctx, { features: ['jobs'] })
    expect(await answer(10, newest)).toBe(200)
    await removeConnection(ctx, id)
    expect(await answer(11, newest)).toBe(401)
  })

  it('is accepted with the old and the new secret for a day, then only with the new one (C29)', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'hmac')
    const replaced = await replaceSecret(ctx, mine.connection.id)
    const newer = { ...mine, secret: replaced.newSecret ?? '' }
    const statuses = async () => [
      (await sendEvent(test, mine, done)).status,
      (await sendEvent(test, newer, done)).status,
    ]
    expect(replaced.previousSecretUntil).toBe(new Date(test.clock.now() + 86_400_000).toISOString())
    expect(await statuses()).toEqual([200, 200])
    test.clock.advance(86_400_000 - 1)
    expect(await statuses()).toEqual([200, 200])
    test.clock.advance(1)
    expect(await statuses()).toEqual([401, 200])
    expect((await getConnection(ctx, mine.connection.id)).previousSecretUntil).toBeNull()
  })

  it('is signed by a secret that the console shows once', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'standard_webhooks')
    const cookie = await test.signIn(world.owner.personId)
    const shown = await test.request('GET', `/v1/connections/${mine.connection.id}`, { as: cookie })
    const text = await shown.text()
    expect(shown.status).toBe(200)
    expect(text).not.toContain(mine.secret.slice(8))
    expect(JSON.parse(text).secret).toEqual({ createdAt: expect.any(String), createdByName: 'Maya Ortiz' })
  })

  it('may be the unsigned form by which WooCommerce tries an address: 200, and nothing more (C4)', async () => {
    const ctx = await world_()
    const ping = async (kind: 'woocommerce' | 'stripe') => {
      const { connection } = await connect(ctx, kind)
      return test.app.request(connection.url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'webhook_id=27',
      })
    }
    expect((await ping('woocommerce')).status).toBe(200)
    expect(await outcomes(ctx)).toEqual([])
    expect((await ping('stripe')).status).toBe(401)
  })

  it('may have 420 kB, but not more than a megabyte, of which one notice is kept (C7)', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'standard_webhooks')
    expect((await sendEvent(test, mine, { ...done, lines: 'x'.repeat(420_000) })).status).toBe(200)
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['applied job_completed'])
    const large = JSON.stringify({ ...done, lines: 'x'.repeat(1_200_000) })
    const declared = await sendEvent(test, mine, large, { headers: { 'content-length': String(large.length) } })
    expect([declared.status, (await sendEvent(test, mine, large)).status]).toEqual([413, 413])
    expect((await getConnection(ctx, mine.connection.id)).lastFailure?.reason).toBe('body_too_large')
    expect(large.length).toBeGreaterThan(eventMax)
    expect(await outcomes(ctx)).toEqual(['applied job_completed', 'rejected request_refused'])
  })

  it('is read as bytes, whatever type it claims, and keeps those that are no text', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'hmac')
    const bytes = new Uint8Array([0x7b, 0xff, 0x00, 0x7d])
    expect((await sendEvent(test, mine, bytes, { headers: { 'content-type': 'text/plain' } })).status).toBe(200)
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['rejected body_not_utf8'])
  })

  it('is kept while the connection is paused, and used when it is tried again', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'standard_webhooks')
    await updateConnection(ctx, mine.connection.id, { isPaused: true })
    expect((await sendEvent(test, mine, done)).status).toBe(200)
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['ignored connection_paused'])
    const [event] = (await listJobEvents(ctx, { limit: 1 })).items
    const cookie = await test.signIn(world.owner.personId)
    const retried = await test.request('POST', `/v1/job-events/${event?.id}/retry`, { as: cookie })
    expect([retried.status, (await retried.json()).outcome]).toEqual([200, 'received'])
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['applied job_completed'])
    expect((await test.request('POST', `/v1/job-events/${event?.id}/retry`, { as: cookie })).status).toBe(409)
  })

  it('ends with the connection', async () => {
    const ctx = await world_()
    const mine = await connect(ctx, 'standard_webhooks')
    const cookie = await test.signIn(world.owner.personId)
    await sendEvent(test, mine, done)
    expect((await test.request('DELETE', `/v1/connections/${mine.connection.id}`, { as: cookie })).status).toBe(204)
    expect((await sendEvent(test, mine, done)).status).toBe(401)
    expect((await test.request('GET', `/v1/connections/${mine.connection.id}`, { as: cookie })).status).toBe(404)
    // What had been accepted is still read.
    await processEvents(test.services)
    expect(await outcomes(ctx)).toEqual(['applied job_completed'])
  })

  it('is counted by sender, so that one can’t flood us and no other is held up', async () => {
    const ctx = await world_()
    const { connection } = await connect(ctx, 'token')
    const limits = createRateLimits(true)
    const errors: unknown[] = []
    const app = inboundPages(test.services, limits)
    app.onError((error, http) => {
      errors.push(error instanceof AppError ? error.code : error)
      return http.text('', 400)
    })
    const post = () => app.request(connection.url, { method: 'POST', body: '{}' })
    for (let taken = 0; taken < 14_999; taken += 1) limits.takeNow('inbound', `${connection.id} 127.0.0.1`)
    await post()
    await post()
    expect(errors).toEqual(['event_refused', 'rate_limited'])
  })
})
