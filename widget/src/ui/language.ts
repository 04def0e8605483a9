import languages from 'virtual:words/languages'
import type { Page } from '../page.ts'
import { attributeOf } from './attributes.ts'

/** The texts of an element by key; {0} and {1} are placeholders. */
export type Words = Record<string, string>
export type Say = (name: string, ...given: string[]) => string

/** The language of an element: its own `lang`, the page's or the browser's. English if we don't support it. */
export function languageFor(host: Element): string {
  const tag = attributeOf(host, 'lang') || host.closest('[lang]')?.getAttribute('lang') || navigator.language || ''
  const language = tag.toLowerCase().split('-')[0] as string
  return languages.includes(language) ? language : 'en'
}

/** The texts of all elements in a language. Empty for English, which is part of each element, and if they don't load. */
export async function wordsIn(language: string, page: Page): Promise<Words> {
  if (language === 'en') return {}
  return page.part<{ default: Words }>(`words-${language}`).then(
    (part) => part.default,
    () => ({}),
  )
}

/** Texts that are missing in `translated` are in English. The attribute `words` (JSON) overrides single texts. */
export function speak(host: Element, english: Words, translated: Words): Say {
  const own = new Map(Object.entries(english))
  const take = (words: object) => {
    for (const [name, text] of Object.entries(words)) if (own.has(name)) own.set(name, String(text))
  }
  take(translated)
  try {
    take(JSON.parse(attributeOf(host, 'words') || '{}'))
  } catch {
    // Not JSON: keep our own texts.
  }
  return (name, ...given) => (own.get(name) || '').replace(/\{(\d)\}/g, (_, index) => given[index] ?? '')
}
