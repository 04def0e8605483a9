import { type Language, languages } from '@goodword/contracts'
import { supportedLanguage } from '@goodword/words'
import { type Words, wordsIn } from '@goodword/words/server'
import { parseAccept } from 'hono/utils/accept'
import type { Http } from '../../../shared/router.ts'

/** The language of a page. `asked` is from its URL; without it the browser decides. */
export type RequestLanguage = { words: Words; asked: Language | null }

/** The language of `?lang=`, else the supported one that the browser prefers most, else English. */
export function readLanguage(http: Http): RequestLanguage {
  const asked = supportedLanguage(http.req.query('lang') ?? '')
  return { words: wordsIn(asked ?? preferredLanguage(http.req.header('accept-language') ?? '')), asked }
}

/** The same, and names it in the headers of the response. */
export function requestLanguageOf(http: Http): RequestLanguage {
  const language = readLanguage(http)
  setLanguageHeaders(http, language)
  return language
}

export function setLanguageHeaders(http: Http, { words }: RequestLanguage): void {
  http.header('Vary', 'Accept-Language', { append: true })
  http.header('Content-Language', words.language)
}

function preferredLanguage(accepted: string): Language {
  const wanted = parseAccept(accepted.slice(0, 500)).filter(({ q }) => q > 0)
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
