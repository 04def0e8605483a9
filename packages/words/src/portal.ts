import english from 'virtual:words/one/en/portal+widget.share+friend.field.name+friend.field.emailWrong+friend.field.phoneShort+email.signIn.open+email.seeCredit+hosted.runWith'
import others from 'virtual:words/others/portal+widget.share+friend.field.name+friend.field.emailWrong+friend.field.phoneShort+email.signIn.open+email.seeCredit+hosted.runWith'
import type { Language } from '@goodword/contracts/languages'
import { type Figures, figuresIn } from './figures.ts'
import { createSay, type Key, type SayKeys } from './say.ts'

type PortalKey =
  | Extract<Key, `portal.${string}` | `widget.share.${string}`>
  | 'friend.field.name'
  | 'friend.field.emailWrong'
  | 'friend.field.phoneShort'
  | 'email.signIn.open'
  | 'email.seeCredit'
  | 'hosted.runWith'

/** All texts of the advocates' portal in one language. */
export type PortalWords = Figures & { language: Language; say: SayKeys<PortalKey> }

const wordsOf = (language: Language, messages: CompiledWords): PortalWords => ({
  language,
  say: createSay(messages),
  ...figuresIn(language),
})

/** Bundled, and the fallback when another language fails to load. */
export const englishPortalWords = wordsOf('en', english)

/** Loads the portal's texts in a language. Never rejects; falls back to English. */
export async function loadPortalWords(language: Language): Promise<PortalWords> {
  try {
    const messages = await others[language]?.()
    return messages ? wordsOf(language, messages.default) : englishPortalWords
  } catch {
    return englishPortalWords
  }
}
