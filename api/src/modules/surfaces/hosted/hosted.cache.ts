import { randomBytes } from 'node:crypto'
import { normalizeCode } from '@goodword/domain'
import { createReadCache } from '../../../database/readCache.ts'
import type { Services } from '../../../shared/context.ts'
import { emptyForm } from './hosted.form.ts'
import { closedPage, offerPage } from './hosted.pages.ts'
import { type HostedView, viewOfCode } from './hosted.view.ts'
import { keepLanguage, type RequestLanguage } from './requestLanguage.ts'

/** A rendered page, except for the parts that differ for each visitor. `fill` returns its bytes, one in each character. */
export type CachedPage = { view: HostedView; fill: (own: Visitor) => string }
type Visitor = { nonce: string; formToken: string }

const keptMs = { embedded: 60_000, remote: 5_000 }
const maxCached = 500

/**
 * The page of a code and language, rendered once until something it shows changes, however many people open it. A change
 * by another server on the same remote database appears within five seconds.
 */
export function createPageCache(services: Services, style: string) {
  const cache = createReadCache<CachedPage>(services, {
    max: maxCached,
    forMs: keptMs[services.database.kind],
    changesAt: ({ view }, at) => nextOpening(view.facts.campaign, at),
  })
  const keyOf = (code: string, speech: RequestLanguage) => keepLanguage(speech, `${speech.words.language}/${code}`)
  return {
    /** The page of a code as it is printed in links, if it is kept. */
    kept: (code: string, speech: RequestLanguage) => cache.get(keyOf(code, speech)),
    /** The kept page, or a new one; undefined for an unknown code. */
    async find(typed: string, speech: RequestLanguage): Promise<CachedPage | undefined> {
      const code = normalizeCode(typed)
      const key = keyOf(code, speech)
      return (
        cache.get(key) ??
        cache.read(key, async (read) => {
          const view = await viewOfCode({ ...services, database: { ...services.database, read } }, code, speech)
          return view ? draw(view, style) : undefined
        })
      )
    },
  }
}
export type PageCache = ReturnType<typeof createPageCache>

/** When a campaign next opens or closes by itself. */
function nextOpening(
  { startsAt, endsAt }: { startsAt: number | null; endsAt: number | null },
  at: number,
): number | null {
  const ahead = [startsAt, endsAt].flatMap((moment) => (moment !== null && moment > at ? [moment] : []))
  return ahead.length > 0 ? Math.min(...ahead) : null
}

async function draw(view: HostedView, style: string): Promise<CachedPage> {
  // Random, so that no name or offer can contain the placeholder of a nonce or token.
  const [nonceHere, tokenHere] = [placeholder(), placeholder()]
  const frame = { style, nonce: nonceHere, words: view.speech.words }
  const page = view.closed === null ? await offerPage(frame, view, emptyForm(tokenHere)) : await closedPage(frame, view)
  // Encoded once: the parts of a visitor are ASCII.
  const [head = '', rest = ''] = Buffer.from(page).toString('latin1').split(nonceHere)
  const [body = '', tail] = rest.split(tokenHere)
  return {
    view,
    fill: ({ nonce, formToken }) => head + nonce + body + (tail === undefined ? '' : formToken + tail),
  }
}

const placeholder = () => randomBytes(16).toString('hex')
