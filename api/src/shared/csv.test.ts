import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvCell, formatCsv, moneyCell, streamCsv } from './csv.ts'

/** An RFC 4180 parser independent of the code under test. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  expect(text[0]).toBe('\uFEFF')
  for (let at = 1; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') quoted = !quoted
    else if (!quoted && sign === ',') {
      row.push(cell)
      cell = ''
    } else if (!quoted && sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      at += 1
    } else cell += sign
  }
  expect([quoted, row, cell]).toEqual([false, [], ''])
  return rows
}

const edgeCases = fc.string({ unit: fc.constantFrom(...'=+-@＝ab",;\'\t\r\n é') })
const anyCell: fc.Arbitrary<CsvCell> = fc.oneof(edgeCases, fc.string(), fc.integer(), fc.constant(null))
const starts = '=+-@＝＋－＠'
const dividers = ';\t\r\n'

/** Sign by sign: an apostrophe stands before each that could begin a formula. */
const defused = (text: string) =>
  [...text]
    .map((sign, at) => {
      const begins = at === 0 || dividers.includes(text[at - 1] ?? '')
      return (begins && starts.includes(sign)) || (at === 0 && '\t\r\n'.includes(sign)) ? `'${sign}` : sign
    })
    .join('')

describe('a CSV export', () => {
  it('round-trips cell by cell, whatever people typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((width) => {
          const wide = { minLength: width, maxLength: width }
          return fc.tuple(fc.array(edgeCases, wide), fc.array(fc.array(anyCell, wide), { maxLength: 6 }))
        }),
        ([header, rows]) => {
          const seen = (cell: CsvCell) => {
            if (typeof cell === 'string') return defused(cell)
            return cell === null ? '' : String(cell)
          }
          expect(readCsv(formatCsv(header, rows))).toEqual([header, ...rows].map((row) => row.map(seen)))
        },
      ),
    )
  })

  it('has no formula for a spreadsheet, not even where cells end with a semicolon or a tab and quotes mean nothing', () => {
    fc.assert(
      fc.property(fc.array(edgeCases), (cells) => {
        const text = formatCsv(
          ['text'],
          cells.map((cell) => [cell]),
        )
        const pieces = text.slice(1).split(/[;\t\r\n]/)
        expect(pieces.filter((piece) => /^"?[=+\-@＝＋－＠]/.test(piece))).toEqual([])
      }),
    )
  })

  it.each([
    ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
    ['+14155550100', "'+14155550100"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-5', "'-5"],
    [-5, '-5'],
    ['x;=1+1', `"x;'=1+1"`],
    ['x\t=1+1', `"x\t'=1+1"`],
    ['two\n-lines', `"two\n'-lines"`],
    [moneyCell(7_850, 'USD'), '78.50'],
    [moneyCell(-5, 'USD'), '-0.05'],
    [moneyCell(7_850, 'JPY'), '7850'],
    ['Shah, Priya', '"Shah, Priya"'],
    ['two\nlines', '"two\nlines"'],
    [null, ''],
  ] as const)('writes %j as %s', (cell, written) => {
    expect(formatCsv(['text'], [[cell]])).toBe(`\uFEFFtext\r\n${written}\r\n`)
  })

  it('streams its rows', () => {
    const days = function* (): Generator<CsvCell[]> {
      yield ['2026-06-01', 1]
      yield ['2026-06-02', 2]
    }
    expect(formatCsv(['day', 'count'], days())).toBe('\uFEFFday,count\r\n2026-06-01,1\r\n2026-06-02,2\r\n')
  })
})

describe('a table that is sent while it is read', () => {
  /** Pages of 10 kB without an end. */
  function endless() {
    const seen = { pages: 0, ended: false }
    async function* pages(): AsyncGenerator<CsvCell[][]> {
      try {
        for (;;) {
          seen.pages += 1
          yield [['x'.repeat(10_000)]]
        }
      } finally {
        seen.ended = true
      }
    }
    return { seen, pages: pages() }
  }

  it('reads only as much as is taken, and ends with its reader', async () => {
    const { seen, pages } = endless()
    const file = await streamCsv(['head'], pages)
    expect(seen.pages).toBe(1)
    for await (const chunk of file) {
      expect(String(chunk).slice(0, 7)).toBe('\uFEFFhead\r\n')
      break
    }
    await expect.poll(() => seen.ended).toBe(true)
    // At most what fits in the stream's buffer of 64 KiB.
    expect(seen.pages).toBeLessThan(10)
  })
})
