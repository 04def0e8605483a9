import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The messages of one place by full key, such as `email.welcome.subject`. */
export type Messages = Record<string, string>
type Tree = { [name: string]: string | Tree }

export const catalogFolder = fileURLToPath(new URL('../catalogs', import.meta.url))

/** All languages that have a folder. English is first, because it is the fallback. */
export const languagesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b))

/** The places of a language's messages, one file each. */
export const placesIn = (folder: string, language: string): string[] =>
  readdirSync(join(folder, language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()

export const fileOf = (folder: string, language: string, place: string): string =>
  join(folder, language, `${place}.json`)

export const readMessages = (folder: string, language: string, place: string): Messages =>
  flatten(JSON.parse(readFileSync(fileOf(folder, language, place), 'utf8')) as Tree, place)

/** Flattens `{ welcome: { subject: '…' } }` in email.json to `email.welcome.subject`. */
function flatten(tree: Tree, path: string): Messages {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, value]) => {
      const key = `${path}.${name}`
      return typeof value === 'string' ? [[key, value] as const] : Object.entries(flatten(value, key))
    }),
  )
}
