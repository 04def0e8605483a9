import languages from 'virtual:words/languages'

/** The texts of an element by key; {0} and {1} are placeholders. */
export type Words = Record<string, string>

/** The language of an element: its own `lang`, the page's or the browser's. English if we don't support it. */
export function languageFor(host: Element): string {
  const tag = host.closest('[lang]')?.getAttribute('lang') || navigator.language || ''
  const language = tag.toLowerCase().split('-')[0] as string
  return languages.includes(language) ? language : 'en'
}

export type Say = (name: string, ...given: string[]) => string

/**
 * Loads the texts in the language of the host. English is bundled; other languages are in files of their own
 * (`words-de.js`). Texts that fail to load or are missing are shown in English. The attribute `words` (JSON)
 * overrides single texts.
 */
export async function speak(host: Element, english: Words): Promise<Say> {
  const own = new Map(Object.entries(english))
  const take = (words: object) => {
    for (const [name, text] of Object.entries(words)) if (own.has(name)) own.set(name, String(text))
  }
  const language = languageFor(host)
  try {
    if (language !== 'en') take((await import(/* @vite-ignore */ `./words-${language}.js`)).default)
  } catch {
    // The file didn't load: stay with English.
  }
  try {
    take(JSON.parse(host.getAttribute('words') || '{}'))
  } catch {
    // Not JSON: keep our own texts.
  }
  return (name, ...given) => (own.get(name) || '').replace(/\{(\d)\}/g, (_, index) => given[index] ?? '')
}
