import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPeople } from './peopleList.ts'

const people = (text: string) => readPeople(text).people.map(({ name, email, phone }) => [name, email, phone])

describe('a list of people', () => {
  it.each([
    ['comma', 'Name,Email,Phone\nAnna Kowalski,anna@mail.example,415 555 0101'],
    ['semicolon', 'Phone;Name;Email\n415 555 0101;Anna Kowalski;anna@mail.example'],
    [
      'tab, as a spreadsheet copies',
      'E-mail\tFirst name\tLast name\tMobile\nanna@mail.example\tAnna\tKowalski\t415 555 0101',
    ],
    ['no head', 'anna@mail.example,Anna Kowalski,415 555 0101'],
    [
      'a byte order mark and empty lines',
      '\uFEFFname,email,phone\r\n\r\nAnna Kowalski,anna@mail.example,415 555 0101\r\n\r\n',
    ],
    [
      'columns nobody asked for',
      'id,Customer,E-Mail address,Cell,notes\n17,Anna Kowalski,anna@mail.example,415 555 0101,x',
    ],
  ])('is read with %s', (_, text) => {
    expect(people(text)).toEqual([['Anna Kowalski', 'anna@mail.example', '415 555 0101']])
  })

  it('keeps quoted text together, and reports the line on which a row begins', () => {
    const { people: read } = readPeople(
      'name,email\n"Kowalski, Anna ""Ann""",a@mail.example\n"Two\nlines",b@mail.example\nLee,c@mail.example',
    )
    expect(read.map(({ line, name }) => [line, name])).toEqual([
      [2, 'Kowalski, Anna "Ann"'],
      [3, 'Two\nlines'],
      [5, 'Lee'],
    ])
  })

  it('handles any pasted text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a@,;\t"\n\r 1é') }), (text) => {
        const { people: read, columns } = readPeople(text)
        expect(read.length).toBeLessThanOrEqual(text.split(/\r\n?|\n/).length)
        for (const column of ['name', 'email', 'phone'] as const)
          if (!columns.includes(column) && column !== 'name') expect(read.every((one) => one[column] === '')).toBe(true)
      }),
    )
  })
})
