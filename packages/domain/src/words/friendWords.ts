import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { pt } from './pt.ts'
import { type FriendWords, type Language, languageOf } from './words.ts'

const all: Record<Language, FriendWords> = { en, es, de, fr, pt }

/** What the server says to a friend, in the language of `tag` ("de-AT") or in English. */
export const friendWords = (tag: string | undefined): FriendWords => all[languageOf(tag)]
