import { type Language, languages } from '@goodword/contracts/languages'

/** "de" for "de-AT"; null for what we do not speak. */
export function spokenLanguage(tag: string): Language | null {
  const [wanted] = tag.trim().toLowerCase().split('-')
  return languages.find((language) => language === wanted) ?? null
}

/** "de" for "de-AT"; English for what we do not speak. */
export const languageOf = (tag: string | undefined): Language => spokenLanguage(tag ?? '') ?? 'en'

/** A language's name in another, with a capital letter; its own without one: "Deutsch". */
export function languageName(language: string, within: string = language): string {
  const name = new Intl.DisplayNames(within, { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(within) + name.slice(1)
}
