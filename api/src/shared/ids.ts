import { randomFillSync } from 'node:crypto'
import { type IdKind, idPrefixes } from '@goodword/contracts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const countsPerMs = 32 ** 3
const chanceLength = 13

/**
 * Makes ids: prefix, 10 characters of time, 3 that count within the millisecond, 13 of chance. Sorting by id is sorting by
 * the order in which this process made them. Throws when the clock says anything but whole milliseconds since 1970.
 */
export function createIds(clock: () => number) {
  const chance = createChance()
  let moment = 0
  let count = 0
  return (kind: IdKind): string => {
    const now = clock()
    // Half a millisecond would put "undefined" into the id.
    if (!Number.isSafeInteger(now) || now < 0) throw new Error(`A clock says whole milliseconds, not ${now}.`)
    count = now === moment ? (count + 1) % countsPerMs : 0
    moment = now
    return `${idPrefixes[kind]}_${inBase32(now, 10)}${inBase32(count, 3)}${chance()}`
  }
}

/** 13 characters of chance; the system is asked for those of many ids at once. */
function createChance(): () => string {
  const bytes = Buffer.alloc(chanceLength * 256)
  let used = bytes.length
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes)
      used = 0
    }
    let text = ''
    for (const end = used + chanceLength; used < end; used += 1) text += alphabet[(bytes[used] ?? 0) % 32]
    return text
  }
}

function inBase32(value: number, places: number): string {
  let text = ''
  for (let rest = value, place = 0; place < places; place += 1, rest = Math.floor(rest / 32))
    text = alphabet[rest % 32] + text
  return text
}
