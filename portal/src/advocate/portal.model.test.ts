import { describe, expect, it } from 'vitest'
import { createHomeCache } from './home/homeCache.ts'
import { createPortalModel, renewAfterMs } from './portal.model.ts'
import { annasHome, clientWith, ok, opened, refusal, storageInMemory, urlInMemory } from './server.testing.ts'

const token = 'a-token-of-at-least-twenty-letters'
const viewLink = { kind: 'view', token } as const
const signInLink = { kind: 'sign-in', token } as const

function portalWith(answer: Parameters<typeof clientWith>[0], online = true) {
  const { client, sent } = clientWith(answer)
  const storage = storageInMemory()
  const url = urlInMemory()
  const portal = createPortalModel({ client, homeCache: createHomeCache(() => storage), online: () => online, url })
  const paths = () => sent.map(({ method, path }) => `${method} ${path}`)
  return { portal, sent, paths, storage }
}

/** A server that knows one token and opens a session for it. */
function serverWith(session: { open: boolean }) {
  return (request: { method: string; path: string; body: unknown }) => {
    if (request.path === '/portal/api/home') return session.open ? ok(annasHome()) : refusal('unauthenticated')
    if (request.method === 'DELETE') {
      session.open = false
      return { status: 204 }
    }
    if (JSON.stringify(request.body) !== JSON.stringify({ token })) return refusal('link_invalid')
    session.open = true
    return opened()
  }
}

describe('a link in a message', () => {
  it('opens the portal right away', async () => {
    const { portal, sent, paths } = portalWith(serverWith({ open: false }))
    await portal.enter(viewLink)
    expect(paths()).toEqual(['POST /portal/api/session', 'GET /portal/api/home'])
    expect(sent[0]?.body).toEqual({ token })
    expect(portal.stage.value).toEqual({ name: 'home' })
    expect(portal.home.home.value?.firstName).toBe('Anna')
  })

  it("clears the previous person's data from this tab", async () => {
    const { portal, storage } = portalWith(serverWith({ open: true }))
    await portal.enter(null)
    expect(storage.length).toBe(1)
    portal.url.choose('ANNA2SP')
    await portal.enter(viewLink)
    expect(portal.home.program.value?.code).toBe('ANNA4K7')
  })

  it('that has expired leads to the page that sends a new one', async () => {
    const { portal } = portalWith(serverWith({ open: false }))
    await portal.enter({ kind: 'view', token: 'a-token-nobody-has-ever-issued' })
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', reason: 'link-ended' })
  })

  it('that has expired still shows the portal to someone who is signed in', async () => {
    const { portal } = portalWith(serverWith({ open: true }))
    await portal.enter({ kind: 'view', token: 'a-token-nobody-has-ever-issued' })
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it("is sent again under the same idempotency key after no response, so that it isn't rejected as used", async () => {
    let down = true
    const server = serverWith({ open: false })
    const { portal, sent } = portalWith((one) => (down ? 'no answer' : server(one)))
    await portal.enter(viewLink)
    expect(portal.stage.value).toEqual({ name: 'unreachable', why: 'The server did not answer.' })
    down = false
    await portal.retry()
    expect(portal.stage.value).toEqual({ name: 'home' })
    const keys = sent.filter((one) => one.method === 'POST').map((one) => one.idempotencyKey)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a sign-in link', () => {
  it('sends nothing until it is tapped', async () => {
    const { portal, paths } = portalWith(serverWith({ open: false }))
    await portal.enter(signInLink)
    expect(portal.stage.value).toEqual({ name: 'tap', busy: false, errorText: null })
    expect(paths()).toEqual([])
    await portal.openLink()
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it('can be tapped again after no response', async () => {
    const { portal } = portalWith(() => 'no answer', false)
    await portal.enter(signInLink)
    await portal.openLink()
    expect(portal.stage.value).toEqual({ name: 'tap', busy: false, errorText: 'You are offline.' })
  })
})

describe('without a link', () => {
  it('someone who is signed in sees their portal', async () => {
    const { portal } = portalWith(serverWith({ open: true }))
    await portal.enter(null)
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it('everyone else is asked for an address', async () => {
    const { portal } = portalWith(serverWith({ open: false }))
    await portal.enter(null)
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', reason: 'no-session' })
  })
})

describe('signing out', () => {
  it("leaves none of the person's data in the tab", async () => {
    const { portal, storage } = portalWith(serverWith({ open: true }))
    await portal.enter(null)
    expect(storage.length).toBe(1)
    await portal.signOut()
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', reason: 'signed-out' })
    expect(portal.home.home.value).toBeNull()
    expect(storage.length).toBe(0)
  })

  it('says that they are still signed in if there is no response', async () => {
    const server = serverWith({ open: true })
    const { portal } = portalWith((one) => (one.method === 'DELETE' ? 'no answer' : server(one)))
    await portal.enter(null)
    await portal.signOut()
    expect(portal.stage.value).toEqual({ name: 'home' })
    expect(portal.signOutError.value).toBe('You are still signed in. The server did not answer.')
  })

  it('ignores a response that arrives afterwards', async () => {
    const { portal } = portalWith(serverWith({ open: true }))
    await portal.enter(null)
    const late = portal.retry()
    await portal.signOut()
    await late
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', reason: 'signed-out' })
    expect(portal.home.home.value).toBeNull()
  })

  it('happens when the session ends: asks to sign in again and clears the page', async () => {
    const session = { open: true }
    const { portal, storage } = portalWith(serverWith(session))
    await portal.enter(null)
    session.open = false
    await portal.retry()
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', reason: 'session-ended' })
    expect(storage.length).toBe(0)
  })
})

describe('coming back to the page', () => {
  it('refreshes data that is more than a minute old', async () => {
    const { portal, paths } = portalWith(serverWith({ open: true }))
    await portal.enter(null)
    const shownAt = Date.parse(annasHome().asOf)
    await portal.refreshIfStale(shownAt + renewAfterMs)
    expect(paths()).toHaveLength(1)
    await portal.refreshIfStale(shownAt + renewAfterMs + 1)
    expect(paths()).toHaveLength(2)
  })
})
