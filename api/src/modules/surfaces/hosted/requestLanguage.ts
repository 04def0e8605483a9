import { type Language, languages } from '@goodword/contracts'
import { supportedLanguage } from '@goodword/words'
import { type Words, wordsIn } from '@goodword/words/server'
import { parseAccept } from 'hono/utils/accept'
import { LRUCache } from 'lru-cache'
import { addHeaders, type Headed, type Http, requestHeader } from '../../../shared/send.ts'

/** The language of a page. `asked` is from its URL; without it the browser decides. */
export type RequestLanguage = { words: Words; asked: Language | null }

/** The language of `?lang=`, else the supported one that the browser prefers most, else English. The response names it. */
export function requestLanguageOf(http: Http): RequestLanguage {
  const speech = languageAsked(http, http.req.query('lang'))
  addHeaders(http, languageHeaders(speech))
  return speech
}

export function languageAsked(http: Headed, lang: string | undefined): RequestLanguage {
  const asked = lang === undefined ? null : supportedLanguage(lang)
  return asked === null ? preferredBy(requestHeader(http, 'accept-language') ?? '') : { words: wordsIn(asked), asked }
}

export const languageHeaders = ({ words }: RequestLanguage) =>
  ({ vary: 'Accept-Language', 'content-language': words.language }) as const

/** Most browsers send one of the same few hundred headers. */
const preferred = new LRUCache<string, RequestLanguage>({ max: 1_000 })
const acceptedRead = 500

function preferredBy(accepted: string): RequestLanguage {
  const read = accepted.slice(0, acceptedRead)
  const known = preferred.get(read)
  if (known) return known
  const speech = { words: wordsIn(mostWanted(read)), asked: null }
  preferred.set(read, speech)
  return speech
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
