import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from './searchFolding.ts'
import { matchesWords, parseSearch, searchMarker } from './searchQuery.ts'
import { type SearchField, searchTerms, termsBeyond } from './searchTerms.ts'

describe('folded text', () => {
  it.each([
    ['PRIYA', 'priya'],
    ['José', 'jose'],
    ['Jose\u0301', 'jose'],
    ['Zoë', 'zoe'],
    ['Nguyễn', 'nguyen'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Søren', 'soren'],
    ['Łukasz', 'lukasz'],
    ['Đặng', 'dang'],
    ['Æsa Þór', 'aesa thor'],
    ['İrem', 'irem'],
    ['Işık', 'isik'],
    ['ışık', 'isik'],
    ['Семён', 'семен'],
    ['СЕМЕН', 'семен'],
    ['Андрей', 'андрей'],
    ['Андреи', 'андреи'],
    ['Її', 'її'],
    ['Σωκράτης', 'σωκρατησ'],
    ['ΣΩΚΡΑΤΗΣ', 'σωκρατησ'],
    ['Ａｎｎａ　０１９９', 'anna 0199'],
    ['ﬁona', 'fiona'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['٠١٩٩', '0199'],
    ['שָׁלוֹם', 'שלום'],
    ['प्रिया', 'प्रिया'],
    ['김민수', '김민수'],
    ['がく', 'がく'],
    ['zero\u200bwidth', 'zerowidth'],
  ])('%s is compared as %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('stays the same when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
      }),
    )
  })
})

const finds = (query: string, fields: SearchField[]) =>
  parseSearch(query).some((words) => matchesWords(words, searchTerms(fields)))

const priya: SearchField[] = [
  { type: 'name', value: 'Priya Shah' },
  { type: 'email', value: 'priya.j.shah+spam@mail.harborsons.co.uk' },
  { type: 'phone', value: '+16285550199' },
]
const name = (value: string): SearchField[] => [{ type: 'name', value }]
const email = (value: string): SearchField[] => [{ type: 'email', value }]
const phone = (value: string): SearchField[] => [{ type: 'phone', value }]
const text = (value: string): SearchField[] => [{ type: 'text', value }]

