import Papa from 'papaparse'

export type CellRow = { line: number; cells: string[] }

/**
 * Rows of pasted lines or a CSV file with at least one filled cell, and the line each begins in: comma, semicolon or tab
 * between cells, lines that end in any way, quotes as RFC 4180 has them.
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

/** Whichever of tab, semicolon and comma the first line has most of: also with a single line, where nothing can be compared. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const count = (sign: string) => first.split(sign).length - 1
  return ['\t', ';', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}
