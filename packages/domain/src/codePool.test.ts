import { CodePattern } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { codeFromPattern, codeKey, nextCode, patternRoom, poolWarning, readCodeList, withoutKnown } from './codePool.ts'
import { codeAlphabet } from './codes.ts'
import { InvariantError } from './invariant.ts'

const today = '2026-11-30'
const read = (text: string) => readCodeList(text, today)
const codesIn = (text: string) => read(text).codes.map(({ code }) => code)

describe('a list of codes', () => {
  it('is read from a spreadsheet: spaces, cases and blank lines don’t matter, zeros and damage do', () => {
    expect(read('\uFEFF SAVE-1 \r\nsave-1\r\n007\r\n1E+10\r\n\r\n')).toEqual({
      codes: [
        { line: 1, code: 'SAVE-1', lastDay: null },
        { line: 3, code: '007', lastDay: null },
      ],
      duplicates: [{ line: 2, code: 'save-1' }],
      damaged: [{ line: 4, code: '1E+10', damage: 'number' }],
      tooLong: [],
      over: [],
      unclearDays: [],
      blank: 1,
    })
  })

  it('may have a last day beside each code, under a heading or without one', () => {
    const days = [
      { line: 2, code: 'A-1', lastDay: '2026-12-03' },
      { line: 3, code: 'A-2', lastDay: null },
    ]
    expect(read('Code;Last day\nA-1;2026-12-03\nA-2;\n').codes).toEqual(days)
    expect(read('id,code,expires\n1,A-1,2026-12-03\n2,A-2,\n').codes).toEqual(days)
    expect(read('A-1,2026-12-03\n').codes).toEqual([{ line: 1, code: 'A-1', lastDay: '2026-12-03' }])
  })

  it('says which last days have passed or can’t be read', () => {
    const list = read('code,last day\nA-1,2026-11-29\nA-2,2026-11-30\nA-3,12/03/2026\nA-4,2026-13-01\n')
    expect(list.codes).toEqual([{ line: 3, code: 'A-2', lastDay: '2026-11-30' }])
    expect(list.over).toEqual([{ line: 2, code: 'A-1', lastDay: '2026-11-29' }])
    expect(list.unclearDays.map(({ code }) => code)).toEqual(['A-3', 'A-4'])
  })

  it('may be pasted in one line', () => {
    expect(codesIn('AAA, BBB,CCC')).toEqual(['AAA', 'BBB', 'CCC'])
    expect(codesIn('AAA\tBBB')).toEqual(['AAA', 'BBB'])
  })

  it.each([
    ['1.23457E+12', 'number'],
    ['1,23E+10', 'number'],
    ['1234567890123450000', 'number'],
    ['3-Dec', 'date'],
    ['Mar-26', 'date'],
    ['12/3/2026', 'date'],
    ['2026-12-03 00:00:00', 'date'],
    ['#NAME?', 'error'],
    ['########', 'error'],
  ])('finds that a spreadsheet changed %s', (code, damage) => {
    expect(read(`code;last day\n${code};\n`).damaged).toEqual([{ line: 2, code, damage }])
  })

  it.each(['12E34', '5E10', '1234567890123456', 'DEC-3-X', '12-34-56', 'MARCH26', '#1FAN', '0000'])(
    'takes %s as it stands',
    (code) => {
      expect(codesIn(`${code}\n`)).toEqual([code])
    },
  )

  it('leaves out codes that are too long, and those the organization has', () => {
    const long = 'X'.repeat(61)
    expect(read(`${long}\nA`).tooLong).toEqual([{ line: 1, code: long }])
    const list = withoutKnown(read('a 1\nB-2\nb-2\nC'), new Set(['A1', 'B-2'].map(codeKey)))
    expect(list.codes.map(({ code }) => code)).toEqual(['C'])
    expect(list.duplicates).toEqual([
      { line: 1, code: 'a 1' },
      { line: 2, code: 'B-2' },
      { line: 3, code: 'b-2' },
    ])
  })

  it('of thousands is read at once', () => {
    const many = Array.from({ length: 20_000 }, (_, number) => `CODE-${number}`)
    expect(codesIn(many.join('\n'))).toHaveLength(20_000)
  })
})

describe('the next code', () => {
  const code = (id: string, createdAt: number, lastDay: string | null = null) => ({ id, code: id, createdAt, lastDay })

  it('is the one that was uploaded first', () => {
    expect(nextCode([code('b', 2), code('c', 1), code('a', 1)], today)?.id).toBe('a')
    expect(nextCode([], today)).toBeNull()
  })

  it('is never one whose last day has passed', () => {
    const codes = [code('a', 1, '2026-12-03'), code('b', 2, '2026-12-05'), code('c', 3)]
    expect(nextCode(codes, '2026-12-03')?.id).toBe('a')
    expect(nextCode(codes, '2026-12-05')?.id).toBe('b')
    expect(nextCode(codes, '2026-12-06')?.id).toBe('c')
    expect(nextCode(codes.slice(0, 2), '2026-12-06')).toBeNull()
  })
})

it.each([
  [{ left: 0, given: 0 }, 'empty'],
  [{ left: 0, given: 500 }, 'empty'],
  [{ left: 15, given: 0 }, null],
  [{ left: 14, given: 1 }, 'low'],
  [{ left: 20, given: 80 }, 'low'],
  [{ left: 21, given: 79 }, null],
  [{ left: 50, given: 450 }, 'low'],
  [{ left: 51, given: 449 }, null],
])('a pool with %j is %s', (pool, warning) => {
  expect(poolWarning(pool)).toBe(warning)
})

describe('generated codes', () => {
  it('follow their pattern, in letters and digits that can be read aloud', () => {
    const pattern = CodePattern.parse('friend-######')
    const fairBytes = fc.uint8Array({ minLength: 6, maxLength: 6, max: 231 })
    checkProperty(
      fc.property(fairBytes, (bytes) => {
        expect(codeFromPattern(pattern, bytes)).toMatch(new RegExp(`^FRIEND-[${codeAlphabet}]{6}$`))
      }),
    )
    expect(patternRoom(pattern)).toBe(29 ** 6)
  })

  it('take the characters of their random bytes in order, skipping unfair ones', () => {
    const bytes = Uint8Array.from([0, 28, 29, 255, 231, 232, 1, 2, 3])
    expect(codeFromPattern(CodePattern.parse('##-####'), bytes)).toBe('A9-A9BC')
    expect(() => codeFromPattern(CodePattern.parse('######'), new Uint8Array(5))).toThrow(InvariantError)
  })

  it.each(['#####', 'FRIEND', 'A B-######', 'Ä######', `${'A'.repeat(25)}######`])('have no pattern %s', (pattern) => {
    expect(CodePattern.safeParse(pattern).success).toBe(false)
  })
})
