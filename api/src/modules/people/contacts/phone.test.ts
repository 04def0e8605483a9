import { Phone } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../../../../test/property.ts'
import { parsePhone } from './phone.ts'

/** As it reaches us: through the schema, then read in the business's country. */
const read = (typed: string, country = 'US') => {
  const plain = Phone.safeParse(typed)
  return plain.success ? parsePhone(plain.data, country) : null
}

describe('a phone number as people paste it', () => {
  it.each([
    ['(415) 555-0162', '+14155550162'],
    ['415 555 0170 ext 12', '+14155550170'],
    ['4155550170x12', '+14155550170'],
    ['415-555-0170, Ext. 12', '+14155550170'],
    ['415 555 0170 #12', '+14155550170'],
    ['415 555 0170,,12#', '+14155550170'],
    ['\u202a+1 415 555 0177\u202c', '+14155550177'],
    ['\ufeff415\u200b555\u20600178', '+14155550178'],
    ['415\u2011555\u20110169', '+14155550169'],
    ['415–555—0169', '+14155550169'],
    ['415−555﹣0169', '+14155550169'],
    ['415·555•0169', '+14155550169'],
    ['415\u00a0555\u202f0169', '+14155550169'],
    ['415⁄555∕0169', '+14155550169'],
    ['[415] 555-0169', '+14155550169'],
    ['（４１５）５５５－０１６９', '+14155550169'],
    ['＋１ ４１５ ５５５ ０１６９', '+14155550169'],
    ['٤١٥٥٥٥٠١٦٧', '+14155550167'],
    ['۴۱۵۵۵۵۰۱۶۷', '+14155550167'],
    ['४१५५५५०१६७', '+14155550167'],
    ['4️⃣1️⃣5️⃣ 555 0167', '+14155550167'],
    ['tel:+14155550172', '+14155550172'],
    ['tel:+1-415-555-0172;ext=7', '+14155550172'],
    ['TEL://+1%20415%20555%200172', '+14155550172'],
    ['Tel. 415 555 0172', '+14155550172'],
    ['WhatsApp: +1 415 555 0172', '+14155550172'],
    ['415 555 0172 (mobile)', '+14155550172'],
    ['1 415 555 0172', '+14155550172'],
    ['(+1) 415 555 0172', '+14155550172'],
    ['+ 1 415 555 0172', '+14155550172'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044 (0) 20 7946 0958', '+442079460958'],
    ['011 44 20 7946 0959', '+442079460959'],
    ['+0044 20 7946 0958', '+442079460958'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['0052 1 55 1234 5678', '+525512345678'],
    ['+39 06 6988 5432', '+390669885432'],
    ['+39 (0)6 6988 5432', '+390669885432'],
    ['+49 (0)30 901820', '+4930901820'],
    ['+54 9 11 2345-6789', '+5491123456789'],
  ])('%j at an American business is %s', (typed, number) => expect(read(typed)).toBe(number))

  it.each([
    ['BR', '0055 11 98765-4325', '+5511987654325'],
    ['BR', '(11) 98765-4325', '+5511987654325'],
    ['BR', '(0xx11) 98765-4325', '+5511987654325'],
    ['BR', '0 21 11 98765-4325', '+5511987654325'],
    ['BR', '0021 1 415 555 0162', '+14155550162'],
    ['GB', '020 7946 0958', '+442079460958'],
    ['GB', '011 44 20 7946 0959', '+442079460959'],
    ['GB', '44 20 7946 0958', '+442079460958'],
    ['GB', '07400 123456', '+447400123456'],
    ['DE', '030/901820', '+4930901820'],
    ['DE', '0049 30 901820', '+4930901820'],
    ['AU', '0011 1 415 555 0162', '+14155550162'],
    ['MX', '55 1234 5678', '+525512345678'],
    ['IT', '06 6988 5432', '+390669885432'],
  ])('in %s, %j is %s', (country, typed, number) => expect(read(typed, country)).toBe(number))
})

describe('a doubtful phone number is asked about', () => {
  it.each([
    ['US', '415 555 01'],
    ['US', '415 555 01623'],
    ['US', 'call me'],
    ['US', '1-800-FLOWERS'],
    ['US', '415 555 0174 / 415 555 0175'],
    ['US', '415 555 0174 or 415 555 0175'],
    ['US', '4155550174 4155550175'],
    ['US', '415 555 0174\n415 555 0175'],
    ['US', '415+5550174'],
    ['US', '000 000 0000'],
    ['US', '123 456 7890'],
    ['US', '+1 198 765 4325'],
    ['US', '44 20 7946 0958'],
    ['GB', '020 7946 095'],
    ['GB', '0121 496 099'],
    ['GB', '07700 90012'],
    ['GB', '+44 20 7946 095'],
    ['BR', '98765-432'],
    // In Switzerland, or by the carrier 41 on Ascension.
    ['BR', '0041 24 751 23 45'],
    ['MX', '55 1234 567'],
  ])('in %s: %j', (country, typed) => expect(read(typed, country)).toBeNull())

  it('but one of an area opened after the library was released is taken as typed', () => {
    // Area codes are added every year. Nobody has 926 so far.
    expect(read('(926) 555-0162')).toBe('+19265550162')
  })
})

describe('a number with its country', () => {
  const numbers = ['+14155550162', '+442079460958', '+5511987654325', '+4930901820', '+525512345678', '+390669885432']
  const countries = ['US', 'GB', 'BR', 'DE', 'MX', 'IT', 'JP', 'AU', 'nowhere']
  const filler = fc.constantFrom('', ' ', '-', '\u2011', '\u200b', '.', '\u00a0', '\u202a')

  it('is the same for a business of any country, however it is set', () => {
    return checkProperty(
      fc.asyncProperty(
        fc.constantFrom(...numbers),
        fc.constantFrom(...countries),
        fc.array(filler, { minLength: 15, maxLength: 15 }),
        async (number, country, between) => {
          const typed = [...number].map((sign, at) => sign + (between[at] ?? '')).join('')
          expect(parsePhone(typed, country)).toBe(number)
        },
      ),
      300,
    )
  })

  it('never becomes another one by losing a digit: it is the rest of the digits, or nothing', () => {
    return checkProperty(
      fc.asyncProperty(
        fc.constantFrom(...numbers),
        fc.constantFrom(...countries),
        fc.nat(),
        async (number, country, nth) => {
          const at = 1 + (nth % (number.length - 1))
          const short = number.slice(0, at) + number.slice(at + 1)
          expect([null, short]).toContain(parsePhone(short, country))
        },
      ),
      300,
    )
  })
})
