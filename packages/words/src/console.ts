import english from 'virtual:words/one/en/offer'
import { figuresIn } from './figures.ts'
import { offersIn } from './offers.ts'
import { createSay, type Say } from './say.ts'

const say: Say<'offer'> = createSay(english)

/** The console's texts, in English. */
export const consoleWords = { say, ...offersIn('en', say, figuresIn('en')) }
