import { describe, expect, it } from 'vitest'
import { annasHome, clientOver, ok, opened, placeInMemory, refusal, storageInMemory } from './edge.testing.ts'
import { keepHomeIn } from './home/keptHome.ts'
import { createPortalModel, renewAfterMs } from './portal.model.ts'

const token = 'a-token-of-at-least-twenty-letters'
const viewLink = { kind: 'view', token } as const
const signInLink = { kind: 'sign-in', token } as const

function portalOver(answer: Parameters<typeof clientOver>[0], online = true) {
  const { client, asked } = clientOver(answer)
  const storage = storageInMemory()
  const place = placeInMemory()
  const portal = createPortalModel({ client, kept: keepHomeIn(() => storage), online: () => online, place })
  const sent = () => asked.map(({ method, path }) => `${method} ${path}`)
  return { portal, asked, sent, storage }
}

/** A server that knows one token and opens a session for it. */
function serverWith(session: { open: boolean }) {
  return (asked: { method: string; path: string; body: unknown }) => {
    if (asked.path === '/portal/api/home') return session.open ? ok(annasHome()) : refusal('unauthenticated')
    if (asked.method === 'DELETE') {
      session.open = false
      return { status: 204 }
    }
    if (JSON.stringify(asked.body) !== JSON.stringify({ token })) return refusal('link_invalid')
    session.open = true
    return opened()
  }
}

describe('a link from a message', () => {
  it('opens the portal straight away', async () => {
    const { portal, asked, sent } = portalOver(serverWith({ open: false }))
    await portal.enter(viewLink)
    expect(sent()).toEqual(['POST /portal/api/session', 'GET /portal/api/home'])
    expect(asked[0]?.body).toEqual({ token })
    expect(portal.stage.value).toEqual({ name: 'home' })
    expect(portal.home.home.value?.firstName).toBe('Anna')
  })

  it('forgets whoever was shown in this tab before', async () => {
    const { portal, storage } = portalOver(serverWith({ open: true }))
    await portal.enter(null)
    expect(storage.length).toBe(1)
    portal.place.choose('ANNA2SP')
    await portal.enter(viewLink)
    expect(portal.home.program.value?.code).toBe('ANNA4K7')
  })

  it('that has ended leads to the page that sends a new one', async () => {
    const { portal } = portalOver(serverWith({ open: false }))
    await portal.enter({ kind: 'view', token: 'a-token-nobody-has-ever-issued' })
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', because: 'link-ended' })
  })

  it('that has ended still shows the portal to somebody who is signed in', async () => {
    const { portal } = portalOver(serverWith({ open: true }))
    await portal.enter({ kind: 'view', token: 'a-token-nobody-has-ever-issued' })
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it('is sent again under the same key when there was no answer, so that it is not refused as used', async () => {
    let down = true
    const server = serverWith({ open: false })
    const { portal, asked } = portalOver((one) => (down ? 'no answer' : server(one)))
    await portal.enter(viewLink)
    expect(portal.stage.value).toEqual({ name: 'unreachable', why: 'The server did not answer.' })
    down = false
    await portal.retry()
    expect(portal.stage.value).toEqual({ name: 'home' })
    const keys = asked.filter((one) => one.method === 'POST').map((one) => one.idempotencyKey)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a sign-in link', () => {
  it('sends nothing until it is tapped', async () => {
    const { portal, sent } = portalOver(serverWith({ open: false }))
    await portal.enter(signInLink)
    expect(portal.stage.value).toEqual({ name: 'tap', busy: false, trouble: null })
    expect(sent()).toEqual([])
    await portal.openLink()
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it('can be tapped again when there was no answer', async () => {
    const { portal } = portalOver(() => 'no answer', false)
    await portal.enter(signInLink)
    await portal.openLink()
    expect(portal.stage.value).toEqual({ name: 'tap', busy: false, trouble: 'You are offline.' })
  })
})

describe('without a link', () => {
  it('somebody who is signed in sees their portal', async () => {
    const { portal } = portalOver(serverWith({ open: true }))
    await portal.enter(null)
    expect(portal.stage.value).toEqual({ name: 'home' })
  })

  it('anybody else is asked for an address', async () => {
    const { portal } = portalOver(serverWith({ open: false }))
    await portal.enter(null)
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', because: 'no-session' })
  })
})

describe('the end of a visit', () => {
  it('signing out leaves nothing of the person in the tab', async () => {
    const { portal, storage } = portalOver(serverWith({ open: true }))
    await portal.enter(null)
    expect(storage.length).toBe(1)
    await portal.signOut()
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', because: 'signed-out' })
    expect(portal.home.home.value).toBeNull()
    expect(storage.length).toBe(0)
  })

  it('signing out without an answer says that one is still signed in', async () => {
    const server = serverWith({ open: true })
    const { portal } = portalOver((one) => (one.method === 'DELETE' ? 'no answer' : server(one)))
    await portal.enter(null)
    await portal.signOut()
    expect(portal.stage.value).toEqual({ name: 'home' })
    expect(portal.signOutTrouble.value).toBe('You are still signed in. The server did not answer.')
  })

  it('an answer that comes after signing out shows nothing', async () => {
    const { portal } = portalOver(serverWith({ open: true }))
    await portal.enter(null)
    const late = portal.retry()
    await portal.signOut()
    await late
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', because: 'signed-out' })
    expect(portal.home.home.value).toBeNull()
  })

  it('a session that ended asks to sign in again and forgets what was shown', async () => {
    const session = { open: true }
    const { portal, storage } = portalOver(serverWith(session))
    await portal.enter(null)
    session.open = false
    await portal.retry()
    expect(portal.stage.value).toMatchObject({ name: 'sign-in', because: 'session-ended' })
    expect(storage.length).toBe(0)
  })
})

describe('coming back to the page', () => {
  it('renews it when it is more than a minute old, and not before', async () => {
    const { portal, sent } = portalOver(serverWith({ open: true }))
    await portal.enter(null)
    const shownAt = Date.parse(annasHome().asOf)
    await portal.returned(shownAt + renewAfterMs)
    expect(sent()).toHaveLength(1)
    await portal.returned(shownAt + renewAfterMs + 1)
    expect(sent()).toHaveLength(2)
  })
})
