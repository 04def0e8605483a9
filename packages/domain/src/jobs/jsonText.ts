/**
 * JSON as it was received. Numbers keep their text, because 0.1 and 12345678901234567890 aren't what JavaScript makes of
 * them, and a field that stands twice is refused, because whoever wrote it and whoever reads it may mean different ones.
 */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject
export type JsonNumber = { readonly number: string }
export type JsonObject = ReadonlyMap<string, Json>

export type JsonProblem = 'body_empty' | 'body_not_utf8' | 'body_not_json' | 'body_repeats_field' | 'body_too_deep'
export type JsonReading =
  | { json: Json /** Where the items of an array stand in the text. */; ranges: ReadonlyMap<readonly Json[], Range[]> }
  | { problem: JsonProblem /** The field, or the place in the text. */; at: string }
export type Range = readonly [start: number, end: number]

const deepest = 64

/** Thrown within the parser only. */
class Refused extends Error {
  override name = 'Refused'
  constructor(
    readonly problem: JsonProblem,
    readonly at: string,
  ) {
    super(problem)
  }
}

/** The text of a body; null if it isn't UTF-8. A byte order mark is left out. */
export function textOfBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Reads a body. Never throws. */
export function readJson(text: string): JsonReading {
  if (text.trim() === '') return { problem: 'body_empty', at: '0' }
  const reader = createReader(text)
  try {
    const json = reader.document()
    return { json, ranges: reader.ranges }
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem, at: error.at }
    throw error
  }
}

const space = /[ \t\n\r]*/y
const numberText = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** All but quotes, backslashes and control characters. */
const plainText = /[ !#-[\]-\uffff]*/y
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function createReader(text: string) {
  let at = 0
  const ranges = new Map<readonly Json[], Range[]>()
  /** The names and numbers that lead to what is being read. */
  const path: (string | number)[] = []

  const pathText = () =>
    path
      .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
      .join('')
      .slice(0, 100)

  const fail = (): never => {
    throw new Refused('body_not_json', String(at))
  }
  function skip(pattern: RegExp): string {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  const takes = (sign: string): boolean => {
    if (text[at] !== sign) return false
    at += 1
    return true
  }
  const expect = (sign: string): void => {
    if (!takes(sign)) fail()
  }

  function value(): Json {
    if (path.length > deepest) throw new Refused('body_too_deep', pathText())
    const sign = text[at] ?? ''
    if (sign === '{') return object()
    if (sign === '[') return array()
    if (sign === '"') return string()
    const word = words[sign]
    if (word) {
      if (!text.startsWith(word.text, at)) fail()
      at += word.text.length
      return word.means
    }
    const number = skip(numberText)
    return number === '' ? fail() : { number }
  }

  function object(): JsonObject {
    const fields = new Map<string, Json>()
    expect('{')
    skip(space)
    if (takes('}')) return fields
    do {
      skip(space)
      const key = text[at] === '"' ? string() : fail()
      path.push(key)
      if (fields.has(key)) throw new Refused('body_repeats_field', pathText())
      skip(space)
      expect(':')
      skip(space)
      fields.set(key, value())
      path.pop()
      skip(space)
    } while (takes(','))
    expect('}')
    return fields
  }

  function array(): readonly Json[] {
    const items: Json[] = []
    const places: Range[] = []
    ranges.set(items, places)
    expect('[')
    skip(space)
    if (takes(']')) return items
    do {
      skip(space)
      const start = at
      path.push(items.length)
      items.push(value())
      path.pop()
      places.push([start, at])
      skip(space)
    } while (takes(','))
    expect(']')
    return items
  }

  function string(): string {
    expect('"')
    let read = skip(plainText)
    while (!takes('"')) {
      expect('\\')
      const sign = text[at] ?? ''
      at += 1
      read += sign === 'u' ? codeUnit() : (escapes[sign] ?? fail())
      read += skip(plainText)
    }
    return read
  }

  function codeUnit(): string {
    const digits = text.slice(at, at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail()
    at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  return {
    ranges,
    document(): Json {
      if (text.startsWith('\ufeff')) at = 1
      skip(space)
      const json = value()
      skip(space)
      if (at < text.length) fail()
      return json
    },
  }
}

const words: Readonly<Record<string, { text: string; means: Json }>> = {
  t: { text: 'true', means: true },
  f: { text: 'false', means: false },
  n: { text: 'null', means: null },
}
