import type { MappedFields } from '@goodword/contracts'
import { parsePath } from '@goodword/domain'

/** A value in a sample, and where it stands. */
export type SamplePath = { path: string; text: string }

const shownAtMost = 300
const deepest = 8

/** The name of a field in a path: with quotes where it isn't plain. */
const step = (name: string): string =>
  /^[A-Za-z_$][\w$-]*$/.test(name) ? name : `["${name.replace(/["\\]/g, '\\$&')}"]`

const joinPath = (before: string, next: string): string =>
  next.startsWith('[') || before === '' ? before + next : `${before}.${next}`

/** The sample as JSON; undefined if it isn't any. */
export function parseSample(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What stands at a path of a sample. */
export function valueAt(json: unknown, path: string): unknown {
  const steps = parsePath(path)
  if (!steps) return undefined
  let value = json
  for (const one of steps) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, one)) return undefined
    value = Reflect.get(value, one)
  }
  return value
}

/** The first event of a sample: of a list, or of the list that stands at a path. */
export function firstEvent(json: unknown, list: string): unknown {
  const items = list === '' ? json : valueAt(json, list)
  return Array.isArray(items) ? items[0] : json
}

const plain = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null

/** Every value of an event with its path, in their order. */
export function pathsOf(event: unknown): SamplePath[] {
  const found: SamplePath[] = []
  const walk = (value: unknown, path: string, depth: number) => {
    if (found.length >= shownAtMost || depth > deepest) return
    const text = plain(value)
    if (text !== null && path !== '') found.push({ path, text })
    else if (Array.isArray(value))
      for (const [at, item] of value.slice(0, 5).entries()) walk(item, `${path}[${at}]`, depth + 1)
    else if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, joinPath(path, step(name)), depth + 1)
  }
  walk(event, '', 0)
  return found
}

/** Where lists of objects stand in a sample: the events may be in one of them. */
export function listsOf(json: unknown): string[] {
  const found: string[] = []
  const walk = (value: unknown, path: string, depth: number) => {
    if (depth > 3 || value === null || typeof value !== 'object') return
    if (Array.isArray(value)) {
      if (path !== '' && value.some((item) => item !== null && typeof item === 'object')) found.push(path)
    } else for (const [name, inner] of Object.entries(value)) walk(inner, joinPath(path, step(name)), depth + 1)
  }
  walk(json, '', 0)
  return found
}

/** The names by which systems call a field, the surest first. The whole path is compared, in lowercase without signs. */
const names: [keyof MappedFields, RegExp][] = [
  ['email', /e?mail(?:address)?$/],
  ['phone', /(?:phone|mobile|cell|tel)(?:number)?$/],
  ['lastName', /(?:lastname|surname|familyname|(?:customer|client|contact|person)last)$/],
  [
    'name',
    /(?:firstname|givenname|customername|clientname|fullname|(?:customer|client|contact|person)(?:name|first))$/,
  ],
  ['value', /(?:total|amount|price|value)(?:paid|due)?$/],
  ['currency', /currency(?:code)?$/],
  ['score', /(?:rating|score|stars)$/],
  ['jobId', /(?:job|order|invoice|deal)(?:id|number|no|nr)$/],
  // Beside one of those, it is the event's own.
  ['jobId', /^(?:id|number)$/],
  ['title', /(?:title|subject|service|description)$/],
  ['occurredAt', /(?:completed|finished|paid|updated|created|occurred)(?:at|on|time|date)|timestamp$/],
]

/** Where the fields probably stand, by the names in a sample. */
export function guessFields(paths: readonly SamplePath[]): Partial<Record<keyof MappedFields, string>> {
  const guessed: Partial<Record<keyof MappedFields, string>> = {}
  const used = new Set<string>()
  for (const [field, pattern] of names) {
    if (guessed[field] !== undefined) continue
    const match = paths.find(
      ({ path }) => !used.has(path) && pattern.test(path.toLowerCase().replace(/[^a-z0-9]/g, '')),
    )
    if (!match) continue
    guessed[field] = match.path
    used.add(match.path)
  }
  return guessed
}
