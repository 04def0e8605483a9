import type { PortalHome } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, type TestServices, type World } from '../../../../test/harness.ts'
import { createApp } from '../../../app.ts'
import { transaction } from '../../../shared/context.ts'
import { addressFor } from '../../people/contacts/contacts.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { convertReferral } from '../console/referrals.ts'
import { pruneLinks } from './portal.jobs.ts'
import { portalLinks, portalSessions } from './portal.table.ts'
import { createPortalLink } from './portal.ts'

const minute = 60_000
const day = 86_400_000

let test: TestServices
let world: World
let other: World
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  other = await anotherWorld(test.services, 'Bayside')
})
afterAll(() => test.close())

let people = 0
function mailbox(name: string): string {
  people += 1
  return `${name}${people}@mail.example`
}

async function anna(at: World = world, email = mailbox('anna')) {
  const campaign = await at.campaign()
  const advocate = await at.advocate(campaign.id, { name: 'Anna Kowalski', email })
  return { campaign, advocate, email }
}

async function linkTo(contactId: string, scope: 'view' | 'full', at: World = world): Promise<string> {
  const reach = await addressFor(at.ctx, contactId)
  if (!reach) throw new Error('no address')
  return transaction(at.ctx, (tx) => createPortalLink(tx, { contactId, addressId: reach.addressId, scope }))
}

const post = (path: string, body?: object, cookie?: string) =>
  app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const open = (token: string, cookie?: string) => post('/portal/api/session', { token }, cookie)
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const home = (cookie: string) => app.request('/portal/api/home', { headers: { cookie } })
const signIn = async (token: string) => cookieOf(await open(token))
const homeOf = async (cookie: string) => (await (await home(cookie)).json()) as PortalHome
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const messagesTo = async (to: string, at: World = world) =>
  (await listMessages(at.ctx, { limit: 100 })).items.filter((message) => message.to === to)

describe('a portal link', () => {
  it('to view the balance works for thirty days, as often as its owner likes', async () => {
    const { advocate } = await anna()
    const token = await linkTo(advocate.contactId, 'view')
    for (const wait of [0, 10 * day, 20 * day - 1]) {
      test.clock.advance(wait)
      const response = await open(token)
      expect(response.status).toBe(201)
      expect(await response.json()).toMatchObject({ scope: 'view' })
      expect((await homeOf(cookieOf(response))).firstName).toBe('Anna')
    }
    test.clock.advance(1)
    expect(await codeOf(await open(token))).toBe('link_invalid')
  })

  it('to sign in works once, even if fifty requests use it at once', async () => {
    const { advocate } = await anna()
    const token = await linkTo(advocate.contactId, 'full')
    const responses = await Promise.all(Array.from({ length: 50 }, () => open(token)))
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(responses.filter(({ status }) => status === 410)).toHaveLength(49)
    const [winner] = responses.filter(({ status }) => status === 201)
    expect(await homeOf(cookieOf(winner as Response))).toMatchObject({ scope: 'full', firstName: 'Anna' })
  })

  it('to sign in expires after ten minutes', async () => {
    const { advocate } = await anna()
    const [early, late] = [await linkTo(advocate.contactId, 'full'), await linkTo(advocate.contactId, 'full')]
    test.clock.advance(10 * minute - 1)
    expect((await open(early)).status).toBe(201)
    test.clock.advance(1)
    expect(await codeOf(await open(late))).toBe('link_invalid')
    expect(await codeOf(await open('a-token-that-was-never-made-by-us'))).toBe('link_invalid')
  })

  it('is stored only as a hash, and deleted after it expires', async () => {
    const { advocate } = await anna()
    const token = await linkTo(advocate.contactId, 'view')
    await signIn(token)
    const kept = [
      await test.services.database.read.select().from(portalLinks),
      await test.services.database.read.select().from(portalSessions),
    ]
    expect(JSON.stringify(kept)).not.toContain(token)
    test.clock.advance(31 * day)
    expect(await pruneLinks(test.services)).toBeGreaterThan(0)
    expect(await test.services.database.read.select().from(portalSessions)).toEqual([])
    expect(await test.services.database.read.select().from(portalLinks)).not.toEqual([])
    test.clock.advance(180 * day)
    expect(await pruneLinks(test.services)).toBeGreaterThan(0)
    expect(await test.services.database.read.select().from(portalLinks)).toEqual([])
  })

  it('that expired sends a new one to its own address with one tap, without revealing the address', async () => {
    const { advocate, email } = await anna()
    const token = await linkTo(advocate.contactId, 'view')
    test.clock.advance(31 * day)
    await pruneLinks(test.services)
    expect(await codeOf(await open(token))).toBe('link_invalid')
    const renewed = await post('/portal/api/links/renew', { token })
    const unknown = await post('/portal/api/links/renew', { token: 'a-token-that-was-never-made-by-us' })
    expect([renewed.status, await renewed.text()]).toEqual([unknown.status, await unknown.text()])
    expect(renewed.headers.get('set-cookie')).toBeNull()
    expect(await messagesTo(email)).toMatchObject([{ template: 'portal_sign_in', state: 'queued' }])
  })

  it("does nothing on a GET, so a mail scanner can't use it up", async () => {
    const { advocate } = await anna()
    const token = await linkTo(advocate.contactId, 'full')
    expect((await app.request(`/portal/api/session?token=${token}`)).status).toBe(405)
    expect((await open(token)).status).toBe(201)
  })
})

