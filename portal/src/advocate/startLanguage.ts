import type { Language } from '@goodword/contracts/languages'
import { spokenLanguage } from '@goodword/words'

const key = 'goodword.portal.language'

/** What the portal says before it knows whose it is: as it last spoke here, else as the browser likes it, else English. */
export function keepLanguageIn(storage: () => Storage) {
  const attempt = <T>(action: (at: Storage) => T): T | null => {
    try {
      return action(storage())
    } catch {
      return null
    }
  }
  return {
    language(liked: readonly string[]): Language {
      const kept = attempt((at) => at.getItem(key))
      return [kept ?? '', ...liked].map(spokenLanguage).find((language) => language !== null) ?? 'en'
    },
    keep: (language: Language) => attempt((at) => at.setItem(key, language)),
  }
}
