import { randomFillSync } from 'node:crypto'
import { type IdKind, idPrefixes } from '@goodword/contracts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const idsPerMs = 32 ** 3
const timeLength = 10
/** Characters of a counter within the millisecond, and random ones, in case another process counts in the same one. */
const usual = { counter: 3, random: 7 }
/** An organization's id is in each of its rows and in most keys. */
const ofOrganization = { counter: 1, random: 3 }

/**
 * Creates ids: prefix, 10 characters of time, 3 of a counter within the millisecond, 7 random; fewer for an
 * organization. Sorting by id sorts by the order in which this process created them. Throws unless the clock returns
 * whole milliseconds since 1970.
 */
export function createIds(clock: () => number) {
  const chance = createRandomSource()
  let moment = 0
  let count = 0
  return (kind: IdKind): string => {
    const now = clock()
    // A fraction of a millisecond would put "undefined" into the id.
    if (!Number.isSafeInteger(now) || now < 0) throw new Error(`The clock must return whole milliseconds, not ${now}.`)
    count = now === moment ? (count + 1) % idsPerMs : 0
    moment = now
    const { counter, random } = kind === 'organization' ? ofOrganization : usual
    return `${idPrefixes[kind]}_${toBase32(now, timeLength)}${toBase32(count, counter)}${chance(random)}`
  }
}

/** Sorts after every id of its kind that was created before this moment, and before all later ones. */
export const idAtTime = (kind: IdKind, at: number): string => `${idPrefixes[kind]}_${toBase32(at, timeLength)}`

/** Random characters. Random bytes are fetched for many ids at once. */
function createRandomSource(): (length: number) => string {
  const bytes = Buffer.alloc(2_048)
  let used = bytes.length
  return (length) => {
    if (used + length > bytes.length) {
      randomFillSync(bytes)
      used = 0
    }
    let text = ''
    for (const end = used + length; used < end; used += 1) text += alphabet[(bytes[used] ?? 0) % 32]
    return text
  }
}

function toBase32(value: number, places: number): string {
  let text = ''
  for (let rest = value, place = 0; place < places; place += 1, rest = Math.floor(rest / 32))
    text = alphabet[rest % 32] + text
  return text
}
