import { type Client, freshKey, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import type { LinkToken } from './door/fragment.ts'
import { createHomeModel } from './home/home.model.ts'
import type { KeptHome } from './home/kept-home.ts'

export type PortalModel = ReturnType<typeof createPortalModel>

/** Why somebody stands at the door. */
export type Because = 'no-session' | 'session-ended' | 'link-ended' | 'signed-out'

export type Stage =
  | { name: 'opening' }
  | { name: 'tap'; busy: boolean; trouble: string | null }
  | { name: 'sign-in'; because: Because }
  | { name: 'unreachable'; why: string }
  | { name: 'home' }

export const renewAfterMs = 60_000

type Edge = { client: Client; kept: KeptHome; online: () => boolean }
type Held = LinkToken & { idempotencyKey: string }

/** Which page is shown, from the link in the message to the home page and out again. */
export function createPortalModel({ client, kept, online }: Edge) {
  const stage = signal<Stage>({ name: 'opening' })
  /** Why signing out did not work; null when there is nothing to say. */
  const signOutTrouble = signal<string | null>(null)
  const home = createHomeModel({ client, kept, online })
  let link: Held | null = null

  /** Starts with what the address carried. A view link opens at once, a sign-in link waits for `openLink`. */
  async function enter(token: LinkToken | null) {
    link = token && { ...token, idempotencyKey: freshKey() }
    if (link?.kind === 'sign-in') {
      stage.value = { name: 'tap', busy: false, trouble: null }
      return
    }
    stage.value = { name: 'opening' }
    if (link) await openLink()
    else await showHome('no-session')
  }

  /** Spends the token. Repeats after no answer carry the same key, so a link that opened is not refused as used. */
  async function openLink() {
    const current = link
    if (!current) return
    if (current.kind === 'sign-in') stage.value = { name: 'tap', busy: true, trouble: null }
    try {
      await client.portal.open({ body: { token: current.token } }, { idempotencyKey: current.idempotencyKey })
    } catch (error) {
      if (link === current) await notOpened(current, error)
      return
    }
    if (link !== current) return
    link = null
    home.forget()
    await showHome('session-ended')
  }

  async function notOpened(current: Held, error: unknown) {
    if (error instanceof GoodwordError && (error.code === 'link_invalid' || error.code === 'validation_failed')) {
      link = null
      await showHome('link-ended')
      return
    }
    const why = whyNot(error, online())
    stage.value = current.kind === 'sign-in' ? { name: 'tap', busy: false, trouble: why } : { name: 'unreachable', why }
  }

  async function showHome(because: Because) {
    const outcome = await home.load()
    if (link || outcome === 'superseded') return
    if (outcome === 'signed-out') stage.value = { name: 'sign-in', because }
    else if (outcome === 'unreachable') {
      stage.value = { name: 'unreachable', why: home.trouble.value ?? whyNot(null, online()) }
    } else stage.value = { name: 'home' }
  }

  /** Tries again whatever did not work: the link, or the page. */
  async function retry() {
    if (stage.value.name === 'unreachable') stage.value = { name: 'opening' }
    if (link) await openLink()
    else await showHome('session-ended')
  }

  /** The page is looked at again: renews what is older than `renewAfterMs`. */
  async function returned(now: number) {
    const shown = home.home.value
    if (stage.value.name === 'home' && shown && now - Date.parse(shown.asOf) > renewAfterMs) await retry()
  }

  async function signOut() {
    signOutTrouble.value = null
    try {
      await client.portal.close()
    } catch (error) {
      signOutTrouble.value = `You are still signed in. ${whyNot(error, online())}`
      return
    }
    home.forget()
    stage.value = { name: 'sign-in', because: 'signed-out' }
  }

  return { stage, home, signOutTrouble, enter, openLink, retry, returned, signOut }
}

function whyNot(error: unknown, online: boolean) {
  if (!online) return 'You are offline.'
  return error instanceof GoodwordError ? error.problem.detail : 'The server did not answer.'
}