describe('a query', () => {
  it.each([
    ['priya', priya],
    ['Pri', priya],
    ['shah', priya],
    ['shah priya', priya],
    ['Shah, Priya', priya],
    ['priya.j', priya],
    ['priya.j.shah', priya],
    ['PRIYA.J.SHAH+SPAM@MAIL', priya],
    ['spam', priya],
    ['harbor-sons', email('a@harbor-sons.example')],
    ['harbor-so', email('a@harbor-sons.example')],
    ['mail.harborsons', priya],
    ['@mail.harborsons.co.uk', priya],
    ['harborsons', priya],
    ['199', priya],
    ['0199', priya],
    ['555-0199', priya],
    ['(628) 555-0199', priya],
    ['628.555.0199', priya],
    ['+1 628 555 0199', priya],
    ['16285550199', priya],
    ['shah 0199', priya],
    ['priya (628) 555-0199', priya],
    ['020 7946 0958', phone('+442079460958')],
    ['+44 (0)20 7946 0958', phone('+442079460958')],
    ['0044 20 7946 0958', phone('+442079460958')],
    ['06 1234 5678', phone('+390612345678')],
    ['5550199', phone('(628) 555-0199')],
    ["O'Brien", name("Niall O'Brien")],
    ['o’brien', name("Niall O'Brien")],
    ['obrien', name("Niall O'Brien")],
    ['brien', name("Niall O'Brien")],
    ['o brien', name("Niall O'Brien")],
    ["o'brien", name('Niall OBrien')],
    ["o'brien", name('Niall O Brien')],
    ['jean-luc', name('Jean-Luc Picard')],
    ['jean luc', name('Jean-Luc Picard')],
    ['jeanluc', name('Jean-Luc Picard')],
    ['luc', name('Jean-Luc Picard')],
    ['Jean-Luc', name('Jean Luc Picard')],
    ['jean-luc', name('Jeanluc Picard')],
    ['j.r. smith', name('J.R. Smith')],
    ['jr smith', name('J.R. Smith')],
    ['太郎', name('山田太郎')],
    ['山田', name('山田太郎')],
    ['민수', name('김민수')],
    ['muller', name('Jürgen Müller')],
    ['MÜLLER', name('Jurgen Muller')],
    ['k7pr4mx', text('K7P-R4MX')],
    ['K7P-R4', text('K7P-R4MX')],
    ['r4mx', text('K7P-R4MX')],
    ['inv_1042', text('INV_1042')],
    ['1042', text('INV_1042')],
    ['4711', text('4711')],
    ['47 11', text('4711')],
    ['&priya&shah', priya],
    ['neighbor thank', name('Neighbor Thank-You')],
  ])('%s finds it', (query, fields) => {
    expect(finds(query, fields)).toBe(true)
  })

  it.each([
    ['riya', priya],
    ['priya ortiz', priya],
    ['priya 0198', priya],
    ['628', priya],
    ['99', priya],
    ['андреи', name('Андрей')],
    ['иод', name('Йод')],
    ['', priya],
    ['%', priya],
    ['— * _', priya],
    ['#9910', priya],
  ])('%s does not find it, because it is no beginning of a word', (query, fields) => {
    expect(finds(query, fields)).toBe(false)
  })

  it('finds every value by itself, by each of its words and by the beginning of each', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.nat(), (value, cut) => {
        const words = value.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(foldText(word)))
        fc.pre(words.length > 0 && words.length <= 8)
        const fields = name(value)
        expect(finds(value, fields), value).toBe(true)
        for (const word of words) {
          const folded = foldText(word)
          const [first = ''] = folded.match(/[\p{L}\p{M}\p{N}]+/u) ?? []
          const start = [...first].slice(0, 1 + (cut % [...first].length)).join('')
          if (/[\p{L}\p{N}]/u.test(start)) expect(finds(start, fields), `${start} in ${value}`).toBe(true)
        }
      }),
    )
  })

  it('is read in at most nine ways, however it is made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (query) => {
        expect(parseSearch(query).length).toBeLessThanOrEqual(9)
      }),
    )
    expect(parseSearch("o'a o'b o'c o'd o'e o'f o'g o'h o'i").length).toBe(9)
  })
})

describe('terms', () => {
  it('hold no character that separates them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('name', 'email', 'phone', 'text'),
        fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 80 }), fc.string({ unit: 'grapheme' })),
        (type, value) => {
          expect(searchTerms([{ type, value } as SearchField]).filter((term) => /[\s"\\\p{C}]/u.test(term))).toEqual([])
        },
      ),
    )
  })

  it('of a referral are only those its friend does not have', () => {
    expect(
      termsBeyond(
        [
          { type: 'name', value: 'Priya Shah' },
          { type: 'email', value: 'priya@other.example' },
          { type: 'phone', value: '(628) 555-0199' },
        ],
        priya,
      ),
    ).toEqual(['priya@other.example', 'other.example'])
    expect(termsBeyond(phone('020 7946 0958'), phone('+442079460958'))).toEqual([])
    expect(termsBeyond(phone('0199'), phone('+16285555199'))).toEqual(['#9910'])
  })
})

describe('marks', () => {
  const marked = (query: string, field: SearchField) =>
    searchMarker(query)(field).map(({ from, to }) => (field.value ?? '').slice(from, to))

  it('show the words a query matched', () => {
    expect(marked('pri', { type: 'name', value: 'Priya Shah' })).toEqual(['Priya'])
    expect(marked('obrien niall', { type: 'name', value: "Niall O'Brien" })).toEqual(['Niall', "O'Brien"])
    expect(marked('shah', { type: 'name', value: 'Priya Ortiz' })).toEqual([])
    expect(marked('0199', { type: 'phone', value: '+1 628 555 0199' })).toEqual(['+1 628 555 0199'])
    expect(marked('shah', { type: 'email', value: 'priya.shah@mail.example' })).toEqual(['priya.shah@mail.example'])
    expect(marked('r4mx', { type: 'text', value: 'K7P-R4MX' })).toEqual(['K7P-R4MX'])
    expect(marked('x', { type: 'name', value: null })).toEqual([])
  })
})
