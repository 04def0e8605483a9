import { type Client, createClient } from '@goodword/client'
import type { CreateOrganization, Invitation, Me } from '@goodword/contracts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, toFailure } from '../core/failure.ts'

export type SessionState =
  | { kind: 'asking' }
  /** `lost`: the server no longer knows this browser; what is on the screen stays until somebody signs in again. */
  | { kind: 'in'; me: Me; lost: boolean }
  | { kind: 'out' }
  | { kind: 'failed'; failure: Failure }

/** The page to return to, shared by tabs: a sign-in link opens in a new one. */
export type ReturnPath = { keep: (place: string) => void; take: () => string | null }

/** The other tabs of this browser, which share its session. */
export type Tabs = { tell: (news: TabMessage) => void; listen: (hear: (news: TabMessage) => void) => void }
export type TabMessage = 'changed' | 'out'

export type Session = {
  client: Client
  state: ReadonlySignal<SessionState>
  load: () => Promise<void>
  /** Signs in and loads `state`; answers the invitation that the link was for. Throws what the server refused. */
  signIn: (token: string) => Promise<Invitation | null>
  /** Joins an organization and goes on in it. Throws what the server refused. */
  join: (invitation: Invitation) => Promise<void>
  /** Throws what the server refused. */
  decline: (invitation: Invitation) => Promise<void>
  signOut: () => Promise<void>
  switchTo: (organizationId: string) => Promise<void>
  /** Creates another organization and switches to it. */
  found: (organization: CreateOrganization) => Promise<void>
  /** Ends a lost session, and clears the screen. */
  leave: () => void
}

/**
 * The signed-in member, and a client that notices the end of the session: after a 401 it asks to sign in again, above
 * the current screen.
 */
export function createSession(options: { baseUrl: string; fetch: typeof fetch; tabs?: Tabs }): Session {
  const state = signal<SessionState>({ kind: 'asking' })
  const client = createClient({
    baseUrl: options.baseUrl,
    fetch: async (input, init) => {
      const response = await options.fetch(input, init)
      if (response.status === 401) onSessionLost()
      return response
    },
  })

  function onSessionLost() {
    const now = state.value
    state.value = now.kind === 'in' ? { ...now, lost: true } : { kind: 'out' }
  }

  async function load() {
    try {
      state.value = { kind: 'in', me: await client.me.get(), lost: false }
    } catch (error) {
      const failure = toFailure(error)
      // Without a response, the user goes on with the data on screen.
      if (failure.code !== 'unauthenticated' && state.value.kind !== 'in') state.value = { kind: 'failed', failure }
    }
  }

  /** Everything on the screen belonged to another organization. */
  async function reloadAll() {
    state.value = { kind: 'asking' }
    options.tabs?.tell('changed')
    await load()
  }

  options.tabs?.listen((news) => {
    if (news === 'out') state.value = { kind: 'out' }
    else if (state.value.kind !== 'asking') void load()
  })

  return {
    client,
    state,
    load,
    async signIn(token) {
      const { invitation } = await client.session.create({ body: { token } })
      options.tabs?.tell('changed')
      await load()
      return invitation
    },
    async join({ id }) {
      await client.session.accept({ params: { id } })
      await reloadAll()
    },
    async decline({ id }) {
      await client.session.decline({ params: { id } })
      await load()
    },
    async signOut() {
      await client.session.end()
      options.tabs?.tell('out')
      state.value = { kind: 'out' }
    },
    async switchTo(organizationId) {
      await client.me.switchOrganization({ body: { organizationId } })
      await reloadAll()
    },
    async found(body) {
      await client.organization.create({ body })
      await reloadAll()
    },
    leave() {
      state.value = { kind: 'out' }
    },
  }
}

/** The tabs of one browser, where it supports broadcast. */
export function createTabs(): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => {}, listen: () => {} }
  const channel = new BroadcastChannel('goodword.console')
  return {
    tell: (news) => channel.postMessage(news),
    listen: (hear) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === 'changed' || data === 'out') hear(data)
      }
    },
  }
}

const storageKey = 'goodword.console.place'
export const homePath = '/console/referrals'

/** Remembers only our own pages; when storage is blocked, none. */
export function createReturnPath(storage: () => Storage): ReturnPath {
  const quietly = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  return {
    keep: (place) => {
      if (place.startsWith('/console/') && !place.startsWith('/console/sign-in'))
        quietly(() => storage().setItem(storageKey, place))
    },
    take: () => {
      const place = quietly(() => storage().getItem(storageKey))
      quietly(() => storage().removeItem(storageKey))
      return place?.startsWith('/console/') ? place : null
    },
  }
}

/** Takes the token of a sign-in link out of the address bar and the history entry at once. */
export function takeToken(location: Location, history: History): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) history.replaceState(null, '', location.pathname + location.search)
  return token
}
