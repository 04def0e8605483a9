import { type CodePattern, DiscountCodeText } from '@goodword/contracts'
import { codeAlphabet } from './codes.ts'
import { type CellRow, readCells } from './csvCells.ts'
import { assert } from './invariant.ts'

/** A code to give away, until the end of its last day in the organization's time zone; null for no end. */
export type PoolCode = { code: string; lastDay: string | null }

/** What a spreadsheet made of a code: a rounded number, a date, or an error. */
export type Damage = 'number' | 'date' | 'error'
export type CodeLine = { line: number; code: string }

/** What a list would add, and what it wouldn't, line by line. */
export type CodeList = {
  codes: (CodeLine & PoolCode)[]
  /** Twice in the list, or known already. */
  duplicates: CodeLine[]
  damaged: (CodeLine & { damage: Damage })[]
  tooLong: CodeLine[]
  /** Their last day has passed. */
  over: (CodeLine & PoolCode)[]
  /** Their last day can't be read. */
  unclearDays: (CodeLine & { day: string })[]
  /** Lines without anything. */
  blank: number
}

/** What makes two codes the same: shops take them in any case, and people copy spaces along. */
export const codeKey = (code: string): string => code.normalize('NFKC').replace(/\s/gu, '').toUpperCase()

const codeHeads = new Set(['code', 'codes', 'coupon', 'coupon code', 'discount code', 'voucher', 'promo code'])
const dayHeads = new Set([
  'last day',
  'lastday',
  'expires',
  'expires on',
  'expiry',
  'expiry date',
  'valid until',
  'end date',
])
const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/**
 * Reads an uploaded or pasted list: one code in each line, or several beside each other. A second column may say the last
 * day of each ("2026-12-31"). `today` is the day in the organization's time zone.
 */
export function readCodeList(text: string, today: string): CodeList {
  return { ...checkCodes(entriesOf(readCells(text)), today), blank: blankLines(text) }
}

/**
 * The same for codes that were sent as a list; `given` is the last day as written, "" for none. `includeDamaged` takes codes
 * that look damaged as they are.
 */
export function checkCodes(
  entries: readonly CodeEntry[],
  today: string,
  { includeDamaged = false }: { includeDamaged?: boolean } = {},
): CodeList {
  const list: CodeList = { codes: [], duplicates: [], damaged: [], tooLong: [], over: [], unclearDays: [], blank: 0 }
  const seen = new Set<string>()
  for (const { line, code, given } of entries) {
    const damage = includeDamaged ? null : damageOf(code)
    const lastDay = given === '' ? null : given
    if (code === '') list.blank += 1
    else if (damage) list.damaged.push({ line, code, damage })
    else if (!DiscountCodeText.safeParse(code).success) list.tooLong.push({ line, code })
    else if (seen.has(codeKey(code))) list.duplicates.push({ line, code })
    else if (lastDay !== null && !day.test(lastDay)) list.unclearDays.push({ line, code, day: lastDay })
    else if (lastDay !== null && lastDay < today) list.over.push({ line, code, lastDay })
    else list.codes.push({ line, code, lastDay })
    seen.add(codeKey(code))
  }
  return list
}

/** The list without the codes that the organization has already, given or not, by their keys. */
export function withoutKnown(list: CodeList, known: ReadonlySet<string>): CodeList {
  const isKnown = ({ code }: CodeLine) => known.has(codeKey(code))
  const duplicates = [...list.duplicates, ...list.codes.filter(isKnown).map(({ line, code }) => ({ line, code }))]
  duplicates.sort((one, other) => one.line - other.line)
  return { ...list, duplicates, codes: list.codes.filter((one) => !isKnown(one)) }
}

export type CodeEntry = { line: number; code: string; given: string }

function entriesOf(rows: CellRow[]): CodeEntry[] {
  const heads = rows[0]?.cells.map((cell) => cell.toLowerCase()) ?? []
  const codeAt = heads.findIndex((head) => codeHeads.has(head))
  if (codeAt >= 0) {
    const dayAt = heads.findIndex((head) => dayHeads.has(head))
    return rows.slice(1).flatMap(({ line, cells }) => {
      const code = cells[codeAt] ?? ''
      return code === '' ? [] : [{ line, code, given: cells[dayAt] ?? '' }]
    })
  }
  return rows.flatMap(({ line, cells }): CodeEntry[] => {
    const [first = '', second = '', ...others] = cells
    if (others.length === 0 && first !== '' && day.test(second)) return [{ line, code: first, given: second }]
    return cells.filter(Boolean).map((code) => ({ line, code, given: '' }))
  })
}

function blankLines(text: string): number {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.filter((line) => /^[\s,;"]*$/.test(line)).length
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez'
const damages: readonly [Damage, RegExp][] = [
  // More than 15 digits don't fit a spreadsheet's number.
  ['number', /^(?:\d(?:[.,]\d+)?E[+-]\d+|\d{15}0+)$/i],
  ['date', new RegExp(`^(?:\\d{1,2}[-. /](?:${months})|(?:${months})[-. /]\\d{2,4})$`, 'i')],
  ['date', /^(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}(?: 00:00(?::00)?)?)$/],
  ['error', /^#(?:NAME\?|REF!|VALUE!|N\/A|DIV\/0!|NUM!|NULL!|#+)$/i],
]

const damageOf = (code: string): Damage | null => damages.find(([, pattern]) => pattern.test(code))?.[0] ?? null

/** Whether a code may be given away on a day. */
export const isUsable = ({ lastDay }: Pick<PoolCode, 'lastDay'>, today: string): boolean =>
  lastDay === null || lastDay >= today

/** The code to give away next: of those that are usable today, the one that was uploaded first. */
export function nextCode<T extends PoolCode & { id: string; createdAt: number }>(
  free: readonly T[],
  today: string,
): T | null {
  return free
    .filter((code) => isUsable(code, today))
    .reduce<T | null>((first, code) => (first && !isEarlier(code, first) ? first : code), null)
}

const isEarlier = (one: { id: string; createdAt: number }, other: { id: string; createdAt: number }): boolean =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)

const fewLeft = 20

/**
 * Whether to tell staff about a pool: when 20 usable codes or a tenth are left, and when none is. A list that was short from
 * the beginning says nothing before a code is given.
 */
export function poolWarning({ left, given }: { left: number; given: number }): 'low' | 'empty' | null {
  if (left === 0) return 'empty'
  return given > 0 && (left <= fewLeft || left * 10 <= left + given) ? 'low' : null
}

/** How many codes a pattern makes. */
export const patternRoom = (pattern: CodePattern): number => codeAlphabet.length ** (pattern.split('#').length - 1)

const fairBytes = 256 - (256 % codeAlphabet.length)

/**
 * A code by a pattern from random bytes, each # equally likely to be any of `codeAlphabet`. Twice as many bytes as # signs,
 * and 8 more, practically always suffice; throws InvariantError when they don't. The caller makes sure that it is new.
 */
export function codeFromPattern(pattern: CodePattern, bytes: Uint8Array): string {
  const fair = [...bytes].filter((byte) => byte < fairBytes)
  let used = 0
  return pattern.replaceAll('#', () => {
    const byte = fair[used]
    assert(byte !== undefined, `${bytes.length} random bytes did not suffice for a code`)
    used += 1
    return codeAlphabet.charAt(byte % codeAlphabet.length)
  })
}
