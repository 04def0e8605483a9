import english from 'virtual:words/one/en/portal+widget.share+friend.field.name+friend.field.emailWrong+friend.field.phoneShort+email.signIn.open+email.seeCredit+hosted.runWith'
import others from 'virtual:words/others/portal+widget.share+friend.field.name+friend.field.emailWrong+friend.field.phoneShort+email.signIn.open+email.seeCredit+hosted.runWith'
import type { Language } from '@goodword/contracts/languages'
import { type Figures, figuresIn } from './figures.ts'
import { type Key, type SayKeys, sayWith } from './say.ts'

type PortalKey =
  | Extract<Key, `portal.${string}` | `widget.share.${string}`>
  | 'friend.field.name'
  | 'friend.field.emailWrong'
  | 'friend.field.phoneShort'
  | 'email.signIn.open'
  | 'email.seeCredit'
  | 'hosted.runWith'

/** Everything the advocates' portal says, in one language. */
export type PortalWords = Figures & { language: Language; say: SayKeys<PortalKey> }

const wordsOf = (language: Language, messages: CompiledWords): PortalWords => ({
  language,
  say: sayWith(messages),
  ...figuresIn(language),
})

/** There at once, and where another language does not come. */
export const englishPortalWords = wordsOf('en', english)

/** Loads what the portal says in a language. Never rejects: English is better than nothing. */
export async function loadPortalWords(language: Language): Promise<PortalWords> {
  try {
    const messages = await others[language]?.()
    return messages ? wordsOf(language, messages.default) : englishPortalWords
  } catch {
    return englishPortalWords
  }
}
