import { randomBytes } from 'node:crypto'
import { normalizeCode } from '@goodword/domain'
import { LRUCache } from 'lru-cache'
import type { Services } from '../../../shared/context.ts'
import { emptyForm } from './hosted.form.ts'
import { closedPage, offerPage } from './hosted.pages.ts'
import { type HostedView, viewOfCode } from './hosted.view.ts'
import { keepLanguage, type RequestLanguage } from './requestLanguage.ts'

/** A rendered page, except for the parts that differ for each visitor. */
export type CachedPage = { view: HostedView; fill: (own: Visitor) => Uint8Array<ArrayBuffer> }
type Visitor = { nonce: string; formToken: string }

const cachedMs = 5_000
const maxCached = 500

/**
 * Renders the page of a code and language once in five seconds, however many people open it. The cache is limited.
 * Unknown codes aren't cached, so that guesses push nothing out.
 */
export function createPageCache(
  services: Services,
  style: string,
): (code: string, speech: RequestLanguage) => Promise<CachedPage | null> {
  const kept = new LRUCache<string, { at: number; drawn: CachedPage }>({ max: maxCached })
  return async (typed, speech) => {
    const code = normalizeCode(typed)
    const key = keepLanguage(speech, `${speech.words.language}/${code}`)
    const known = kept.get(key)
    const now = services.clock()
    if (known && now >= known.at && now - known.at < cachedMs) return known.drawn
    kept.delete(key)
    const view = await viewOfCode(services, code, speech)
    if (!view) return null
    const drawn = await draw(view, style)
    kept.set(key, { at: now, drawn })
    return drawn
  }
}

async function draw(view: HostedView, style: string): Promise<CachedPage> {
  // Random, so that no name or offer can contain the placeholder of a nonce or token.
  const [nonceHere, tokenHere] = [placeholder(), placeholder()]
  const frame = { style, nonce: nonceHere, words: view.speech.words }
  const page = view.closed === null ? await offerPage(frame, view, emptyForm(tokenHere)) : await closedPage(frame, view)
  const [head = '', rest = ''] = page.split(nonceHere)
  const [body = '', tail = ''] = rest.split(tokenHere)
  // Stored as bytes, so that the shared parts are encoded once.
  const bytes = { head: Buffer.from(head), body: Buffer.from(body), tail: Buffer.from(tail) }
  return {
    view,
    fill: ({ nonce, formToken }) =>
      Buffer.concat([bytes.head, Buffer.from(nonce), bytes.body, Buffer.from(tail && formToken), bytes.tail]),
  }
}

const placeholder = () => randomBytes(16).toString('hex')
