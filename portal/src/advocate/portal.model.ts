import { type Client, freshKey, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { createAccountModel } from './account/account.model.ts'
import { createUseModel } from './credit/use.model.ts'
import { createHomeModel } from './home/home.model.ts'
import type { HomeCache } from './home/homeCache.ts'
import { createLeaderboardModel } from './home/leaderboard.model.ts'
import { createFriendsModel, createHistoryModel } from './home/lists.model.ts'
import type { PortalUrl } from './portalUrl.ts'
import type { LinkToken } from './signIn/fragment.ts'
import { createFreshLink } from './signIn/freshLink.ts'
import { say, serverMessage } from './words.ts'

export type PortalModel = ReturnType<typeof createPortalModel>

/** Why the sign-in page is shown. */
export type SignInReason = 'no-session' | 'session-ended' | 'link-ended' | 'signed-out' | 'address-waits' | 'erased'

export type Stage =
  | { name: 'opening' }
  | { name: 'tap'; busy: boolean; errorText: string | null }
  | {
      name: 'sign-in'
      reason: SignInReason /** The expired link, which one tap exchanges for a new one. */
      expiredToken: string | null
    }
  | { name: 'unreachable'; why: string }
  | { name: 'home' }

export const renewAfterMs = 60_000

type Dependencies = { client: Client; homeCache: HomeCache; online: () => boolean; url: PortalUrl }
type PendingLink = LinkToken & { idempotencyKey: string }

/** Decides which page is shown, from opening a link to signing out. */
export function createPortalModel({ client, homeCache, online, url }: Dependencies) {
  const stage = signal<Stage>({ name: 'opening' })
  /** Why signing out failed, or null. */
  const signOutError = signal<string | null>(null)
  /** The result of opening a link or switching to another business, in a sentence. */
  const notice = signal<{ good: boolean; text: string } | null>(null)
  /** True while switching to another business. */
  const switching = signal(false)
  const home = createHomeModel({ client, homeCache, online, url })
  const fresh = createFreshLink(client)
  const history = createHistoryModel(client)
  const friends = createFriendsModel(client)
  const use = createUseModel(client, home.load)
  const leaderboard = createLeaderboardModel(client, () => home.home.value?.organization.id ?? '', home.load)
  const account = createAccountModel(client, () => home.home.value?.organization.id ?? '', home.load)
  let link: PendingLink | null = null

  /** Starts with the link in the URL. A view link opens at once; a sign-in link waits for `openLink`. */
  async function enter(token: LinkToken | null) {
    link = token && { ...token, idempotencyKey: freshKey() }
    if (link?.kind === 'sign-in') {
      stage.value = { name: 'tap', busy: false, errorText: null }
      return
    }
    stage.value = { name: 'opening' }
    if (link?.kind === 'address') await confirmAddress(link.token)
    else if (link) await openLink()
    else await showHome('no-session')
  }

  /** Confirms a new address for the signed-in person. Does not sign anyone in. */
  async function confirmAddress(token: string) {
    link = null
    await showHome('address-waits')
    if (stage.value.name !== 'home') return
    try {
      await client.portal.confirmAddress({ body: { token } })
      showNotice(true, say('portal.address.confirmed'))
    } catch (error) {
      const locked = error instanceof GoodwordError && error.status === 403
      const why = locked ? say('portal.address.locked') : errorTextOf(error, online())
      showNotice(false, `${say('portal.address.unconfirmed')} ${why}`)
    }
    account.clear()
  }

  function showNotice(good: boolean, text: string) {
    notice.value = { good, text }
  }

  /**
   * Redeems the token. A retry after no response reuses the idempotency key, so that the link isn't rejected as
   * used.
   */
  async function openLink() {
    const current = link
    if (!current) return
    if (current.kind === 'sign-in') stage.value = { name: 'tap', busy: true, errorText: null }
    try {
      await client.portal.open({ body: { token: current.token } }, { idempotencyKey: current.idempotencyKey })
    } catch (error) {
      if (link === current) await handleOpenFailure(current, error)
      return
    }
    if (link !== current) return
    link = null
    clearPerson()
    await showHome('session-ended')
  }

  async function handleOpenFailure(current: PendingLink, error: unknown) {
    if (error instanceof GoodwordError && (error.code === 'link_invalid' || error.code === 'validation_failed')) {
      link = null
      await showHome('link-ended', current.token)
      return
    }
    const why = errorTextOf(error, online())
    stage.value =
      current.kind === 'sign-in' ? { name: 'tap', busy: false, errorText: why } : { name: 'unreachable', why }
  }

  async function showHome(reason: SignInReason, expiredToken: string | null = null) {
    const outcome = await home.load()
    if (link || outcome === 'superseded') return
    if (outcome === 'signed-out') stage.value = { name: 'sign-in', reason, expiredToken }
    else if (outcome === 'unreachable') {
      stage.value = { name: 'unreachable', why: home.errorText.value ?? errorTextOf(null, online()) }
    } else stage.value = { name: 'home' }
  }

  /** Retries what failed: the link or the page. */
  async function retry() {
    if (stage.value.name === 'unreachable') stage.value = { name: 'opening' }
    if (link) await openLink()
    else await showHome('session-ended')
  }

  /** Called when the page becomes visible again: refreshes data older than `renewAfterMs`. */
  async function refreshIfStale(now: number) {
    const shown = home.home.value
    if (stage.value.name === 'home' && shown && now - Date.parse(shown.asOf) > renewAfterMs) await retry()
  }

  async function signOut() {
    signOutError.value = null
    try {
      await client.portal.close()
    } catch (error) {
      signOutError.value = `${say('portal.error.signedIn')} ${errorTextOf(error, online())}`
      return
    }
    clearPerson()
    url.go('home')
    stage.value = { name: 'sign-in', reason: 'signed-out', expiredToken: null }
  }

  /** Switches to another business where the same person is known. */
  async function switchTo(organizationId: string) {
    if (switching.value) return
    switching.value = true
    notice.value = null
    try {
      await client.portal.switch({ body: { organizationId } })
      clearPerson()
      await showHome('session-ended')
    } catch (error) {
      showNotice(false, `${say('portal.error.switch')} ${errorTextOf(error, online())}`)
    } finally {
      switching.value = false
    }
  }

  function clearPerson() {
    home.clear()
    account.clear()
    fresh.clear()
    use.close()
  }

  /** Called once the person is erased, which also ends the session. */
  function erased() {
    clearPerson()
    url.go('home')
    stage.value = { name: 'sign-in', reason: 'erased', expiredToken: null }
  }

  const goHome = () => url.go('home')

  return {
    stage,
    home,
    history,
    friends,
    use,
    leaderboard,
    account,
    fresh,
    url,
    notice,
    switching,
    signOutError,
    enter,
    openLink,
    retry,
    refreshIfStale,
    signOut,
    switchTo,
    goHome,
    erased,
  }
}

function errorTextOf(error: unknown, online: boolean) {
  if (!online) return say('portal.error.offline')
  return error instanceof GoodwordError ? serverMessage(error.problem.detail) : say('portal.error.silent')
}
