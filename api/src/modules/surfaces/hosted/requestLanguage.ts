import { type Language, languages } from '@goodword/contracts'
import { supportedLanguage } from '@goodword/words'
import { type Words, wordsIn } from '@goodword/words/server'
import { parseAccept } from 'hono/utils/accept'
import { LRUCache } from 'lru-cache'
import { addHeader, type Http, requestHeader } from '../../../shared/send.ts'

/** The language of a page. `asked` is from its URL; without it the browser decides. */
export type RequestLanguage = { words: Words; asked: Language | null }

/** The language of `?lang=`, else the supported one that the browser prefers most, else English. The response names it. */
export function requestLanguageOf(http: Http): RequestLanguage {
  const asked = supportedLanguage(http.req.query('lang') ?? '')
  const words = wordsIn(asked ?? preferredLanguage(requestHeader(http, 'accept-language') ?? ''))
  addHeader(http, 'vary', 'Accept-Language')
  addHeader(http, 'content-language', words.language)
  return { words, asked }
}

/** Most browsers send one of the same few hundred headers. */
const preferred = new LRUCache<string, Language>({ max: 1_000 })
const acceptedRead = 500

function preferredLanguage(accepted: string): Language {
  const read = accepted.slice(0, acceptedRead)
  const known = preferred.get(read)
  if (known) return known
  const language = mostWanted(read)
  preferred.set(read, language)
  return language
}

function mostWanted(accepted: string): Language {
  const wanted = parseAccept(accepted).filter(({ q }) => q > 0)
  for (const { type } of wanted) {
    const language = type === '*' ? languages[0] : supportedLanguage(type)
    if (language) return language
  }
  return languages[0]
}

/** A URL of ours that keeps the requested language. */
export function keepLanguage({ asked }: Pick<RequestLanguage, 'asked'>, address: string): string {
  if (asked === null) return address
  return `${address}${address.includes('?') ? '&' : '?'}lang=${asked}`
}
