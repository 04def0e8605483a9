import type { AskReasonFacts } from '@goodword/contracts'
import { askReasonSentence } from '@goodword/words/asking'
import { wordsIn } from '@goodword/words/server'

/** Why somebody isn't asked, for staff, with days of the organization's time zone. */
export function reasonSentence(timeZone: string, reason: AskReasonFacts): string {
  const words = wordsIn('en')
  return askReasonSentence(reason, {
    moment: (at) => words.day(at, timeZone),
    day: (day) => words.day(Date.parse(`${day}T12:00:00Z`), 'UTC'),
  })
}
