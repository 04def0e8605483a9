import { expect, it } from 'vitest'
import { showPhone, telOf } from './phone.ts'

it('formats a phone number with its country code separated', () => {
  expect(showPhone('+14155550142')).toBe('(415) 555-0142')
  expect(showPhone('+4930901820')).toBe('+49 309 018 20')
  expect(showPhone('+442079460123')).toBe('+44 207 946 0123')
  expect(showPhone('+351210000000')).toBe('+351 210 000 000')
  expect(showPhone('+79161234567')).toBe('+7 916 123 4567')
})

it('leaves anything else unchanged', () => {
  expect(showPhone('anna@mail.example')).toBe('anna@mail.example')
  expect(showPhone(null)).toBeNull()
})

it('dials a typed number without its extension', () => {
  expect(telOf('(415) 555-0170 ext. 12')).toBe('tel:4155550170')
  expect(telOf('+44 20 7946 0958')).toBe('tel:+442079460958')
})
