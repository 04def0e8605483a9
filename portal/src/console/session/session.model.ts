import { type Client, createClient } from '@goodword/client'
import type { CreateOrganization, Invitation, Me } from '@goodword/contracts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, toFailure } from '../core/failure.ts'

export type SessionState =
  | { kind: 'asking' }
  /** `lost`: the server no longer knows this browser. The screen stays until someone signs in again. */
  | { kind: 'in'; me: Me; lost: boolean }
  | { kind: 'out' }
  | { kind: 'failed'; failure: Failure }

/** The page to return to, shared by tabs: a sign-in link opens in a new one. */
export type ReturnPath = { keep: (place: string) => void; take: () => string | null }

/** The other tabs of this browser, which share its session. */
export type Tabs = { send: (message: TabMessage) => void; listen: (handler: (message: TabMessage) => void) => void }
export type TabMessage = 'changed' | 'out'

export type Session = {
  client: Client
  state: ReadonlySignal<SessionState>
  load: () => Promise<void>
  /** Signs in and loads `state`. Resolves to the invitation that the link was for, if any. Throws API errors. */
  signIn: (token: string) => Promise<Invitation | null>
  /** Joins an organization and switches to it. Throws API errors. */
  join: (invitation: Invitation) => Promise<void>
  /** Throws API errors. */
  decline: (invitation: Invitation) => Promise<void>
  signOut: () => Promise<void>
  switchTo: (organizationId: string) => Promise<void>
  /** Creates another organization and switches to it. */
  createOrganization: (organization: CreateOrganization) => Promise<void>
  /** Ends a lost session and clears the screen. */
  leave: () => void
}

/**
 * The signed-in member, and a client that notices the end of the session: after a 401 it asks the user to sign in
 * again, above the current screen.
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
      // No response: the user keeps working with the data on screen.
      if (failure.code !== 'unauthenticated' && state.value.kind !== 'in') state.value = { kind: 'failed', failure }
    }
  }

  /** Everything on screen belonged to another organization. */
  async function reloadAll() {
    state.value = { kind: 'asking' }
    options.tabs?.send('changed')
    await load()
  }

  options.tabs?.listen((message) => {
    if (message === 'out') state.value = { kind: 'out' }
    else if (state.value.kind !== 'asking') void load()
  })

  return {
    client,
    state,
    load,
    async signIn(token) {
      const { invitation } = await client.session.create({ body: { token } })
      options.tabs?.send('changed')
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
      options.tabs?.send('out')
      state.value = { kind: 'out' }
    },
    async switchTo(organizationId) {
      await client.me.switchOrganization({ body: { organizationId } })
      await reloadAll()
    },
    async createOrganization(body) {
      await client.organization.create({ body })
      await reloadAll()
    },
    leave() {
      state.value = { kind: 'out' }
    },
  }
}

/** Messages between the tabs of one browser, where it supports broadcast channels. */
export function createTabs(): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { send: () => {}, listen: () => {} }
  const channel = new BroadcastChannel('goodword.console')
  return {
    send: (message) => channel.postMessage(message),
    listen: (handler) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === 'changed' || data === 'out') handler(data)
      }
    },
  }
}

const storageKey = 'goodword.console.place'
export const homePath = '/console/referrals'

/** Remembers only our own pages. If storage is blocked, remembers none. */
export function createReturnPath(storage: () => Storage): ReturnPath {
  const ignoreErrors = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  return {
    keep: (place) => {
      if (place.startsWith('/console/') && !place.startsWith('/console/sign-in'))
        ignoreErrors(() => storage().setItem(storageKey, place))
    },
    take: () => {
      const place = ignoreErrors(() => storage().getItem(storageKey))
      ignoreErrors(() => storage().removeItem(storageKey))
      return place?.startsWith('/console/') ? place : null
    },
  }
}

/** Removes the token of a sign-in link from the address bar and the history entry. */
export function takeToken(location: Location, history: History): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) history.replaceState(null, '', location.pathname + location.search)
  return token
}
