import english from 'virtual:words/one/en/offer'
import { figuresIn } from './figures.ts'
import { offersIn } from './offers.ts'
import { type Say, sayWith } from './say.ts'

const say: Say<'offer'> = sayWith(english)

/** What the console says, in the language of the team. */
export const consoleWords = { say, ...offersIn('en', say, figuresIn('en')) }
