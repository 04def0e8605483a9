import { foldText } from './searchFolding.ts'
import {
  betweenWords,
  cutTerm,
  emailText,
  nationalMin,
  pairTerm,
  phoneDigits,
  phoneDigitsMin,
  phoneTerm,
  piecesOf,
  type SearchField,
  searchTerms,
} from './searchTerms.ts'

/** Beginnings of terms that must all match. */
export type SearchWords = readonly string[]

const wordsMax = 8
const alternativesMax = 9
const numberPart = /^\+?[\d.\-\u2010-\u2015]+$/u

/**
 * A query as the ways to read it, of which any may match: "jean-luc" is "jean" and "luc" or "jeanluc", and "anna 0199"
 * ends in a phone number or names an order. Empty if there is nothing to look for.
 */
export function parseSearch(query: string): SearchWords[] {
  const parts = partsOf(foldText(query)).slice(0, wordsMax)
  let ways: string[][] = parts.length === 0 ? [] : [[]]
  for (const part of parts) {
    const readings = readingsOf(part)
    const all = ways.flatMap((way) => readings.map((reading) => [...way, ...reading]))
    // Beyond the limit, further words are read in the first way only.
    ways = all.length <= alternativesMax ? all : ways.map((way) => [...way, ...(readings[0] ?? [])])
  }
  return ways.map((way) => [...new Set(way.map(cutTerm))])
}

type Part = { word: string; isNumber: boolean }

/** The words of a query. Neighboring groups of digits are one number: "(628) 555-0199". */
function partsOf(folded: string): Part[] {
  const parts: Part[] = []
  for (const word of folded.replace(/\(0\)/g, '').split(betweenWords)) {
    if (!/[\p{L}\p{N}]/u.test(word)) continue
    const isNumber = numberPart.test(word)
    const before = parts.at(-1)
    if (isNumber && before?.isNumber) before.word += word
    else parts.push({ word, isNumber })
  }
  return parts
}

function readingsOf({ word, isNumber }: Part): string[][] {
  const pieces = piecesOf(word)
  const joined = [pieces.join('')]
  if (word.includes('@')) return [[emailText(word).replace(/^@+/, '')], joined]
  if (isNumber) return numberReadings(joined[0] ?? '')
  if (pieces.length === 1) return [joined]
  // As it stands in an address: "harbor-sons.ex" or "anna_lu".
  return [pieces, joined, [word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')]]
}

function numberReadings(joined: string): string[][] {
  const digits = phoneDigits(joined)
  if (digits.length < phoneDigitsMin) return [[joined]]
  const dialed = digits.replace(/^0+/, '')
  const national = dialed !== digits && digits.length >= nationalMin ? [[phoneTerm(dialed)]] : []
  return [[phoneTerm(digits)], ...national, [joined]]
}

/** Whether a way to read a query matches these terms. */
export const matchesWords = (words: SearchWords, terms: readonly string[]): boolean =>
  words.every((word) => terms.some((term) => term.startsWith(word)))

/** The terms under which names with two of these words are found at once. */
export const pairsAmong = (words: SearchWords): string[] => {
  const plain = words.filter((word) => !word.startsWith('#'))
  return plain.flatMap((first) => plain.filter((other) => other !== first).map((other) => pairTerm(first, other)))
}

/** Where a value matches, as positions in it, so that a screen can mark them. */
export type Marks = { from: number; to: number }[]

/** A function that says which parts of a value a query matches, in order; none if it plays no part in the match. */
export function searchMarker(query: string): (field: SearchField) => Marks {
  const words = [...new Set(parseSearch(query).flat())]
  const matches = (field: SearchField) =>
    searchTerms([field]).some((term) => words.some((word) => term.startsWith(word)))
  return ({ type, value }) => {
    if (!value) return []
    if (type === 'phone' || type === 'email') return matches({ type, value }) ? [{ from: 0, to: value.length }] : []
    return [...value.matchAll(/[^\s,;:|/\\()[\]{}<>"&]+/gu)]
      .filter(([word]) => matches({ type, value: word }))
      .map(({ 0: word, index }) => ({ from: index, to: index + word.length }))
  }
}
