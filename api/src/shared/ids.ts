import { randomBytes } from 'node:crypto'
import { type IdKind, idPrefixes } from '@goodword/contracts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const countsPerMs = 32 ** 3

/**
 * Makes ids: prefix, 10 characters of time, 3 that count within the millisecond, 13 of chance. Sorting by id is sorting by
 * the order in which this process made them.
 */
export function createIds(clock: () => number) {
  let moment = 0
  let count = 0
  return (kind: IdKind): string => {
    const now = clock()
    count = now === moment ? (count + 1) % countsPerMs : 0
    moment = now
    let chance = ''
    for (const byte of randomBytes(13)) chance += alphabet[byte % 32]
    return `${idPrefixes[kind]}_${inBase32(now, 10)}${inBase32(count, 3)}${chance}`
  }
}

function inBase32(value: number, places: number): string {
  let text = ''
  for (let rest = value, place = 0; place < places; place += 1, rest = Math.floor(rest / 32))
    text = alphabet[rest % 32] + text
  return text
}
