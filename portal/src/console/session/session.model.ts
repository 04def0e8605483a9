import { type Client, createClient } from '@goodword/client'
import type { Me } from '@goodword/contracts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, failureOf } from '../core/failure.ts'

export type SessionState =
  | { kind: 'asking' }
  | { kind: 'in'; me: Me }
  | { kind: 'out' }
  | { kind: 'failed'; failure: Failure }

/** Where one was, across tabs: a sign-in link opens in a new one. */
export type PlaceMemory = { keep: (place: string) => void; take: () => string | null }

export type Session = {
  client: Client
  state: ReadonlySignal<SessionState>
  load: () => Promise<void>
  /** True when it worked; then `state` is loaded. Throws what the server refused. */
  signIn: (token: string) => Promise<void>
  signOut: () => Promise<void>
  switchTo: (organizationId: string) => Promise<void>
}

/**
 * Who is signed in, and the client that notices when nobody is any more: any answer 401 shows the sign-in page.
 */
export function createSession(options: { baseUrl: string; fetch: typeof fetch }): Session {
  const state = signal<SessionState>({ kind: 'asking' })
  const client = createClient({
    baseUrl: options.baseUrl,
    fetch: async (input, init) => {
      const response = await options.fetch(input, init)
      if (response.status === 401) state.value = { kind: 'out' }
      return response
    },
  })

  async function load() {
    try {
      state.value = { kind: 'in', me: await client.me.get() }
    } catch (error) {
      const failure = failureOf(error)
      state.value = failure.code === 'unauthenticated' ? { kind: 'out' } : { kind: 'failed', failure }
    }
  }

  return {
    client,
    state,
    load,
    async signIn(token) {
      await client.session.create({ body: { token } })
      await load()
    },
    async signOut() {
      await client.session.end()
      state.value = { kind: 'out' }
    },
    async switchTo(organizationId) {
      await client.me.switchOrganization({ body: { organizationId } })
      state.value = { kind: 'asking' }
      await load()
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
