import { type Client, freshKey, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { createAccountModel } from './account/account.model.ts'
import { createUseModel } from './credit/use.model.ts'
import { createHomeModel } from './home/home.model.ts'
import type { KeptHome } from './home/keptHome.ts'
import { createFriendsModel, createHistoryModel } from './home/lists.model.ts'
import type { Place } from './place.ts'
import type { LinkToken } from './signIn/fragment.ts'
import { createFreshLink } from './signIn/freshLink.ts'
import { said, say } from './words.ts'

export type PortalModel = ReturnType<typeof createPortalModel>

/** Why somebody stands at the door. */
export type Because = 'no-session' | 'session-ended' | 'link-ended' | 'signed-out' | 'address-waits' | 'erased'

export type Stage =
  | { name: 'opening' }
  | { name: 'tap'; busy: boolean; trouble: string | null }
  | {
      name: 'sign-in'
      because: Because /** The link that ended, which one tap trades for a new one. */
      ended: string | null
    }
  | { name: 'unreachable'; why: string }
  | { name: 'home' }

export const renewAfterMs = 60_000

type Edge = { client: Client; kept: KeptHome; online: () => boolean; place: Place }
type Held = LinkToken & { idempotencyKey: string }

/** Which page is shown, from the link in the message to the home page and out again. */
export function createPortalModel({ client, kept, online, place }: Edge) {
  const stage = signal<Stage>({ name: 'opening' })
  /** Why signing out did not work; null when there is nothing to say. */
  const signOutTrouble = signal<string | null>(null)
  /** What a link or a switch of business came to, in a sentence. */
  const notice = signal<{ good: boolean; text: string } | null>(null)
  /** On the way to another business. */
  const moving = signal(false)
  const home = createHomeModel({ client, kept, online, place })
  const fresh = createFreshLink(client)
  const history = createHistoryModel(client)
  const friends = createFriendsModel(client)
  const use = createUseModel(client, home.load)
  const account = createAccountModel(client, () => home.home.value?.organization.id ?? '', home.load)
  let link: Held | null = null

  /** Starts with what the address carried. A view link opens at once, a sign-in link waits for `openLink`. */
  async function enter(token: LinkToken | null) {
    link = token && { ...token, idempotencyKey: freshKey() }
    if (link?.kind === 'sign-in') {
      stage.value = { name: 'tap', busy: false, trouble: null }
      return
    }
    stage.value = { name: 'opening' }
    if (link?.kind === 'address') await confirmAddress(link.token)
    else if (link) await openLink()
    else await showHome('no-session')
  }

  /** Proves a new address to whoever is signed in; nobody is signed in by it. */
  async function confirmAddress(token: string) {
    link = null
    await showHome('address-waits')
    if (stage.value.name !== 'home') return
    try {
      await client.portal.confirmAddress({ body: { token } })
      tell(true, say('portal.address.confirmed'))
    } catch (error) {
      const locked = error instanceof GoodwordError && error.status === 403
      const why = locked ? say('portal.address.locked') : whyNot(error, online())
      tell(false, `${say('portal.address.unconfirmed')} ${why}`)
    }
    account.forget()
  }

  function tell(good: boolean, text: string) {
    notice.value = { good, text }
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
    erasePersonRows()
    await showHome('session-ended')
  }

  async function notOpened(current: Held, error: unknown) {
    if (error instanceof GoodwordError && (error.code === 'link_invalid' || error.code === 'validation_failed')) {
      link = null
      await showHome('link-ended', current.token)
      return
    }
    const why = whyNot(error, online())
    stage.value = current.kind === 'sign-in' ? { name: 'tap', busy: false, trouble: why } : { name: 'unreachable', why }
  }

  async function showHome(because: Because, ended: string | null = null) {
    const outcome = await home.load()
    if (link || outcome === 'superseded') return
    if (outcome === 'signed-out') stage.value = { name: 'sign-in', because, ended }
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
      signOutTrouble.value = `${say('portal.trouble.signedIn')} ${whyNot(error, online())}`
      return
    }
    erasePersonRows()
    place.go('home')
    stage.value = { name: 'sign-in', because: 'signed-out', ended: null }
  }

  /** Shows another business that knows the same person. */
  async function switchTo(organizationId: string) {
    if (moving.value) return
    moving.value = true
    notice.value = null
    try {
      await client.portal.switch({ body: { organizationId } })
      erasePersonRows()
      await showHome('session-ended')
    } catch (error) {
      tell(false, `${say('portal.trouble.switch')} ${whyNot(error, online())}`)
    } finally {
      moving.value = false
    }
  }

  function erasePersonRows() {
    home.forget()
    account.forget()
    fresh.forget()
    use.close()
  }

  /** The person is erased, and the session with them. */
  function erased() {
    erasePersonRows()
    place.go('home')
    stage.value = { name: 'sign-in', because: 'erased', ended: null }
  }

  const goHome = () => place.go('home')

  return {
    stage,
    home,
    history,
    friends,
    use,
    account,
    fresh,
    place,
    notice,
    moving,
    signOutTrouble,
    enter,
    openLink,
    retry,
    returned,
    signOut,
    switchTo,
    goHome,
    erased,
  }
}

function whyNot(error: unknown, online: boolean) {
  if (!online) return say('portal.trouble.offline')
  return error instanceof GoodwordError ? said(error.problem.detail) : say('portal.trouble.silent')
}
