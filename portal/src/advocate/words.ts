import type { Language } from '@goodword/contracts/languages'
import { englishPortalWords, loadPortalWords, type PortalWords } from '@goodword/words/portal'
import { signal } from '@preact/signals'

/** How the portal speaks now. */
export const words = signal<PortalWords>(englishPortalWords)

export const say: PortalWords['say'] = (key, ...given) => words.value.say(key, ...given)
export const money: PortalWords['money'] = (...amount) => words.value.money(...amount)

/** What the server says of a refusal, which is in English; another language says that it did not work. */
export const said = (detail: string): string => (words.value.language === 'en' ? detail : say('portal.trouble.refused'))

let wanted: Language = 'en'

/** From now on everything is said in this language, once its words are there. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  if (words.value.language === language) return
  const loaded = await loadPortalWords(language)
  if (wanted === language) words.value = loaded
}
