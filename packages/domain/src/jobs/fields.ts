import type { JobEventNote } from '@goodword/contracts'
import { visibleLine } from '@goodword/contracts'
import { saysYes } from '../saysYes.ts'
import { type AmountReading, readDecimal } from './amounts.ts'
import { currencyCode } from './currencies.ts'
import { Unreadable } from './jobEvent.ts'
import type { Json, JsonObject } from './jsonText.ts'

export const isObject = (json: Json | undefined): json is JsonObject => json instanceof Map
export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json)

/** What stands at a path; undefined if there is nothing. */
export function at(json: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let value = json
  for (const step of path) {
    if (typeof step === 'number') value = isList(value) ? value[step] : undefined
    else value = isObject(value) ? value.get(step) : undefined
  }
  return value
}

export const listAt = (json: Json | undefined, ...path: (string | number)[]): readonly Json[] => {
  const value = at(json, ...path)
  return isList(value) ? value : []
}

/** A text or a number as text, as it was sent; null for anything else. */
export function rawText(json: Json | undefined): string | null {
  if (typeof json === 'string') return json
  if (typeof json === 'boolean') return String(json)
  return json !== null && typeof json === 'object' && 'number' in json ? json.number : null
}

/** One line without invisible characters, of at most `max` characters; null if it is empty. */
export function lineAt(json: Json | undefined, max: number, ...path: (string | number)[]): string | null {
  const text = rawText(at(json, ...path))
  const line = text === null ? '' : [...visibleLine(text)].slice(0, max).join('')
  return line === '' ? null : line
}

export const nameMax = 100
export const titleMax = 200
/** Longer ids are cut: what is the same up to here is the same thing. */
export const idMax = 200

export const titleAt = (json: Json | undefined, ...path: (string | number)[]) => lineAt(json, titleMax, ...path)

/** What systems write where there is no id. */
const nobody = new Set(['', '0', 'null', 'undefined', 'none', 'nil', 'n/a', 'false'])

/** An id in another system. 0, null and "" are none: guests of a shop are all customer 0. */
export function idAt(json: Json | undefined, ...path: (string | number)[]): string | null {
  const id = lineAt(json, idMax, ...path)
  return id === null || nobody.has(id.toLowerCase()) ? null : id
}

/** Whether a field says that somebody agreed. */
export const agrees = (json: Json | undefined): boolean => saysYes(rawText(json) ?? '')

export const isTrue = (json: Json | undefined): boolean => json === true || rawText(json)?.toLowerCase() === 'true'

const withZone = /(?:Z|[+-]\d\d:?\d\d)$/i
const dated = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i
const earliest = Date.UTC(1990, 0)
const latest = Date.UTC(2200, 0)

/**
 * A moment: ISO 8601, or seconds or milliseconds since 1970. Without a time zone it is UTC. Null if it can't be read or
 * is far from our time.
 */
export function momentAt(json: Json | undefined, ...path: (string | number)[]): number | null {
  const text = rawText(at(json, ...path))?.trim() ?? ''
  if (/^\d{9,14}(?:\.\d+)?$/.test(text)) {
    const number = Number(text)
    return inCalendar(Math.round(number < 100_000_000_000 ? number * 1_000 : number))
  }
  if (!dated.test(text)) return null
  const iso = text.replace(' ', 'T')
  return inCalendar(Date.parse(iso.includes('T') && !withZone.test(iso) ? `${iso}Z` : iso))
}

const inCalendar = (moment: number): number | null => (moment >= earliest && moment < latest ? moment : null)

/** The currency at a path; null if there is none. Throws currency_unknown. */
export function currencyAt(json: Json | undefined, ...path: (string | number)[]): string | null {
  const text = lineAt(json, 20, ...path)
  if (text === null) return null
  const code = currencyCode(text)
  if (code === null) throw new Unreadable('currency_unknown', { currency: text })
  return code
}

/** The amount that was read, noting that it was rounded. Throws what is wrong with it, and where it stands. */
export function amountOf(reading: AmountReading, field: string, sent: string, notes: JobEventNote[]): number {
  if ('problem' in reading) throw new Unreadable(reading.problem, { field, sent: visibleLine(sent).slice(0, 40) })
  if (reading.rounded && !notes.includes('amount_rounded')) notes.push('amount_rounded')
  return reading.amount
}

/** A decimal amount of a currency. Throws amount_missing and what is wrong with it. */
export function decimalAt(
  json: Json | undefined,
  field: string,
  { currency, notes, signed = false }: { currency: string; notes: JobEventNote[]; signed?: boolean },
): number {
  const text = rawText(at(json, ...field.split('.')))
  if (text === null) throw new Unreadable('amount_missing', { field })
  return amountOf(readDecimal(text, currency, { signed }), field, text, notes)
}

/** A first and a last name, whichever there are. */
export const fullName = (...parts: (string | null)[]): string =>
  parts
    .filter((part) => part !== null)
    .join(' ')
    .slice(0, nameMax)