describe('a portal session', () => {
  it("has a cookie that scripts can't read, with the __Host- prefix on https", async () => {
    const { advocate } = await anna()
    const plain = (await open(await linkTo(advocate.contactId, 'view'))).headers.get('set-cookie') ?? ''
    expect(plain).toMatch(/^goodword-portal=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
    const config = { ...test.services.config, publicUrl: 'https://refer.harbor.example' }
    const secure = createApp({ ...test.services, config })
    const response = await secure.request('/portal/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: await linkTo(advocate.contactId, 'view') }),
    })
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-goodword-portal=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('with full access ends after seven days without use, and after thirty in any case', async () => {
    const { advocate } = await anna()
    const idle = await signIn(await linkTo(advocate.contactId, 'full'))
    test.clock.advance(7 * day)
    expect(await codeOf(await home(idle))).toBe('unauthenticated')

    const busy = await signIn(await linkTo(advocate.contactId, 'full'))
    for (let days = 0; days < 24; days += 6) {
      test.clock.advance(6 * day)
      expect((await home(busy)).status).toBe(200)
    }
    test.clock.advance(6 * day)
    expect((await home(busy)).status).toBe(401)
  })

  it('ends when its owner signs out, or opens another session', async () => {
    const { advocate } = await anna()
    const first = await signIn(await linkTo(advocate.contactId, 'view'))
    const second = cookieOf(await open(await linkTo(advocate.contactId, 'full'), first))
    expect((await home(first)).status).toBe(401)
    const out = await app.request('/portal/api/session', { method: 'DELETE', headers: { cookie: second } })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await home(second)).status).toBe(401)
    expect((await home('')).status).toBe(401)
  })

  it('sends a sign-in link for full access to the address it was opened from', async () => {
    const { advocate, email } = await anna()
    const session = await signIn(await linkTo(advocate.contactId, 'view'))
    expect((await post('/portal/api/full-link', undefined, session)).status).toBe(202)
    expect(await messagesTo(email)).toMatchObject([{ template: 'portal_sign_in', state: 'queued' }])
  })
})

