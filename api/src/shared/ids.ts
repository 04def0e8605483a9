import { randomBytes } from 'node:crypto'
import { type IdKind, idPrefixes } from '@goodword/contracts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes ids: prefix, 10 characters of time, 16 of chance. Sorting by id is sorting by the moment it was made. */
export const createIds =
  (clock: () => number) =>
  (kind: IdKind): string => {
    let time = ''
    for (let rest = clock(), place = 0; place < 10; place += 1, rest = Math.floor(rest / 32))
      time = alphabet[rest % 32] + time
    let chance = ''
    for (const byte of randomBytes(16)) chance += alphabet[byte % 32]
    return `${idPrefixes[kind]}_${time}${chance}`
  }
