import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { contextFor } from '../../../shared/context.ts'
import { createOrganization } from '../../surfaces/setup/createOrganization.ts'
import { messages } from '../messages/messages.table.ts'
import { members, sessions, verifications } from './members.table.ts'
import { listMembers } from './members.ts'
import { createMemberSignInToken } from './session.ts'

const day = 24 * 3_600_000

let test: TestApp
let world: World
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
})
afterAll(() => test.close())
afterEach(() => {
  vi.useRealTimers()
})

const me = (cookie: string) => test.request('GET', '/v1/me', { as: cookie })
const open = (token: string, headers = {}) => test.request('POST', '/session', { body: { token }, headers })
const newToken = () => createMemberSignInToken(test.services, world.owner.personId)

describe('a sign-in link for the console', () => {
  it('signs its owner in', async () => {
    const cookie = await test.signIn(world.owner.personId)
    const response = await me(cookie)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      actor: { type: 'member', id: world.owner.id, name: 'Maya Ortiz', role: 'owner' },
      organization: { id: world.organization.id, name: 'Harbor & Sons' },
      organizations: [{ id: world.organization.id, name: 'Harbor & Sons', role: 'owner' }],
      delivery: 'kept',
    })
  })

  it('opens one session even if fifty requests use it at once', async () => {
    const token = await newToken()
    const before = (await test.services.database.read.select().from(sessions)).length
    const responses = await Promise.all(Array.from({ length: 50 }, () => open(token)))
    expect(responses.filter((response) => response.status === 200)).toHaveLength(1)
    expect(responses.filter((response) => response.status === 410)).toHaveLength(49)
    expect((await test.services.database.read.select().from(sessions)).length).toBe(before + 1)
  })

  it('works for ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const early = await newToken()
    const late = await newToken()
    vi.setSystemTime(Date.now() + 9 * 60_000)
    expect((await open(early)).status).toBe(200)
    vi.setSystemTime(Date.now() + 2 * 60_000)
    const response = await open(late)
    expect(response.status).toBe(410)
    expect(await response.json()).toMatchObject({
      code: 'link_invalid',
      detail: 'Ask for a new one; it takes one tap.',
    })
  })

  it('is stored only as a hash, and so is the session', async () => {
    const token = await newToken()
    const cookie = cookieOf(await open(token))
    const session = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''
    expect(session.length).toBeGreaterThan(30)
    const kept = JSON.stringify([
      await test.services.database.read.select().from(verifications),
      await test.services.database.read.select().from(sessions),
    ])
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(session)
  })

  it("ends the browser's current session and starts another", async () => {
    const first = await test.signIn(world.owner.personId)
    const second = cookieOf(await open(await newToken(), { cookie: first }))
    expect(second).not.toBe(first)
    expect((await me(first)).status).toBe(401)
    expect((await me(second)).status).toBe(200)
  })
})

describe('asking for a sign-in link', () => {
  const ask = (email: string) => test.request('POST', '/session/links', { body: { email } })
  const queued = async () =>
    (await test.services.database.read.select().from(messages)).filter((one) => one.template === 'member_sign_in')

  it('gets the same response for a member and for a stranger, and sends an email only to the member', async () => {
    const before = (await queued()).length
    const known = await ask(' MAYA@harborsons.example ')
    const unknown = await ask('nobody@elsewhere.example')
    expect([known.status, unknown.status]).toEqual([202, 202])
    expect(await known.text()).toBe(await unknown.text())
    const headers = (response: Response) => [...response.headers.keys()].sort()
    expect(headers(known)).toEqual(headers(unknown))
    const written = (await queued()).slice(before)
    expect(written).toMatchObject([{ to: 'maya@harborsons.example', link: 'member_sign_in', organizationId: null }])
    expect(written[0]?.body).not.toContain('#token=')
  })

  it('sends nothing to a person who is no longer a member', async () => {
    const { owner } = await createOrganization(test.services, {
      name: 'Closed',
      currency: 'USD',
      timeZone: 'UTC',
      country: 'US',
      owner: { name: 'Gone', email: 'gone@closed.example' },
    })
    const token = await createMemberSignInToken(test.services, owner.personId)
    await test.services.database.write((tx) => tx.delete(members).where(eq(members.personId, owner.personId)))
    const before = (await queued()).length
    expect((await ask('gone@closed.example')).status).toBe(202)
    expect((await queued()).length).toBe(before)
    expect((await me(cookieOf(await open(token)))).status).toBe(401)
  })
})