describe('requesting a sign-in link', () => {
  const ask = (body: object) => post('/portal/api/links', body)

  it('sends one for each business that knows the address', async () => {
    const { email } = await anna()
    await anna(other, email)
    expect((await ask({ email: ` ${email.toUpperCase()} ` })).status).toBe(202)
    expect(await messagesTo(email)).toMatchObject([{ template: 'portal_sign_in', name: 'Anna Kowalski' }])
    expect(await messagesTo(email, other)).toHaveLength(1)
  })

  it('accepts a phone number in its local form', async () => {
    const campaign = await world.campaign()
    await world.advocate(campaign.id, { name: 'Anna Kowalski', phone: '(415) 555-2671' })
    expect((await ask({ phone: '415 555 2671' })).status).toBe(202)
    expect((await ask({ phone: '+1 415-555-2671' })).status).toBe(202)
    expect(await messagesTo('+14155552671')).toHaveLength(2)
    expect(await codeOf(await ask({ phone: '12345-' }))).toBe('phone_invalid')
  })

  it('gets the same response whether or not the address is known, and emails nobody else', async () => {
    const { email } = await anna()
    const known = await ask({ email })
    const unknown = await ask({ email: 'nobody@mail.example' })
    const facts = async (response: Response) => [response.status, await response.text()]
    expect(await facts(unknown)).toEqual(await facts(known))
    expect(await messagesTo('nobody@mail.example')).toEqual([])
    expect(await messagesTo(email)).toHaveLength(1)
  })

  it('takes as long for an unknown address', async () => {
    const { email } = await anna()
    const times = { known: [] as number[], unknown: [] as number[] }
    const timed = async (kind: keyof typeof times, address: string) => {
      const start = performance.now()
      await ask({ email: address })
      times[kind].push(performance.now() - start)
    }
    for (let round = 0; round < 120; round += 1) {
      await timed('known', email)
      await timed('unknown', mailbox('nobody'))
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
    const ratio = median(times.known) / median(times.unknown)
    expect(ratio, `medians ${median(times.known)} and ${median(times.unknown)} ms`).toBeGreaterThan(1 / 1.5)
    expect(ratio, `medians ${median(times.known)} and ${median(times.unknown)} ms`).toBeLessThan(1.5)
  })

  it('is rate limited by address, known or not', async () => {
    const limited = createApp({ ...test.services, config: { ...test.services.config, rateLimits: true } })
    const responses: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const response = await limited.request('/portal/api/links', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'nobody@mail.example' }),
      })
      responses.push(response.status)
    }
    expect(responses).toEqual([202, 202, 202, 202, 202, 429])
  })
})

describe('access to the portal', () => {
  it('shows nothing of another organization whose contact has the same address', async () => {
    const { advocate, email } = await anna()
    const there = await anna(other, email)
    const referral = await other.referral(there.advocate.id, { name: 'Zelda Quux', email: mailbox('zelda') })
    await convertReferral(other.ctx, referral.id, { jobValue: 100_000, notify: false })
    const here = await homeOf(await signIn(await linkTo(advocate.contactId, 'view')))
    expect(here).toMatchObject({ booked: 0, available: 0, history: [] })
    expect(here.programs).toHaveLength(1)
    expect(JSON.stringify(here)).not.toMatch(/Zelda|Bayside/)
    const theirs = await homeOf(await signIn(await linkTo(there.advocate.contactId, 'view', other)))
    expect(theirs).toMatchObject({ booked: 1, available: 5_000 })
  })

  it('never contains more of a friend than first name and initial', async () => {
    const { advocate } = await anna()
    const friend = { name: 'Priya Ramanathan-Shah', email: mailbox('priya.secret'), phone: '+14155554711' }
    const referral = await world.referral(advocate.id, friend)
    const cookie = await signIn(await linkTo(advocate.contactId, 'view'))
    const looks = [await (await home(cookie)).text()]
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    looks.push(await (await home(cookie)).text())
    for (const text of looks) {
      expect(text).toContain('Priya R.')
      expect(text).not.toMatch(/amanathan|Shah|secret|4155554711|555-4711/i)
      expect(text).not.toContain(referral.id)
      expect(text).not.toContain(referral.friend.contactId)
    }
  })
})
