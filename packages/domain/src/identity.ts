/** Trimmed and lowercase. Equal addresses are the same person within an organization (SPEC §1). */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase()

const plainWord = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const plainName = (name: string): string => plainWord(name).replace(/\s/gu, '')

/** Whether two names match regardless of case, accents and spaces. */
export const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b)

/**
 * A first and last name for comparing, regardless of case, accents, signs, title and order: "Novak, Nina" is "Nina Novak".
 * Null for a single word, which many people share.
 */
export function fullNameKey(name: string): string | null {
  const words = nameWords(plainWord(name).replace(/[^\p{L}\p{N}\s,.]/gu, ''))
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => hasLetter.test(word))
  return words.length < 2 ? null : words.sort().join(' ')
}

const honorific = /^(?:mr|mrs|ms|mx|miss|dr|prof)\.?$/i
const hasLetter = /\p{L}/u
const longestFirstName = 30

// Creating a segmenter takes 50 ms on a phone, so it is created for the first name that needs it.
let graphemes: Intl.Segmenter | undefined
/** In ASCII, every character is one grapheme, and checking for ASCII is a hundred times as fast. */
const plain = /^[\x20-\x7e]*$/
function characters(text: string): string[] {
  if (plain.test(text)) return [...text]
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return [...graphemes.segment(text)].map((part) => part.segment)
}
const firstLetter = (word: string): string =>
  (characters(word).find((character) => hasLetter.test(character)) ?? '').toUpperCase()

/** The words of a name in spoken order, without a title. Lists have "Shah, Priya". */
function nameWords(name: string): string[] {
  const spoken = name.trim().replace(/^([^\s,]+),\s*([^\s,]+)$/u, '$2 $1')
  const words = spoken.split(/[\s,]+/u).filter(Boolean)
  return words.length > 1 && honorific.test(words[0] ?? '') ? words.slice(1) : words
}

function truncated(word: string): string {
  const all = characters(word)
  return all.length <= longestFirstName ? word : `${all.slice(0, longestFirstName - 1).join('')}…`
}

/** Replaces the name of a contact whose data was erased. */
export const erasedName = 'Erased person'

/** Whether it is a person's name. Who gave none is shown to staff by their email or phone number instead. */
export const isPersonName = (name: string): boolean => hasLetter.test(name) && !name.includes('@')

/** "Dr. Rachel Kim" is "Rachel". An empty name stays empty. */
export const firstName = (name: string): string => truncated(nameWords(name)[0] ?? '')

/** From the first and the last word: "Priya Shah" is "PS", "Cher" is "C". */
export function initials(name: string): string {
  const words = nameWords(name)
  const named = words.filter((word) => hasLetter.test(word))
  const first = named[0]
  if (first === undefined) return characters(words[0] ?? '')[0] ?? ''
  const last = named.at(-1)
  return firstLetter(first) + (named.length > 1 && last !== undefined ? firstLetter(last) : '')
}

/**
 * A friend's name as advocates may see it (SPEC §13): "Priya S."; a single word stays, unless a title marks it as the
 * last name: "Mr. Shah" is "Mr. S.". Anything that is not a name, such as an address or number, becomes "A friend".
 */
export function maskName(name: string): string {
  const words = nameWords(name).filter((word) => hasLetter.test(word))
  const first = words[0]
  if (first === undefined || name.includes('@')) return 'A friend'
  const last = words.at(-1)
  if (words.length > 1 && last !== undefined) return `${truncated(first)} ${firstLetter(last)}.`
  const [title = ''] = name.trim().split(/\s+/u)
  return title !== first && honorific.test(title) ? `${title} ${firstLetter(first)}.` : truncated(first)
}

/** A stable hue from 0 to 359 for a text: the color of an avatar. */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) % 360
}