describe('repeated requests for a sign-in link', () => {
  it.each(['maya@harborsons.example', 'nobody@elsewhere.example'])('for %s are rate limited', async (email) => {
    const limited = await createTestApp({ rateLimits: true })
    await createWorld(limited.services)
    const responses: Response[] = []
    for (let time = 1; time <= 6; time += 1) {
      responses.push(await limited.request('POST', '/session/links', { body: { email } }))
    }
    // 5 times in 15 minutes per address.
    expect(responses.map((response) => response.status)).toEqual([202, 202, 202, 202, 202, 429])
    expect(Number(responses[5]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await responses[5]?.json()).toMatchObject({ code: 'rate_limited' })
    await limited.close()
  })
})

describe('a console session', () => {
  it("has a cookie that scripts can't read and other sites can't send", async () => {
    const response = await open(await newToken())
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^goodword-staff=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
  })

  it('binds its cookie to the host and to https where https is used', async () => {
    const secure = await createTestApp({ publicUrl: 'https://refer.example.com' })
    const { owner } = await createWorld(secure.services)
    const token = await createMemberSignInToken(secure.services, owner.personId)
    const response = await secure.request('POST', '/session', { body: { token } })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-goodword-staff=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ])
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
    expect((await secure.request('GET', '/v1/me', { as: cookieOf(response) })).status).toBe(200)
    await secure.close()
  })

  it('ends after seven days without a visit', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const cookie = await test.signIn(world.owner.personId)
    vi.setSystemTime(Date.now() + 6 * day)
    const prolonged = await me(cookie)
    expect(prolonged.status).toBe(200)
    expect(cookieOf(prolonged)).toBe(cookie)
    vi.setSystemTime(Date.now() + 6 * day)
    expect((await me(cookie)).status).toBe(200)
    vi.setSystemTime(Date.now() + 8 * day)
    expect((await me(cookie)).status).toBe(401)
  })

  it('ends after thirty days however often it is used', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const cookie = await test.signIn(world.owner.personId)
    // Six visits, 5 days apart: 5 × 5 = 25 days are within the limit, 6 × 5 = 30 are over it.
    for (let visit = 1; visit <= 5; visit += 1) {
      vi.setSystemTime(Date.now() + 5 * day)
      expect((await me(cookie)).status).toBe(200)
    }
    vi.setSystemTime(Date.now() + 5 * day)
    expect((await me(cookie)).status).toBe(401)
  })

  it('ends when its person signs out', async () => {
    const cookie = await test.signIn(world.owner.personId)
    const response = await test.request('DELETE', '/session', { as: cookie })
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie()[0]).toMatch(/^goodword-staff=; Max-Age=0/)
    expect((await me(cookie)).status).toBe(401)
  })

  it('is rejected with another token or another signature', async () => {
    const cookie = await test.signIn(world.owner.personId)
    const [name = '', token = '', signature = ''] = cookie.split(/[=.]/, 3)
    const other = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    expect((await me(`${name}=${token}.${signature}`)).status).toBe(200)
    expect((await me(`${name}=${other(token)}.${signature}`)).status).toBe(401)
    expect((await me(`${name}=${token}.${other(signature)}`)).status).toBe(401)
  })
})

describe('a person in two organizations', () => {
  it("opens the organization of the link, can switch to the second, and can't switch to a third", async () => {
    const second = await createWorld(test.services, 'Second Street Dental')
    const third = await createWorld(test.services, 'Third Rail Electric')
    await test.member(second.ctx, 'staff', 'maya@harborsons.example')
    const cookie = await test.signIn(world.owner.personId, world.owner.id)
    const current = async () =>
      ((await (await me(cookie)).json()) as { organization: { name: string } }).organization.name
    const goTo = (organizationId: string) =>
      test.request('POST', '/v1/me/organization', { as: cookie, body: { organizationId } })

    expect(await current()).toBe('Harbor & Sons')
    expect((await goTo(second.organization.id)).status).toBe(204)
    expect(await current()).toBe('Second Street Dental')
    expect((await goTo(third.organization.id)).status).toBe(404)
    expect(await current()).toBe('Second Street Dental')
    const withKey = await test.request('POST', '/v1/me/organization', {
      as: cookie,
      headers: { 'idempotency-key': 'switch-1' },
      body: { organizationId: world.organization.id },
    })
    expect(withKey.status).toBe(204)
    expect(await current()).toBe('Harbor & Sons')
  })
})

describe('members', () => {
  it('are invited once, by someone who may invite, into their own organization', async () => {
    const admin = await test.member(world.ctx, 'admin', 'ada@harborsons.example')
    const staff = await test.member(world.ctx, 'staff', 'stan@harborsons.example')
    const invite = (as: string, body: object) => test.request('POST', '/v1/members', { as, body })
    const lee = { name: 'Lee', email: 'Lee@HarborSons.example', role: 'staff' }

    expect((await invite(staff, lee)).status).toBe(403)
    const invited = await invite(admin, lee)
    expect(invited.status).toBe(201)
    expect(await invited.json()).toMatchObject({ name: 'Lee', email: 'lee@harborsons.example', role: 'staff' })
    expect(await (await invite(admin, lee)).json()).toMatchObject({ code: 'member_exists' })
    expect((await invite(admin, { ...lee, email: 'boss@harborsons.example', role: 'owner' })).status).toBe(403)

    const elsewhere = await createWorld(test.services, 'Elsewhere')
    const list = await test.request('GET', '/v1/members', { as: await test.signIn(elsewhere.owner.personId) })
    expect(await list.json()).toEqual({ items: [expect.objectContaining({ email: 'maya@elsewhere.example' })] })
  })

  it('of one organization have no access to another', async () => {
    const foreign = contextFor(test.services, 'org_00000000000000000000000000', world.ctx.actor)
    expect(await listMembers(foreign)).toEqual({ items: [] })
  })
})
