import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { hourMs, startAsking } from '../../../../test/asking.ts'
import { verify } from '../../../verify.ts'
import { receiveReply } from '../../platform/messages/inbound.ts'
import { listContacts } from '../../surfaces/console/contacts.queries.ts'
import { eraseContact } from '../../surfaces/person/erasing.ts'
import { mergeContacts } from '../../surfaces/person/merging.ts'
import { listJobEvents } from '../jobs/jobEvents.queries.ts'

const quarterMs = 15 * 60_000
const dayMs = 24 * hourMs
const authToken = 'a token of the tests'
let test: TestApp
beforeAll(async () => {
  const twilio = {
    accountSid: 'AC1',
    authToken,
    from: '+14155550100',
    baseUrl: 'http://127.0.0.1:1',
    answersStop: true,
  }
  test = await createTestApp({ twilio })
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

let people = 0
/** Somebody new, with a phone in New York unless told otherwise. */
const customer = (given: object = {}) => {
  people += 1
  const name = `Rosa ${String.fromCharCode(64 + people)}`
  return { id: `c${people}`, name, email: `rosa${people}@mail.example`, phone: `+1212555${1000 + people}`, ...given }
}
/** The next time that a clock shows this in the zone, at least a day from now. */
function clockAt(time: string, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  for (let at = Math.ceil(test.clock.now() / quarterMs) * quarterMs + dayMs; ; at += quarterMs)
    if (shown.format(at) === time) return at
}
const sentAt = ({ providers }: { providers: { handed: { at: string; channel: string }[] } }) =>
  providers.handed.map(({ at, channel }) => `${channel} ${at}`)
const contactOf = async (shop: Awaited<ReturnType<typeof startAsking>>) =>
  (await listContacts(shop.ctx, { limit: 1, sort: 'newest' })).items[0]?.id ?? ''

describe('quiet hours', () => {
  it('hold on the clock of the business and on that of the phone: Honolulu texts New York', async () => {
    const shop = await startAsking(test, { timeZone: 'Pacific/Honolulu' })
    const due = clockAt('19:30', 'Pacific/Honolulu')
    await shop.until(due - 2 * hourMs)
    await shop.play(shop.event('job.completed', due - 2 * hourMs, { customer: customer(), score: 5 }))
    await shop.wait(2 * dayMs)
    // 9:00 in Honolulu, when it is 14:00 or 15:00 in New York.
    expect(sentAt(shop)[0]).toBe(`sms ${new Date(due + 13.5 * hourMs).toISOString()}`)
  })

  it.each([
    ['2027-03-14', '13:00'],
    ['2027-11-07', '14:00'],
  ])('end at 9:00 in New York on %s, when clocks change, which is %sZ', async (day, time) => {
    const shop = await startAsking(test, { timeZone: 'America/New_York' })
    const evening = Date.parse(`${day}T03:00:00Z`)
    await shop.until(evening)
    await shop.play(shop.event('job.completed', evening, { customer: customer(), score: 5 }))
    await shop.wait(dayMs)
    expect(sentAt(shop)[0]).toBe(`sms ${day}T${time}:00.000Z`)
  })
})

describe('the past', () => {
  it('of a system that was just connected asks nobody, and neither does a job of eight days ago', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/Los_Angeles'))
    const old = Array.from({ length: 20 }, (_, index) =>
      shop.event('job.completed', Date.parse('2025-06-01T12:00:00Z') + index * dayMs, {
        job: `old ${index}`,
        customer: customer(),
        score: 5,
      }),
    )
    for (const event of old) await shop.post(event)
    await shop.settle()
    expect(await shop.asks()).toEqual([])
    await shop.until(test.clock.now() + 20 * dayMs)
    const now = test.clock.now()
    await shop.play(
      shop.event('job.completed', now - 8 * dayMs, { job: 'eight', customer: customer(), score: 5 }),
      shop.event('job.completed', now - 3 * dayMs, { job: 'three', customer: customer(), score: 5 }),
    )
    const [three, eight] = (await listJobEvents(shop.ctx, { limit: 2 })).items
    expect(eight?.effects).toMatchObject([{ reason: 'not_asked', facts: { why: 'finished_long_ago', days: 8 } }])
    expect(three?.effects).toMatchObject([{ reason: 'ask_scheduled' }])
    await shop.wait(dayMs)
    expect(shop.providers.handed).toHaveLength(1)
  })
})

describe('a text that the provider refuses', () => {
  it.each([21_635, 30_006])('as a landline (%i) becomes one email, and texts are not tried again', async (code) => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer()
    shop.providers.refuse.set(rosa.phone, code)
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(4 * dayMs)
    expect(shop.providers.handed.map(({ channel }) => channel)).toEqual(['email', 'email'])
    expect(shop.providers.tried.filter((to) => to === rosa.phone)).toHaveLength(1)
    expect(await shop.asks()).toMatchObject([{ state: 'sent', channels: ['email'] }])
  })

  it('only after it was taken, is emailed all the same', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer()
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(3 * hourMs)
    const [message] = await test.services.database.read.all<[string]>(
      sql`SELECT id FROM messages WHERE to_address = ${rosa.phone}`,
    )
    const path = `/inbound/twilio/status?message=${message?.[0]}`
    const fields = { ErrorCode: '30006', MessageStatus: 'undelivered' }
    const report = (token: string) =>
      test.app.request(`${test.services.config.publicUrl}${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': createHmac('sha1', token)
            .update(`${test.services.config.publicUrl}${path}ErrorCode30006MessageStatusundelivered`)
            .digest('base64'),
        },
      })
    expect((await report('another token')).status).toBe(404)
    expect((await report(authToken)).status).toBe(200)
    expect((await report(authToken)).status).toBe(200)
    await shop.wait(4 * dayMs)
    expect(shop.providers.handed.map(({ channel }) => channel)).toEqual(['sms', 'email', 'email'])
    expect(await shop.asks()).toMatchObject([{ state: 'sent', channels: ['email'] }])
  })

  it('of somebody without an email is skipped, never sent; a stop by the provider counts from then on', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer({ email: undefined })
    shop.providers.refuse.set(rosa.phone, 21_610)
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(4 * dayMs)
    expect(shop.providers.handed).toEqual([])
    expect(shop.providers.tried).toHaveLength(1)
    expect(await shop.asks()).toMatchObject([
      { state: 'canceled', sentAt: null, reason: { reason: 'no_channel', text: 'stopped', email: 'no_email' } },
    ])
  })

  it('for another reason is given up, and sent after all if staff try again', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer()
    shop.providers.refuse.set(rosa.phone, 21_211)
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(4 * hourMs)
    expect(await shop.asks()).toMatchObject([{ state: 'skipped', reason: { reason: 'send_failed' } }])
    shop.providers.refuse.clear()
    const key = await test.secretKey(shop.ctx, ['messages:read', 'messages:write'])
    const { items } = (await (await test.request('GET', '/v1/messages?state=failed', { as: key })).json()) as {
      items: { id: string }[]
    }
    expect((await test.request('POST', `/v1/messages/${items[0]?.id}/retry`, { as: key })).status).toBe(200)
    await shop.settle()
    expect(await shop.asks()).toMatchObject([{ state: 'sent', reason: null }])
  })
})

describe('a reply to a text', () => {
  const replyTo = (from: string, text: string) =>
    receiveReply(test.services, { id: `SM${text}`, from, text, answered: false })

  it('that asks to stop counts for the number, and so for everybody who has it', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer({ email: undefined })
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(3 * hourMs)
    expect(await replyTo(rosa.phone, 'Stop texting me please')).toContain('get no more texts')
    expect(await replyTo(rosa.phone, 'Unsubscribe')).toBeNull()
    await shop.wait(4 * dayMs)
    expect(shop.providers.handed).toHaveLength(1)
    expect(await replyTo(rosa.phone, 'START')).toBeNull()
    expect(await replyTo(rosa.phone, 'stop it')).toContain('get no more texts')
  })

  it('that only speaks of stopping goes to the team', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    const rosa = customer()
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: rosa, score: 5 }))
    await shop.wait(3 * hourMs)
    expect(await replyTo(rosa.phone, 'Can’t stop by before 5')).toBeNull()
    await shop.settle()
    expect(shop.providers.handed.at(-1)).toMatchObject({ channel: 'email' })
    expect(shop.providers.handed.at(-1)?.body).toContain(`${rosa.name} replied: “Can’t stop by before 5”`)
    await shop.wait(4 * dayMs)
    expect(shop.providers.handed.map(({ channel }) => channel)).toEqual(['sms', 'email', 'sms'])
  })
})

describe('texts', () => {
  it('go only to who agreed: without it the ask is an email', async () => {
    const shop = await startAsking(test, { consent: false })
    await shop.until(clockAt('12:00', 'America/New_York'))
    const agreed = customer({ agreedToTexts: true })
    await shop.play(
      shop.event('job.completed', test.clock.now(), { job: '1', customer: customer(), score: 5 }),
      shop.event('job.completed', test.clock.now(), { job: '2', customer: agreed, score: 5 }),
    )
    await shop.wait(4 * hourMs)
    expect(shop.providers.handed.map(({ channel, to }) => `${channel} ${to}`).sort()).toEqual([
      expect.stringMatching(/^email rosa/),
      `sms ${agreed.phone}`,
    ])
    const detail = await test.request('GET', `/v1/contacts/${await contactOf(shop)}`, {
      as: await test.secretKey(shop.ctx, ['contacts:read']),
    })
    expect(await detail.json()).toMatchObject({
      asks: [{ state: 'sent', channels: ['sms'] }],
      unreachable: { text: null, email: null },
      textConsents: [{ source: 'connection' }],
    })
  })
})

describe('what was sent', () => {
  it('is opened by an act on the page, joined by a friend, and then not reminded of', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    await shop.play(
      shop.event('job.completed', test.clock.now(), { job: '1', customer: customer(), score: 5 }),
      shop.event('job.completed', test.clock.now(), { job: '2', customer: customer(), score: 5 }),
    )
    await shop.wait(3 * hourMs)
    const [one, other] = await shop.asks()
    const { noteOpened } = await import('./opening.ts')
    await noteOpened(shop.ctx, one?.contact.id ?? '')
    await shop.world.referral(other?.advocateId ?? '')
    await shop.wait(4 * dayMs)
    expect((await shop.asks()).map(({ state, followUpSentAt }) => [state, followUpSentAt])).toEqual([
      ['opened', null],
      ['joined', null],
    ])
  })

  it('can be asked again by hand within the limits', async () => {
    const shop = await startAsking(test, { rule: { gapDays: 30, followUpHours: null } })
    await shop.until(clockAt('12:00', 'America/New_York'))
    await shop.play(shop.event('job.completed', test.clock.now(), { customer: customer(), score: 5 }))
    await shop.wait(3 * hourMs)
    const key = await test.secretKey(shop.ctx, ['advocates:write'])
    const [ask] = await shop.asks()
    const again = () => test.request('POST', `/v1/advocates/${ask?.advocateId}/ask`, { as: key })
    const refused = await again()
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      code: 'ask_refused',
      detail: expect.stringContaining('Nobody is asked twice within 30 days'),
    })
    const many = await test.request('POST', '/v1/advocates/ask', { as: key, body: { ids: [ask?.advocateId] } })
    expect(await many.json()).toMatchObject({ asked: [], notAsked: [{ reason: { reason: 'asked_lately', days: 0 } }] })
    await shop.until(clockAt('12:00', 'America/New_York') + 30 * dayMs)
    expect(await (await again()).json()).toMatchObject({ kind: 'reminder', job: null })
    await shop.settle()
    expect(shop.providers.handed.at(-1)?.body).toContain('Your link for friends still works')
  })
})

describe('a person who goes', () => {
  it('is not asked anymore: merged into another who is, or erased', async () => {
    const shop = await startAsking(test)
    await shop.until(clockAt('12:00', 'America/New_York'))
    for (const job of ['1', '2', '3'])
      await shop.play(shop.event('job.completed', test.clock.now(), { job, customer: customer(), score: 5 }))
    const [first, second, third] = await shop.asks()
    await mergeContacts(shop.ctx, first?.contact.id ?? '', { otherId: second?.contact.id ?? '', confirm: [] })
    await eraseContact(shop.ctx, third?.contact.id ?? '', third?.contact.name ?? '')
    await shop.wait(10 * dayMs)
    expect(shop.providers.handed.filter(({ body }) => body.includes('thank you for having us'))).toHaveLength(1)
  })
})
