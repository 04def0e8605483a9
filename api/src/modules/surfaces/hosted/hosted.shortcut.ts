import type { Services } from '../../../shared/context.ts'
import { createReplies, newRequestId } from '../../../shared/frame.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { type Headed, headersOf, type OwnHeaders } from '../../../shared/send.ts'
import type { Shortcut } from '../../../shared/shortcuts.ts'
import { newFormToken } from '../embed/formToken.ts'
import { isNewVisit, visitorOf } from '../embed/visitors.ts'
import { countVisit } from '../embed/visits.ts'
import type { CachedPage, PageCache } from './hosted.cache.ts'
import { newNonce, pageHeaders, pagePolicyOf } from './hosted.reply.ts'
import { languageAsked, languageHeaders, type RequestLanguage } from './requestLanguage.ts'

/** The link as we print it. Other spellings of a code and a chosen language are routed. */
const link = /^\/r\/([A-Z0-9]+)$/

/** Sends the kept page of a link. */
export function pageShortcut(services: Services, limits: RateLimits, pages: PageCache): Shortcut {
  const replyTo = createReplies(services.config)
  const known = new Map<string, OwnHeaders>()
  /** With empty values where a visitor's own belong, so that a copy need not grow, which is slow. */
  const headersIn = (speech: RequestLanguage, path: string): OwnHeaders => {
    const { language } = speech.words
    let headers = known.get(language)
    if (headers === undefined) {
      const own = { ...languageHeaders(speech), ...pageHeaders(''), 'content-length': '' }
      headers = headersOf(replyTo(path, ''), own)
      known.set(language, headers)
    }
    return headers
  }
  return (asked) => {
    const code = asked.method === 'GET' ? link.exec(asked.path)?.[1] : undefined
    if (code === undefined) return null
    const speech = languageAsked(asked, undefined)
    const page = pages.kept(code, speech)
    if (page === undefined) return null
    limits.takeNow('publicRead', clientNetwork(asked, services))
    countPerson(services, asked, page)
    const { bytes, nonce } = personal(services, page)
    const headers = {
      ...headersIn(speech, asked.path),
      'x-request-id': newRequestId(asked),
      'content-security-policy': pagePolicyOf(nonce),
      'content-length': String(bytes.length),
    }
    return { status: 200, headers, bytes }
  }
}

/** Counts the visit if a person opened the page, unless they only reloaded it. */
export function countPerson(services: Services, http: Headed, { view }: CachedPage): void {
  const visitor = visitorOf(services, http)
  if (visitor !== null && isNewVisit(services, visitor, view.enrollment.id, 'hosted'))
    countVisit(services, view.enrollment, 'hosted')
}

/** The page for one visitor, with a nonce and a form token of its own. */
export function personal(services: Services, { view, fill }: CachedPage): { bytes: string; nonce: string } {
  const nonce = newNonce()
  return { nonce, bytes: fill({ nonce, formToken: newFormToken(services, view.enrollment.organizationId) }) }
}
