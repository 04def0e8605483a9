import type { Language } from '@goodword/contracts/languages'
import { supportedLanguage } from '@goodword/words'

const key = 'goodword.portal.language'

/** The language before the person is known: the last one used here, or the browser's, or English. */
export function createLanguageStorage(storage: () => Storage) {
  const attempt = <T>(action: (at: Storage) => T): T | null => {
    try {
      return action(storage())
    } catch {
      return null
    }
  }
  return {
    language(preferred: readonly string[]): Language {
      const kept = attempt((at) => at.getItem(key))
      return [kept ?? '', ...preferred].map(supportedLanguage).find((language) => language !== null) ?? 'en'
    },
    keep: (language: Language) => attempt((at) => at.setItem(key, language)),
  }
}
