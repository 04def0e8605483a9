import type { Currency } from '@goodword/contracts'
import { assert } from './invariant.ts'

const currencyFacts: Record<Currency, { symbol: string; digits: number }> = {
  USD: { symbol: '$', digits: 2 },
  EUR: { symbol: '€', digits: 2 },
  GBP: { symbol: '£', digits: 2 },
  CAD: { symbol: 'CA$', digits: 2 },
  AUD: { symbol: 'A$', digits: 2 },
  NZD: { symbol: 'NZ$', digits: 2 },
  CHF: { symbol: 'CHF\u00a0', digits: 2 },
  JPY: { symbol: '¥', digits: 0 },
  SEK: { symbol: 'SEK\u00a0', digits: 2 },
  NOK: { symbol: 'NOK\u00a0', digits: 2 },
  DKK: { symbol: 'DKK\u00a0', digits: 2 },
  BRL: { symbol: 'R$', digits: 2 },
  MXN: { symbol: 'MX$', digits: 2 },
}

/** The number of decimals of the currency (ISO 4217): 2 for USD, 0 for JPY. */
export const minorDigits = (currency: Currency): number => currencyFacts[currency].digits

function plainDigits(amount: number, currency: Currency): { major: string; minor: string } {
  assert(Number.isSafeInteger(amount), `an amount must be a safe integer of minor units, not ${amount}`)
  const digits = minorDigits(currency)
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const major = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  return { major, minor: text.slice(text.length - digits) }
}

/**
 * Formats minor units: 125000 USD is "$1,250.00", −2500 is "−$25.00". `whole` omits zero cents; `sign` adds a + above
 * zero.
 */
export function formatMoney(
  amount: number,
  currency: Currency,
  options: { whole?: boolean; sign?: boolean } = {},
): string {
  const { major, minor } = plainDigits(amount, currency)
  const showMinor = minor !== '' && !(options.whole && Number(minor) === 0)
  const before = amount < 0 ? '−' : options.sign && amount > 0 ? '+' : ''
  return `${before}${currencyFacts[currency].symbol}${major}${showMinor ? `.${minor}` : ''}`
}

/** Formats an amount for a text field: 125000 USD is "1,250.00". */
export function formatAmountInput(amount: number, currency: Currency): string {
  const { major, minor } = plainDigits(amount, currency)
  return `${amount < 0 ? '−' : ''}${major}${minor === '' ? '' : `.${minor}`}`
}

/**
 * Parses a typed amount to minor units; null if it is not an amount of this currency. Accepts a symbol, spaces and
 * grouping commas. "12,50" is rejected, because reading it as 1,250 would be off by a hundredfold.
 */
export function parseMoney(text: string, currency: Currency): number | null {
  const { symbol, digits } = currencyFacts[currency]
  let rest = text.replace(/\s/g, '')
  for (const prefix of [symbol.trim(), currency, '$']) {
    if (rest.startsWith(prefix)) {
      rest = rest.slice(prefix.length)
      break
    }
  }
  const match = /^(\d[\d,]*|(?=\.\d))(?:\.(\d*))?$/.exec(rest)
  if (!match) return null
  const major = match[1] ?? ''
  const minor = match[2] ?? ''
  if (major.includes(',') && !/^\d+(?:,\d+)*,\d{3,}$/.test(major)) return null
  if (minor.length > digits) return null
  const amount = Number(`${major.replaceAll(',', '')}${minor.padEnd(digits, '0')}`)
  return Number.isSafeInteger(amount) ? amount : null
}

/**
 * `basisPoints` hundredths of a percent of `amount` minor units, rounded half up: 5% (500) of 125030 is 6251.5 → 6252.
 * Exact: computed without floating point.
 */
export function shareOf(amount: number, basisPoints: number): number {
  assert(Number.isSafeInteger(amount) && amount >= 0, `cannot take a share of ${amount}`)
  assert(Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000, `${basisPoints} is not a share`)
  return Number((BigInt(amount) * BigInt(basisPoints) + 5_000n) / 10_000n)
}

/**
 * Splits `total` minor units in proportion to `shares` (whole weights, such as 50 and 50). Each part is rounded down
 * and the last takes the remainder, so the parts sum to `total` exactly and none is negative.
 */
export function splitByShares(total: number, shares: number[]): number[] {
  assert(Number.isSafeInteger(total) && total >= 0, `cannot split ${total}`)
  assert(
    shares.every((share) => Number.isSafeInteger(share) && share >= 0),
    'shares are whole numbers, zero or more',
  )
  const whole = shares.reduce((sum, share) => sum + BigInt(share), 0n)
  assert(whole > 0n, 'at least one share must be above zero')
  const parts = shares.slice(0, -1).map((share) => Number((BigInt(total) * BigInt(share)) / whole))
  return [...parts, parts.reduce((rest, part) => rest - part, total)]
}

/** 500 is "5%", 250 is "2.5%". */
export function formatBasisPoints(basisPoints: number): string {
  assert(Number.isSafeInteger(basisPoints), `${basisPoints} is not a whole number of basis points`)
  return `${basisPoints / 100}%`
}
