import type { Currency } from '@goodword/contracts'
import { minorDigits } from '@goodword/domain'

export type CsvCell = string | number | null

/** Characters that start a formula in a spreadsheet, full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u

/**
 * A CSV table (RFC 4180): CRLF after every line, quotes where needed. Text that a spreadsheet would run as a formula
 * gets an apostrophe in front; numbers stay numbers, and null is an empty cell.
 */
export function formatCsv(header: string[], rows: Iterable<CsvCell[]>): string {
  let text = formatLine(header)
  for (const row of rows) text += formatLine(row)
  return text
}

const formatLine = (cells: CsvCell[]): string => `${cells.map(formatCell).join(',')}\r\n`

function formatCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formulaStart.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** An amount in major units, so that spreadsheets can add it up: 1250 USD is 12.5. */
export const moneyCell = (amount: number, currency: Currency): number => amount / 10 ** minorDigits(currency)
