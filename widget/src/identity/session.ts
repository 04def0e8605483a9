import type { IdentifiedVisitor } from '@goodword/contracts'
import { listen } from '../document.ts'
import type { IdentitySource, Page } from '../page.ts'
import type { ShareKit } from '../share/kit.ts'
import { type Words, wordsIn } from '../ui/language.ts'
import { askVisitor } from './answer.ts'

/** A new token is asked for so long before the old one expires, in milliseconds, or after half of its time. */
const earlyMs = 30_000
/** Never sooner, whatever tokens the page's function gives. */
const soonestMs = 10_000
/** Elements that an application draws again soon show what they showed. */
const freshMs = 60_000
const firstPauseMs = 3_000
const longestPauseMs = 60_000

/** What panels in one language and campaign show. */
export type View = {
  lang: string
  campaign: string | null
  words: Words
  /** What our server said, and when; null if it said nothing that may be shown. */
  visitor: IdentifiedVisitor | null
  at: number
  busy: boolean
  /** Asking again with the same token would change nothing. */
  refused: boolean
}

/**
 * One visitor, from when the page identified them until it names another, or nobody. Whatever is answered later is not
 * shown.
 */
export type Session = {
  page: Page
  kit: ShareKit
  source: IdentitySource
  token: string | null
  /** When the token expires by our own clock, in milliseconds since 1970. */
  until: number
  views: View[]
  asking?: Promise<string | null> | undefined
  renewal?: ReturnType<typeof setTimeout>
  /** Draws every panel again. */
  changed(): void
  /** Asks again for whatever is on the page. */
  renewed(): void
}

let current: Session | null = null
export const isCurrent = (session: Session): boolean => session === current

/** The session of whom the page identifies now, begun if it is new; null for nobody. */
export function sessionOf(page: Page, given: Pick<Session, 'changed' | 'renewed' | 'kit'>): Session | null {
  const { source } = page
  if (current && current.source === source) return current
  clearTimeout(current?.renewal)
  current = source ? { page, source, token: null, until: 0, views: [], ...given } : null
  return current
}

export function viewOf({ views }: Session, lang: string, campaign: string | null): View {
  const known = views.find((one) => one.lang === lang && one.campaign === campaign)
  if (known) return known
  const view = { lang, campaign, words: {}, visitor: null, at: 0, busy: false, refused: false }
  views.push(view)
  return view
}

/** What may be shown now. */
export const visitorNow = (session: Session, { visitor }: View): IdentifiedVisitor | null =>
  isCurrent(session) && Date.now() < session.until ? visitor : null

/** Asks what the visitor sees, unless it was just answered. Tries again, ever less often, while nothing answers. */
export async function refresh(session: Session, view: View, pause = firstPauseMs): Promise<void> {
  const isFresh = view.at > Date.now() - freshMs && visitorNow(session, view)
  if (view.busy || view.refused || isFresh || !isCurrent(session)) return
  view.busy = true
  const isDone = await ask(session, view).catch(() => false)
  view.busy = false
  if (!isCurrent(session)) return
  session.changed()
  if (!isDone) setTimeout(() => refresh(session, view, Math.min(longestPauseMs, pause * 2)), pause)
}

/** Whether it need not be tried again. Rejects if the page's function does. */
async function ask(session: Session, view: View): Promise<boolean> {
  const { page } = session
  const { lang } = view
  const token = await tokenOf(session)
  if (!token) {
    view.visitor = null
    return true
  }
  const [answer, words] = await Promise.all([askVisitor(page, lang, token, view.campaign), wordsIn(lang, page)])
  if (!answer || !isCurrent(session)) return !isCurrent(session)
  const { value, problem } = answer
  if (value) {
    Object.assign(view, { visitor: value, words, at: Date.now() })
    hold(session, value.validForMs)
    return true
  }
  view.visitor = null
  const isExpired = problem.code === 'identity_token_expired'
  if (isExpired) session.token = null
  if (isExpired && typeof session.source === 'function') return false
  if (isExpired) page.emit('expiring')
  view.refused = true
  session.kit.hint(`the visitor was not identified. ${problem.detail}`)
  return true
}

/** The token, asked for once by all. */
export function tokenOf(session: Session): Promise<string | null> {
  if (session.token) return Promise.resolve(session.token)
  const { source } = session
  session.asking ??= (async () => (typeof source === 'function' ? source() : source))()
    .then((given) => {
      session.token = typeof given === 'string' && given ? given : null
      return session.token
    })
    .finally(() => {
      session.asking = undefined
    })
  return session.asking
}

/** Shows the visitor for as long as the token is valid, and gets the next one in time. */
function hold(session: Session, validForMs: number): void {
  session.until = Date.now() + validForMs
  clearTimeout(session.renewal)
  const early = Math.max(validForMs / 2, validForMs - earlyMs)
  session.renewal = setTimeout(() => renew(session), Math.max(soonestMs, early))
  setTimeout(session.changed, validForMs + 1)
}

function renew(session: Session): void {
  if (!isCurrent(session)) return
  if (typeof session.source === 'string') session.page.emit('expiring')
  // Nobody looks, so the visitor is asked about when somebody does.
  else if (document.hidden) listen('visibilitychange', () => renew(session), { once: true })
  else {
    session.token = null
    for (const view of session.views) view.at = 0
    session.renewed()
  }
}
