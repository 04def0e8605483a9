import type { PersonColumn } from '@goodword/contracts'
import { readCells } from './csvCells.ts'

export type ListedPerson = { line: number; name: string; email: string; phone: string }
export type PeopleList = { hasHead: boolean; columns: PersonColumn[]; people: ListedPerson[] }

const heads: [PersonColumn, RegExp][] = [
  ['first_name', /^(first|given|fore)[\s_-]*names?$/],
  ['last_name', /^(last|family|sur)[\s_-]*names?$/],
  ['email', /e-?mail/],
  ['phone', /phone|mobile|cell|^tel|number/],
  ['name', /name|contact|customer|advocate|person/],
]

/** Parses pasted lines or a CSV file: comma, semicolon or tab between cells, quotes per RFC 4180. */
export function readPeople(text: string): PeopleList {
  const rows = readCells(text)
  const [first] = rows
  if (!first) return { hasHead: false, columns: [], people: [] }
  const named = first.cells.map(headOf)
  const hasHead = named.some((column) => column !== 'ignored') && !first.cells.some(isEmail)
  const body = hasHead ? rows.slice(1) : rows
  const columns = hasHead ? named : detectColumns(body.map(({ cells }) => cells))
  const people = body.map(({ line, cells }) => {
    const cell = (column: PersonColumn) => cells.filter((_, at) => columns[at] === column).find(Boolean) ?? ''
    const whole = [cell('first_name'), cell('last_name')].filter(Boolean).join(' ')
    return { line, name: cell('name') || whole, email: cell('email'), phone: cell('phone') }
  })
  return { hasHead, columns, people }
}

const headOf = (cell: string): PersonColumn => {
  const word = cell.toLowerCase()
  return heads.find(([, pattern]) => pattern.test(word))?.[0] ?? 'ignored'
}

const isEmail = (cell: string): boolean => /^\S+@\S+$/.test(cell)
/** Digits of any script with what people put between them, and an extension; the number itself is read later. */
const phoneLike = /^(?:tel:)?[+()[\]\p{Nd}\s./\p{Pd}\p{Cf}\u2212·•]{5,}(?:(?:ext|x|#)[.\s]*\p{Nd}+)?$/iu
const isPhone = (cell: string): boolean => phoneLike.test(cell) && cell.replace(/\P{Nd}/gu, '').length >= 5

/**
 * Without headings, each column is detected from most of its cells. The first remaining column with letters is the
 * name.
 */
function detectColumns(rows: string[][]): PersonColumn[] {
  const width = Math.max(...rows.map((row) => row.length))
  const most = (at: number, looks: (cell: string) => boolean) => {
    const filled = rows.map((row) => row[at] ?? '').filter(Boolean)
    return filled.length > 0 && filled.filter(looks).length * 2 > filled.length
  }
  let named = false
  return Array.from({ length: width }, (_, at) => {
    if (most(at, isEmail)) return 'email'
    if (most(at, isPhone)) return 'phone'
    if (named || !most(at, (cell) => /\p{L}/u.test(cell))) return 'ignored'
    named = true
    return 'name'
  })
}
