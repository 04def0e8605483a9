import { around, helping, polite, starting, stopPhrases, stoppedThings, stopping, stoppingAlone } from './replyWords.ts'

export type ReplyWish = 'stop' | 'start' | 'help' | 'none'

/** "Don't text me, S.T.O.P!" is "dont", "text", "me", "stop". */
function plainWords(text: string): string[] {
  const words = text
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`´]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean)
  return words
    .join(' ')
    .replace(/\b(?:\p{L} ){2,}\p{L}\b/gu, (letters) => letters.replaceAll(' ', ''))
    .split(' ')
    .filter(Boolean)
}

/**
 * What somebody who replies to a text wants of the texts themselves. The whole reply is read: a word such as "stop" counts
 * only if nothing around it makes it something else, as in "can't stop by before 5". `none` is for a person to read.
 */
export function readReply(text: string): ReplyWish {
  const words = plainWords(text)
  const [first] = words
  if (first === undefined) return 'none'
  if (words.length === 1) {
    if (starting.has(first)) return 'start'
    if (helping.has(first)) return 'help'
  }
  return isStop(words) ? 'stop' : 'none'
}

function isStop(words: string[]): boolean {
  const rest = words.filter((word) => !stopping.has(word))
  if (rest.length < words.length && rest.every((word) => around.has(word) || stoppedThings.has(word))) return true
  const [first = '', ...others] = words
  if (stoppingAlone.has(first) && others.every((word) => stoppedThings.has(word))) return true
  return stopPhrases.has(words.filter((word) => !polite.has(word)).join(' '))
}
