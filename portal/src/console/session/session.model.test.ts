import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createReturnPath, createSession, type TabMessage, takeToken } from './session.model.ts'
import { createSignIn } from './signIn.model.ts'

const me = { actor: { type: 'member', name: 'Maya Ortiz' } }
const nothing = () => new Response(null, { status: 204 })
const open = (answer: Respond) => {
  const { fetch, sent } = clientRespondingWith(answer)
  return { session: createSession({ baseUrl: 'http://goodword.test', fetch }), sent }
}

describe('the session', () => {
  it('is loaded once at the start', async () => {
    const { session } = open(() => json(me))
    await session.load()
    expect(session.state.value).toEqual({ kind: 'in', me, lost: false })
  })

  it('is signed out if the first response says so', async () => {
    const { session } = open(() => problemResponse('unauthenticated'))
    await session.load()
    expect(session.state.value).toEqual({ kind: 'out' })
  })

  it('is lost if a later response says so: the screen stays, and signing in restores it', async () => {
    const ended = { yes: false }
    const { session } = open(() => (ended.yes ? problemResponse('unauthenticated') : json(me)))
    await session.load()
    ended.yes = true
    await expect(session.client.referrals.summary()).rejects.toThrow()
    expect(session.state.value).toEqual({ kind: 'in', me, lost: true })
    await session.load()
    expect(session.state.value).toEqual({ kind: 'in', me, lost: true })
    ended.yes = false
    await session.load()
    expect(session.state.value).toEqual({ kind: 'in', me, lost: false })
    ended.yes = true
    session.leave()
    expect(session.state.value).toEqual({ kind: 'out' })
  })

  it('survives later server errors', async () => {
    const broken = { yes: false }
    const { session } = open(() => (broken.yes ? problemResponse('internal') : json(me)))
    await session.load()
    broken.yes = true
    await session.load()
    expect(session.state.value).toEqual({ kind: 'in', me, lost: false })
  })

  it('follows the other tabs: sign-in, organization switch and sign-out', async () => {
    let receive: (message: TabMessage) => void = () => {}
    const messages: TabMessage[] = []
    const tabs = {
      send: (message: TabMessage) => messages.push(message),
      listen: (listener: (message: TabMessage) => void) => {
        receive = listener
      },
    }
    const { fetch, sent } = clientRespondingWith(({ path }) => (path === '/v1/me' ? json(me) : nothing()))
    const session = createSession({ baseUrl: 'http://goodword.test', fetch, tabs })
    await session.load()
    const asked = sent.length
    receive('changed')
    await expect.poll(() => sent.length).toBe(asked + 1)
    await session.switchTo('org_00000000000000000000000000')
    expect(messages).toEqual(['changed'])
    receive('out')
    expect(session.state.value).toEqual({ kind: 'out' })
  })

  it('stays unknown, not signed out, if the server fails', async () => {
    const { session } = open(() => problemResponse('internal'))
    await session.load()
    expect(session.state.value.kind).toBe('failed')
  })
})

describe('the sign-in link', () => {
  it('is removed from the address bar before anything else happens', () => {
    const replaced: string[] = []
    const location = { hash: '#token=abc123', pathname: '/console/sign-in', search: '' } as Location
    const history = { replaceState: (_: unknown, __: string, url: string) => replaced.push(url) } as unknown as History
    expect(takeToken(location, history)).toBe('abc123')
    expect(replaced).toEqual(['/console/sign-in'])
    expect(takeToken({ ...location, hash: '' }, history)).toBeNull()
  })

  it('signs in with one press, and offers a new link if it was used already', async () => {
    const spent = { yes: false }
    const { session, sent } = open(({ path, method }) => {
      if (path === '/session' && method === 'POST')
        return spent.yes ? problemResponse('link_invalid') : json({ invitation: null })
      return json(me)
    })
    const token = 'a-token-of-twenty-letters'
    const first = createSignIn({ session, token })
    expect(first.step.value).toBe('link')
    expect(await first.use()).toBe(true)
    expect(sent[0]?.body).toEqual({ token })
    spent.yes = true
    const second = createSignIn({ session, token })
    expect(await second.use()).toBe(false)
    expect(second.step.value).toBe('spent')
  })

  const invitation = {
    id: idOf('mem', 2),
    organization: { id: idOf('org', 2), name: 'Harbor & Sons' },
    name: 'Sam',
    role: 'staff',
  }
  /** A server where the user joins on accepting, or already belongs to another organization. */
  function invited(elsewhere: boolean) {
    const isIn = { yes: elsewhere }
    const { session, sent } = open(({ path, method }) => {
      if (path === '/session' && method === 'POST') return json({ invitation })
      if (path === '/session/invitations') return json({ items: [invitation] })
      if (path.endsWith('/accept')) isIn.yes = true
      if (method === 'POST') return nothing()
      return isIn.yes ? json(me) : problemResponse('unauthenticated')
    })
    return { session, paths: () => sent.filter(({ method }) => method === 'POST').map(({ path }) => path) }
  }

  it('for an invitation asks before anyone joins', async () => {
    const { session, paths } = invited(false)
    const model = createSignIn({ session, token: 'a-token-of-twenty-letters' })
    expect(await model.use()).toBe(false)
    expect([model.step.value, model.invitation.value]).toEqual(['join', invitation])
    expect(await model.join()).toBe(true)
    expect(paths()).toEqual(['/session', `/session/invitations/${invitation.id}/accept`])
  })

  it.each([
    ['back to where they belong', true, 'join'],
    ['nowhere when they belong nowhere', false, 'declined'],
  ])('for an invitation that is declined leads %s', async (_, elsewhere, step) => {
    const { session, paths } = invited(elsewhere)
    const model = createSignIn({ session, token: 'a-token-of-twenty-letters' })
    await model.use()
    expect(await model.decline()).toBe(elsewhere)
    expect(model.step.value).toBe(step)
    expect(paths()[1]).toBe(`/session/invitations/${invitation.id}/decline`)
  })

  it('is not needed again if the user reloads before answering', async () => {
    const { session } = invited(false)
    const model = createSignIn({ session, token: null })
    await model.lookForInvitation()
    expect([model.step.value, model.invitation.value]).toEqual(['join', invitation])
  })

  it('is requested by email; an invalid address is reported at the field', async () => {
    const { session, sent } = open(() => new Response(null, { status: 202 }))
    const model = createSignIn({ session, token: null })
    model.email.value = 'maya'
    await model.ask()
    expect(model.sending.errors.value.email).toBe('Enter an email address such as name@example.com.')
    model.email.value = 'maya@harborsons.example'
    await model.ask()
    expect(model.step.value).toBe('asked')
    expect(sent.map(({ path, body }) => [path, body])).toEqual([
      ['/session/links', { email: 'maya@harborsons.example' }],
    ])
  })
})

describe('the remembered page', () => {
  const memory = () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    } as Storage
    return createReturnPath(() => storage)
  }

  it('is used once', () => {
    const places = memory()
    places.keep('/console/referrals?status=pending')
    expect(places.take()).toBe('/console/referrals?status=pending')
    expect(places.take()).toBeNull()
  })

  it('is never the sign-in page, and never another site', () => {
    const places = memory()
    places.keep('/console/sign-in')
    places.keep('//elsewhere.example/console/')
    expect(places.take()).toBeNull()
  })

  it('is not remembered if storage is blocked', () => {
    const places = createReturnPath(() => {
      throw new Error('blocked')
    })
    places.keep('/console/install')
    expect(places.take()).toBeNull()
  })
})
