import { type Client, createClient } from '@goodword/client'
import type { CreateOrganization, Me } from '@goodword/contracts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, toFailure } from '../core/failure.ts'

export type SessionState =
  | { kind: 'asking' }
  /** `lost`: the server no longer knows this browser; what is on the screen stays until somebody signs in again. */
  | { kind: 'in'; me: Me; lost: boolean }
  | { kind: 'out' }
  | { kind: 'failed'; failure: Failure }

/** Where one was, across tabs: a sign-in link opens in a new one. */
export type PlaceMemory = { keep: (place: string) => void; take: () => string | null }

/** The other tabs of this browser, which share its session. */
export type Tabs = { tell: (news: TabNews) => void; listen: (hear: (news: TabNews) => void) => void }
export type TabNews = 'changed' | 'out'

export type Session = {
  client: Client
  state: ReadonlySignal<SessionState>
  load: () => Promise<void>
  /** True when it worked; then `state` is loaded. Throws what the server refused. */
  signIn: (token: string) => Promise<void>
  signOut: () => Promise<void>
  switchTo: (organizationId: string) => Promise<void>
  /** Founds another organization and goes on in it. */
  found: (organization: CreateOrganization) => Promise<void>
  /** Lets go of a session that was lost, and of what is on the screen. */
  leave: () => void
}

/**
 * Who is signed in, and the client that notices when nobody is any more: then an answer 401 asks to sign in again, above
 * whatever was being done.
 */
export function createSession(options: { baseUrl: string; fetch: typeof fetch; tabs?: Tabs }): Session {
  const state = signal<SessionState>({ kind: 'asking' })
  const client = createClient({
    baseUrl: options.baseUrl,
    fetch: async (input, init) => {
      const response = await options.fetch(input, init)
      if (response.status === 401) lose()
      return response
    },
  })

  function lose() {
    const now = state.value
    state.value = now.kind === 'in' ? { ...now, lost: true } : { kind: 'out' }
  }

  async function load() {
    try {
      state.value = { kind: 'in', me: await client.me.get(), lost: false }
    } catch (error) {
      const failure = toFailure(error)
      // Without an answer, whoever is at work goes on with what they have.
      if (failure.code !== 'unauthenticated' && state.value.kind !== 'in') state.value = { kind: 'failed', failure }
    }
  }

  /** Everything on the screen belonged to another organization. */
  async function loadAfresh() {
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
      await client.session.create({ body: { token } })
      options.tabs?.tell('changed')
      await load()
    },
    async signOut() {
      await client.session.end()
      options.tabs?.tell('out')
      state.value = { kind: 'out' }
    },
    async switchTo(organizationId) {
      await client.me.switchOrganization({ body: { organizationId } })
      await loadAfresh()
    },
    async found(body) {
      await client.organization.create({ body })
      await loadAfresh()
    },
    leave() {
      state.value = { kind: 'out' }
    },
  }
}

/** Tabs of one browser, where it can reach them. */
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

const placeKey = 'goodword.console.place'
export const homePlace = '/console/referrals'

/** Only our own pages are remembered; storage that is blocked just forgets. */
export function createPlaceMemory(storage: () => Storage): PlaceMemory {
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
        quietly(() => storage().setItem(placeKey, place))
    },
    take: () => {
      const place = quietly(() => storage().getItem(placeKey))
      quietly(() => storage().removeItem(placeKey))
      return place?.startsWith('/console/') ? place : null
    },
  }
}

/** The token of a sign-in link, taken out of the address bar and the history entry at once. */
export function takeToken(location: Location, history: History): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) history.replaceState(null, '', location.pathname + location.search)
  return token
}
