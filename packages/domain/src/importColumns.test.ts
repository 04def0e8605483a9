import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCells } from './csvCells.ts'
import { guessColumns } from './importColumns.ts'

describe('an import file', () => {
  it('is mapped by its headings, each field once', () => {
    expect(guessColumns('advocates', ['Full Name', 'E-mail', 'Mobile', 'Referral code', 'Joined'])).toEqual([
      'name',
      'email',
      'phone',
      'code',
      'ignored',
    ])
    expect(
      guessColumns('referrals', ['Friend', 'Friend email', 'Referrer', 'Referrer email', 'Status', 'Lead ID']),
    ).toEqual(['name', 'email', 'advocate', 'advocate_email', 'status', 'external_id'])
    expect(
      guessColumns('opening_balances', ['First name', 'Last name', 'Email', 'Credit balance', 'Reason', 'Balance']),
    ).toEqual(['first_name', 'last_name', 'email', 'amount', 'note', 'ignored'])
  })

  it('is mapped only to fields of its kind', () => {
    expect(guessColumns('advocates', ['Status', 'Amount', 'Name'])).toEqual(['ignored', 'ignored', 'name'])
  })

  it('keeps line breaks, separators and quotes within quotes, and counts lines like an editor', () => {
    expect(readCells('\uFEFFa;b\r\n"x;\n""y""";2\n\n;\n3;4')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x;\n"y"', '2'] },
      { line: 6, cells: ['3', '4'] },
    ])
  })

  it('is read with any line endings, including those of old Macs', () => {
    const rows = [
      { line: 1, cells: ['Name', 'Email'] },
      { line: 2, cells: ['Priya Shah', 'priya@mail.example'] },
      { line: 4, cells: ['Li, Wei', 'wei@mail.example'] },
    ]
    for (const end of ['\n', '\r\n', '\r']) {
      expect(
        readCells(['Name,Email', 'Priya Shah , priya@mail.example', '', '"Li, Wei",wei@mail.example'].join(end)),
      ).toEqual(rows)
    }
  })

  it('returns quoted text unchanged', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab,;"\t\n é') }).map((text) => `x${text}x`)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const file = ['name,note', ...rows.map((row) => row.map(quoted).join(','))].join('\r\n')
        expect(readCells(file).map(({ cells }) => cells)).toEqual([['name', 'note'], ...rows])
      }),
    )
  })
})
