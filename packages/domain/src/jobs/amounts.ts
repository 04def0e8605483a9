import { amountMax } from '@goodword/contracts'
import { currencyDigits, stripeDigits } from './currencies.ts'

/**
 * An amount in the currency's own minor units. `rounded` says that it had more decimals than the currency, and was
 * rounded half up.
 */
export type ReadAmount = { amount: number; rounded: boolean }
export type AmountProblem = 'amount_unreadable' | 'amount_negative' | 'amount_too_large' | 'currency_unknown'
export type AmountReading = ReadAmount | { problem: AmountProblem }

const decimal = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/

/**
 * An amount in major units as another system writes it, "409.94", in minor units: 40994. Exact, from the text: nothing
 * is ever a floating-point number. Grouped digits and exponents can be read in two ways, so they are refused. `signed`
 * allows amounts below zero.
 */
export function readDecimal(text: string, currency: string, options: { signed?: boolean } = {}): AmountReading {
  const digits = currencyDigits(currency)
  if (digits === null) return { problem: 'currency_unknown' }
  const match = decimal.exec(text.trim())
  if (!match) return { problem: 'amount_unreadable' }
  const [, sign = '', whole = '', fraction = ''] = match
  return scaled({ negative: sign === '-', units: BigInt(whole + fraction), from: fraction.length, to: digits }, options)
}

/** A whole number of the currency's own minor units: 38500 is $385.00. */
export function readMinor(text: string, currency: string, options: { signed?: boolean } = {}): AmountReading {
  const digits = currencyDigits(currency)
  return digits === null ? { problem: 'currency_unknown' } : whole(text, digits, digits, options)
}

/** An amount as Stripe counts it, which differs from ISO 4217 for some currencies: 500 is ISK 5 and MGA 500.00. */
export function readStripe(text: string, currency: string): AmountReading {
  const [from, to] = [stripeDigits(currency), currencyDigits(currency)]
  return from === null || to === null ? { problem: 'currency_unknown' } : whole(text, from, to, {})
}

function whole(text: string, from: number, to: number, options: { signed?: boolean }): AmountReading {
  const match = /^(-?)(\d{1,30})$/.exec(text.trim())
  if (!match) return { problem: 'amount_unreadable' }
  return scaled({ negative: match[1] === '-', units: BigInt(match[2] ?? ''), from, to }, options)
}

type Units = { negative: boolean; units: bigint; from: number; to: number }

function scaled({ negative, units, from, to }: Units, { signed = false }: { signed?: boolean }): AmountReading {
  const divisor = from > to ? 10n ** BigInt(from - to) : 1n
  const exact = from > to ? units : units * 10n ** BigInt(to - from)
  const rest = exact % divisor
  const amount = exact / divisor + (rest * 2n >= divisor && divisor > 1n ? 1n : 0n)
  if (negative && !signed && units > 0n) return { problem: 'amount_negative' }
  if (amount > BigInt(amountMax)) return { problem: 'amount_too_large' }
  return { amount: negative ? -Number(amount) || 0 : Number(amount), rounded: rest > 0n }
}
