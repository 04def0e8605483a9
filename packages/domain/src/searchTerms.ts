import { foldText } from './searchFolding.ts'

/** A value something can be found by. `text` is for codes, ids from other systems, and names of things. */
export type SearchField = { type: 'name' | 'email' | 'phone' | 'text'; value: string | null | undefined }

/** Longer words are cut, in the index and in a query alike. */
const termMax = 64
const termsMax = 120
const piecesMax = 6
/** Of a long name, the words that are indexed in pairs: the first two and the last. */
const pairedMax = 3
export const phoneDigitsMin = 3
/** Shorter digits with a leading zero are the end of a number, not a national one. */
export const nationalMin = 7

/** What separates words, besides space. Everything else that is no letter and no digit joins pieces of one word. */
export const betweenWords = /[\s,;:|/\\()[\]{}<>"&]+/u
const betweenPieces = /[^\p{L}\p{M}\p{N}]+/u
/** Scripts written without spaces, in which people search for a part of a name. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]{2,12}$/u

export const cutTerm = (term: string): string => (term.length <= termMax ? term : [...term].slice(0, termMax).join(''))

/** The letters and digits of a word, in pieces: "jean-luc" is "jean" and "luc". */
export const piecesOf = (word: string): string[] => word.split(betweenPieces).filter(Boolean)

/** The marks in front of terms that aren't plain words, so that no word finds them. */
export const phoneTerm = (digits: string): string => `#${[...digits].reverse().join('')}`
export const pairTerm = (first: string, second: string): string => `&${first}&${second}`

/** Digits of a phone number; the national zero in "+44 (0)20" is not dialed. */
export const phoneDigits = (folded: string): string => folded.replace(/\(0\)/g, '').replace(/\D/g, '')

export const emailText = (folded: string): string => folded.replace(/[\s"\\\p{C}]/gu, '')

/** "o'brien" is found as "obrien" and "brien", "jean-luc" as "jean", "jeanluc" and "luc". */
function termsOfWord(word: string): string[] {
  const [first, ...rest] = piecesOf(word)
  if (first === undefined) return []
  const later = rest.slice(0, piecesMax).filter((piece) => piece.length > 1)
  const letters = [...first]
  const suffixes =
    rest.length === 0 && unspaced.test(first) ? letters.slice(1).map((_, n) => letters.slice(n + 1).join('')) : []
  return [[first, ...rest].join(''), ...later, ...suffixes]
}

const wordsOf = (folded: string): string[] => folded.split(betweenWords).filter((word) => piecesOf(word).length > 0)

/**
 * First and last name in both orders, as one term each, so that "priya shah" is one step in the index however many
 * people are called Priya.
 */
function pairsOf(words: string[]): string[] {
  const whole = [...new Set(words.map((word) => cutTerm(piecesOf(word).join(''))))]
  const last = whole.at(-1)
  const chosen = whole.length <= pairedMax || last === undefined ? whole : [...whole.slice(0, pairedMax - 1), last]
  return chosen.flatMap((first) => chosen.filter((other) => other !== first).map((other) => pairTerm(first, other)))
}

function termsOfEmail(folded: string): string[] {
  const email = emailText(folded)
  const at = email.lastIndexOf('@')
  const later = piecesOf(email.slice(0, Math.max(at, 0))).slice(1)
  const domain = email.slice(at + 1)
  const labels = domain.split('.').slice(1, -1)
  return [email, domain, ...[...later, ...labels].filter((piece) => piece.length > 2)]
}

function termsOfField({ type, value }: SearchField): string[] {
  const folded = foldText(value ?? '')
  if (folded === '') return []
  switch (type) {
    case 'email':
      return termsOfEmail(folded)
    case 'phone': {
      const digits = phoneDigits(folded)
      return digits.length < phoneDigitsMin ? [] : [phoneTerm(digits)]
    }
    case 'name': {
      const words = wordsOf(folded)
      return [...words.flatMap(termsOfWord), ...pairsOf(words)]
    }
    case 'text':
      return wordsOf(folded).flatMap(termsOfWord)
  }
}

/** Every term these values are found by, once each. No term contains a space, a quote or a backslash. */
export const searchTerms = (fields: readonly SearchField[]): string[] =>
  [...new Set(fields.flatMap(termsOfField).map(cutTerm))].filter((term) => term !== '').slice(0, termsMax)

/** Whether a phone number is the end of another one, with or without its national zero. */
const isEndOf = (term: string, other: string): boolean =>
  term.startsWith('#') && other.startsWith(term.length > nationalMin ? term.replace(/0+$/, '') : term)

/**
 * The terms of `own` that don't lead to `other` anyway. A phone number as it was typed is covered by the same number with
 * its country code.
 */
export function termsBeyond(own: readonly SearchField[], other: readonly SearchField[]): string[] {
  // Mostly, what a friend entered is what their contact says.
  const beyond = own.filter(({ type, value }) => !other.some((one) => one.type === type && one.value === value))
  if (beyond.length === 0) return []
  const known = searchTerms(other)
  const covered = (term: string) => known.includes(term) || known.some((one) => isEndOf(term, one))
  return searchTerms(beyond).filter((term) => !covered(term))
}
