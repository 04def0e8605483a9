import type { Language } from '@goodword/contracts/languages'
import { englishPortalWords, loadPortalWords, type PortalWords } from '@goodword/words/portal'
import { signal } from '@preact/signals'

/** The current texts of the portal. */
export const words = signal<PortalWords>(englishPortalWords)

export const say: PortalWords['say'] = (key, ...given) => words.value.say(key, ...given)
export const money: PortalWords['money'] = (...amount) => words.value.money(...amount)

/** The server's error text, which is in English. Other languages get a generic sentence. */
export const serverMessage = (detail: string): string =>
  words.value.language === 'en' ? detail : say('portal.error.refused')

let wanted: Language = 'en'

/** Switches all texts to this language once they are loaded. */
export async function setLanguage(language: Language): Promise<void> {
  wanted = language
  if (words.value.language === language) return
  const loaded = await loadPortalWords(language)
  if (wanted === language) words.value = loaded
}
