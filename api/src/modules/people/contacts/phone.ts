import { plainPhone } from '@goodword/contracts'
import {
  type CountryCode,
  getExampleNumber,
  isSupportedCountry,
  Metadata,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'

/** "ext. 12", "x12", "#12", ";ext=12" or ",,12" at the end: a phone is stored without the extension. */
const extension =
  /(?:[\s,;]*(?:ext(?:ension|n)?|x|#|dw|durchwahl|poste|ramal|anexo|int(?:erno)?|доб)\.?\s*[=:]?\s*|\s*,{1,3}\s*)\d{1,7}#?$/iu
/** "(mobile)", "(evenings)". */
const remark = /\([^()\d+]*\p{L}[^()\d+]*\)/gu
const betweenNumbers = /[,;|&/]|\s(?:or|and|oder|und|o|y|ou|et|e)\s/iu
const digitsIn = (text: string) => text.replace(/\D/g, '')
const shortestNumber = 7

/** Whether there are several numbers in the text, of which nobody knows which one is meant. */
export const holdsSeveralPhones = (text: string): boolean =>
  withoutExtension(plainPhone(text))
    .split(betweenNumbers)
    .filter((part) => digitsIn(part).length >= shortestNumber).length > 1

function withoutExtension(plain: string): string {
  const shorter = plain.replace(extension, '')
  return digitsIn(shorter).length >= shortestNumber ? shorter : plain
}

/**
 * Parses a phone number to E.164, as dialed from `country` (ISO 3166). Null if it isn't valid, or if it could be two
 * different numbers: then its owner is asked, because a guess would be somebody else's.
 */
export function parsePhone(text: string, country: string): string | null {
  const found = readingsOf(text, country)
  const valid = distinct(found.filter((number) => number.isValid()))
  const [only, another] = valid.length > 0 ? valid : distinct(found.filter(looksNew))
  return only !== undefined && another === undefined ? only : null
}

/** Every number the text could be, valid or not, to look for one that is stored already. */
export const possiblePhones = (text: string, country: string): string[] =>
  distinct(readingsOf(text, country).filter((number) => number.isPossible()))

const distinct = (numbers: PhoneNumber[]): string[] => [...new Set(numbers.map(({ number }) => number))]

/**
 * A number of a range that was opened after the library's release: it fits the country's general pattern and has the
 * length of its mobile numbers, so that no digit is missing.
 */
function looksNew(phone: PhoneNumber): boolean {
  const [country = phone.country] = phone.getPossibleCountries()
  const usual = country && getExampleNumber(country, examples)?.nationalNumber.length
  return phone.nationalNumber.length === usual && generalPatternOf(country).test(phone.nationalNumber)
}

function generalPatternOf(country: CountryCode | undefined): RegExp {
  const metadata = new Metadata()
  if (country) metadata.selectNumberingPlan(country)
  const plan = metadata.numberingPlan
  // The library's types leave the method out.
  const pattern = plan && 'nationalNumberPattern' in plan ? plan.nationalNumberPattern : null
  return typeof pattern === 'function' ? new RegExp(`^(?:${pattern.call(plan)})$`) : /$^/
}

function readingsOf(text: string, country: string): PhoneNumber[] {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  // Brazilians write "(0xx11)" for a trunk code with any carrier.
  const number = withoutExtension(plainPhone(text)).replace(remark, '').replace(/0xx/i, '0')
  if (/\p{L}/u.test(number) || number.lastIndexOf('+') > number.search(/[\d+]/) || holdsSeveralPhones(number)) return []
  return [...new Set(spellings(number))].flatMap(
    (spelling) =>
      parsePhoneNumberFromString(spelling, { extract: false, ...(home ? { defaultCountry: home } : {}) }) ?? [],
  )
}

/** What is dialed abroad, as it is written all over the world, before the code of a country. */
const abroad = ['00', '011', '0011']
const oldMexicanMobile = /^\+521(?=\d{10}$)/

/** The ways to read the digits: as dialed in the country, and as the number of another one. */
function spellings(number: string): string[] {
  const digits = digitsIn(number)
  // "+44 (0)20": the zero is dialed within the country only, except in Italy.
  const shorter = digitsIn(number.replace(/\(\s*0\s*\)/, ''))
  const foreign = (prefix: string) =>
    [digits, shorter]
      .filter((some) => some.startsWith(prefix))
      .map((some) => `+${some.slice(prefix.length)}`.replace(oldMexicanMobile, '+52'))
  if (number.includes('+')) return digits.startsWith('00') ? foreign('00') : foreign('')
  return [digits, ...abroad.flatMap(foreign)]
}
