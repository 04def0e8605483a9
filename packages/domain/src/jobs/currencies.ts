import { Currency } from '@goodword/contracts'
import { formatMoney } from '../money.ts'

/**
 * ISO 4217, by number of decimals. Not from Intl: Node's data follows what people pay with, and has no decimals for HUF,
 * IDR, COP, PKR and others that invoices count in hundredths.
 */
const codesByDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN
    NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

const digitsByCode = new Map(
  codesByDigits.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits] as const)),
)

/** The number of decimals of a currency by its three letters: 2 for USD, 0 for JPY, 3 for KWD. Null for an unknown one. */
export const currencyDigits = (code: string): number | null => digitsByCode.get(code) ?? null

/** "usd" is "USD"; null if it is no currency. */
export function currencyCode(text: string): string | null {
  const code = text.trim().toUpperCase()
  return digitsByCode.has(code) ? code : null
}

/** Stripe counts these without decimals. */
const stripeWhole = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
/** Stripe counts these in hundredths, though they have no decimals. */
const stripeHundredths = new Set(['ISK', 'UGX'])

/** The number of decimals that Stripe's amounts of a currency have. Null for an unknown currency. */
export function stripeDigits(code: string): number | null {
  if (stripeWhole.has(code)) return 0
  return stripeHundredths.has(code) ? 2 : currencyDigits(code)
}

/** Minor units of any currency of ISO 4217 for people: "$385.00", "KWD 5.120". */
export function formatAnyMoney(amount: number, code: string): string {
  const known = Currency.safeParse(code)
  if (known.success) return formatMoney(amount, known.data)
  const digits = currencyDigits(code) ?? 0
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const major = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  const minor = text.slice(text.length - digits)
  return `${amount < 0 ? '−' : ''}${code}\u00a0${major}${minor === '' ? '' : `.${minor}`}`
}
