import { type Language, languages } from '@goodword/contracts/languages'

/** "de" for "de-AT"; null for an unsupported language. */
export function supportedLanguage(tag: string): Language | null {
  const [wanted] = tag.trim().toLowerCase().split('-')
  return languages.find((language) => language === wanted) ?? null
}

/** "de" for "de-AT"; English for an unsupported language. */
export const languageOf = (tag: string | undefined): Language => supportedLanguage(tag ?? '') ?? 'en'

/** A language's name in another language, capitalized. By default in itself: "Deutsch". */
export function languageName(language: string, within: string = language): string {
  const name = new Intl.DisplayNames(within, { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(within) + name.slice(1)
}

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

/** The writing direction of a language, from its script, because not every browser has `Intl.Locale.getTextInfo`. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr'
