import { Readable } from 'node:stream'
import type { Currency } from '@goodword/contracts'
import { minorDigits } from '@goodword/domain'

export type CsvCell = string | number | Amount | null
type Amount = { amount: string }

/** Excel reads a file as UTF-8 only if it begins with this. */
const byteOrderMark = '\uFEFF'

/**
 * Where a spreadsheet would begin a formula, full-width forms included: at the start of a cell, and behind whatever
 * divides cells and lines for a spreadsheet of another country, which knows no quotes within a cell.
 */
const formulaStart = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=[=+\-@＝＋－＠])/gu

/**
 * A CSV table (RFC 4180): CRLF after every line, quotes where needed. Text that a spreadsheet would run as a formula
 * gets an apostrophe in front; numbers stay numbers, and null is an empty cell. It begins with a byte order mark.
 */
export function formatCsv(header: string[], rows: Iterable<CsvCell[]>): string {
  let text = `${byteOrderMark}${formatLine(header)}`
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
  if (typeof cell === 'object') return cell.amount
  const text = cell.replace(formulaStart, "'")
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** An amount in major units, so that spreadsheets can add it up: 1250 USD is 12.50. */
export function moneyCell(amount: number, currency: Currency): Amount {
  const digits = minorDigits(currency)
  return { amount: (amount / 10 ** digits).toFixed(digits) }
}
