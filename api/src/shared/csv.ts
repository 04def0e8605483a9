import type { Currency } from '@goodword/contracts'
import { minorDigits } from '@goodword/domain'

export type CsvCell = string | number | null

/** What a spreadsheet would take for the beginning of a formula, full-width signs included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u

/**
 * A table as RFC 4180 has it: CRLF after every line, quotes where they are needed. Text that a spreadsheet would run as
 * a formula gets an apostrophe in front; numbers stay numbers, and null is an empty cell.
 */
export function csvOf(header: string[], rows: Iterable<CsvCell[]>): string {
  let text = lineOf(header)
  for (const row of rows) text += lineOf(row)
  return text
}

const lineOf = (cells: CsvCell[]): string => `${cells.map(written).join(',')}\r\n`

function written(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formulaStart.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** An amount in the major unit, as a number a spreadsheet adds up: 1250 USD is 12.5. */
export const moneyCell = (amount: number, currency: Currency): number => amount / 10 ** minorDigits(currency)
