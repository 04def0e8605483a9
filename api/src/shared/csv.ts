import { Readable } from 'node:stream'
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

/**
 * The same while the rows are read, page by page and only as fast as they are sent. Resolves once the first page is
 * there, so that what fails before is answered as an error; what fails later breaks the file off. When the reader goes
 * away, the pages end.
 */
export async function streamCsv(header: string[], pages: AsyncGenerator<CsvCell[][]>): Promise<Readable> {
  const first = await pages.next()
  async function* text() {
    try {
      yield Buffer.from(formatCsv(header, first.done ? [] : first.value))
      if (first.done) return
      for await (const rows of pages) if (rows.length > 0) yield Buffer.from(rows.map(formatLine).join(''))
    } finally {
      await pages.return(undefined)
    }
  }
  return Readable.from(text(), { objectMode: false })
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
