import sendWords from 'virtual:words/text/en/send'
import { type CampaignForm, defaultForm, type EmbedForm } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { checkValues } from './checks.ts'
import type { FieldName, Values } from './values.ts'

const filled: Values = {
  who: 'ANNA4K7',
  name: 'Priya Shah',
  phone: '(415) 555-0142',
  email: '',
  message: '',
  answer: '',
  consent: '',
}
const american = '(415) 555-0100'

type Form = { phone?: string | null; asks?: EmbedForm['asks']; fields?: Partial<CampaignForm> }
const formWith = ({ phone = american, asks = 'nothing', fields }: Form) => ({
  fields: { ...defaultForm, ...fields },
  asks,
  organization: { name: 'Harbor & Sons', phone, brandColor: '#0e5a9c', logo: null },
})
const errorsOf = (change: Partial<Values>, form: Form = {}) =>
  Object.fromEntries(
    [...checkValues({ ...filled, ...change }, formWith(form))].map(([field, word]) => [field, sendWords[word]]),
  )

describe('form validation in the browser', () => {
  it('accepts a name with a phone number or an email address', () => {
    expect(errorsOf({})).toEqual({})
    expect(errorsOf({ phone: '', email: 'priya@mail.example' })).toEqual({})
  })

  it('requires only the field that is marked as required, if it is a way to reach the friend', () => {
    expect(Object.keys(errorsOf({ phone: '' }, { fields: { email: 'required' } }))).toEqual(['email'])
    expect(Object.keys(errorsOf({ phone: '' }, { fields: { phone: 'required' } }))).toEqual(['phone'])
  })

  it('requires a name and one way to reach the friend', () => {
    expect(errorsOf({ name: '', phone: '' })).toEqual({
      name: 'Enter your name.',
      phone: 'Enter a phone number or an email address.',
    })
  })

  const unfinished: [string, string][] = [
    ['(415) 555-014', 'Add the last digit.'],
    ['(415) 555-01', 'Add the last two digits.'],
    ['555-0142', 'Add the area code.'],
    ['415 55', 'Enter the whole phone number.'],
    ['12', 'Enter the whole phone number.'],
  ]
  it.each(unfinished)('%s in the form of an American business: %s', (phone, sentence) => {
    expect(errorsOf({ phone })).toEqual({ phone: sentence })
  })

  it.each(['٤١٥٥٥٥٠١٦٧', 'tel:+14155550172', '\u202a+1 415 555 0177\u202c', '0044 20 7946 0958'])(
    'refuses no number that the server reads: %s',
    (phone) => expect(errorsOf({ phone })).toEqual({}),
  )

  it('does not count digits in countries whose numbers vary in length', () => {
    expect(errorsOf({ phone: '030 123456' }, { phone: '+49 30 901820' })).toEqual({})
    expect(errorsOf({ phone: '+43 1 58858' })).toEqual({})
    expect(errorsOf({ phone: '555-0142' }, { phone: null })).toEqual({})
  })

  const addresses: [string, string][] = [
    ['priya', 'Enter an email address such as name@example.com.'],
    ['priya @mail.example', 'Enter an email address such as name@example.com.'],
    ['priya@mail', 'Add the part after the dot, like .com'],
  ]
  it.each(addresses)('the email address %s: %s', (email, sentence) => {
    expect(errorsOf({ email })).toEqual({ email: sentence })
  })

  it('asks a visitor without a link for a code or the name of their advocate', () => {
    expect(errorsOf({ who: '' }, { asks: 'code' })).toEqual({ who: 'Enter the code your friend gave you.' })
    expect(errorsOf({ who: '' }, { asks: 'code_or_name' })).toEqual({
      who: 'Enter the name or the code of the friend who sent you.',
    })
    expect(errorsOf({ who: '' })).toEqual({})
  })

  it('requires the fields that the campaign requires', () => {
    const question = { label: 'Which service?', required: true, choices: [] }
    const fields = { email: 'required', message: 'required', consent: { text: 'Yes' }, question } as const
    expect(errorsOf({}, { fields })).toEqual({
      email: 'Enter your email address.',
      message: 'Tell us what you need.',
      answer: 'Answer this question.',
      consent: 'Check the box to continue.',
    })
    expect(errorsOf({}, { fields: { consent: { text: 'You may text me.', texts: true } } })).toEqual({})
    expect(errorsOf({ phone: '' }, { fields: { phone: 'hidden' } })).toEqual({
      email: 'Enter a phone number or an email address.',
    })
  })

  it('ignores what a page added to Object.prototype', () => {
    const polluted: FieldName = 'email'
    Object.defineProperty(Object.prototype, polluted, { value: 'x', configurable: true })
    try {
      expect(checkValues(filled, formWith({})).size).toBe(0)
    } finally {
      Reflect.deleteProperty(Object.prototype, polluted)
    }
  })
})
