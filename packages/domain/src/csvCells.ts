import Papa from 'papaparse'

export type CellRow = { line: number; cells: string[] }

/**
 * The rows of a pasted list or CSV file that have at least one filled cell, with their first line number. Accepts
 * commas, semicolons or tabs between cells, any line endings, and quotes as in RFC 4180.
 */
export function readCells(given: string): CellRow[] {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const rows: CellRow[] = []
  let line = 1
  let readTo = 0
  Papa.parse<string[]>(text, {
    delimiter: separatorOf(text),
    newline: '\n',
    step: ({ data, meta }) => {
      const cells = data.map((cell) => cell.trim())
      if (cells.some(Boolean)) rows.push({ line, cells })
      line += text.slice(readTo, meta.cursor).split('\n').length - 1
      readTo = meta.cursor
    },
  })
  return rows
}

/**
 * The separator that is most frequent in the first line: tab, semicolon or comma. This also works for a single
 * line, which has no others to compare with.
 */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const count = (sign: string) => first.split(sign).length - 1
  return ['\t', ';', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}
