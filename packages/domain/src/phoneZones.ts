import { zonesOfPrefixes } from './phoneZones.data.ts'

const longestPrefix = 5
let zonesByPrefix: ReadonlyMap<string, readonly string[]> | undefined

function readTable(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, readonly string[]>()
  for (const row of zonesOfPrefixes.replace(/\s+/g, ' ').split(';')) {
    const [zones = '', prefixes = ''] = row.split(':')
    for (const prefix of prefixes.split(' ').filter(Boolean)) table.set(prefix, zones.trim().split(' '))
  }
  return table
}

/**
 * The IANA time zones where the owner of a phone number (E.164) may be, as far as the number tells: those of its area code
 * in North America, otherwise those of its country or region. Empty for numbers that belong to no place, such as toll-free
 * ones. It is a hint: people move and keep their numbers.
 */
export function zonesOfPhone(e164: string): readonly string[] {
  zonesByPrefix ??= readTable()
  const digits = e164.replace(/^\+/, '')
  for (let length = longestPrefix; length > 0; length -= 1) {
    const zones = digits.length >= length ? zonesByPrefix.get(digits.slice(0, length)) : undefined
    if (zones) return zones
  }
  return []
}
