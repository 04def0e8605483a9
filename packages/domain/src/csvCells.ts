export type CellRow = { line: number; cells: string[] }

/**
 * Rows of pasted lines or a CSV file with at least one filled cell, and the line each begins in: comma, semicolon or tab
 * between cells, quotes as RFC 4180 has them.
 */
export function readCells(given: string): CellRow[] {
  const text = given.replace(/^\uFEFF/, '')
  const separator = separatorOf(text)
  const rows: CellRow[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endRow = () => {
    const read = [...cells, cell].map((one) => one.trim())
    if (read.some(Boolean)) rows.push({ line: begun, cells: read })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '\n') line += 1
    if (quoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted
    } else if (!quoted && sign === separator) {
      cells.push(cell)
      cell = ''
    } else if (!quoted && sign === '\n') {
      endRow()
      begun = line
    } else if (sign !== '\r') cell += sign
  }
  endRow()
  return rows
}

/** Whichever of tab, semicolon and comma the first line has most of. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n')
  const count = (sign: string) => first.split(sign).length - 1
  return ['\t', ';', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}
