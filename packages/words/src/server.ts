import all from 'virtual:words/all/credit+email+friend+hosted+offer+staff+portal.status+portal.balance+portal.leaderboard'
import type { Language } from '@goodword/contracts/languages'
import { type Figures, figuresIn } from './figures.ts'
import { type FriendSentences, friendSentencesIn } from './friends.ts'
import { languageOf } from './language.ts'
import { type Offers, offersIn } from './offers.ts'
import { createSay, type Key, type SayKeys } from './say.ts'

export type { FieldProblem, RefusalFacts } from './friends.ts'

type ServerKey = Extract<
  Key,
  `${'credit' | 'email' | 'friend' | 'hosted' | 'offer' | 'staff' | 'portal.status' | 'portal.balance' | 'portal.leaderboard'}.${string}`
>

/** All texts of the server in one language: pages, emails, text messages, and responses to the widget. */
export type Words = Figures & Offers & FriendSentences & { language: Language; say: SayKeys<ServerKey> }

const made = new Map<Language, Words>()

/** The texts for a language tag ("de-AT"); English if unsupported. */
export function wordsIn(tag: string | undefined): Words {
  const language = languageOf(tag)
  const known = made.get(language)
  if (known) return known
  const say: Words['say'] = createSay(all[language] ?? {})
  const figures = figuresIn(language)
  const words = { language, say, ...figures, ...offersIn(language, say, figures), ...friendSentencesIn(say, figures) }
  made.set(language, words)
  return words
}
