import type { Currency, RewardValue, SideTerms } from '@goodword/contracts'
import { minorDigits } from '../money.ts'

type Worth = Extract<SideTerms, { kind: 'credit' | 'discount_code' }>
type Discount = Extract<SideTerms, { kind: 'discount_code' }>['discount']

/** Money, shares, days and waits as one language writes them. Moments in milliseconds since 1970. */
export type Figures = {
  /** Minor units; `short` leaves out cents that are zero. */
  money(amount: number, currency: Currency, options?: { short?: boolean }): string
  value(value: RewardValue, currency: Currency): string
  /** What credit or a discount code is worth: "20 $", "10 %". */
  worth(side: Worth, currency: Currency): string
  discount(discount: Discount, currency: Currency): string
  day(at: number, timeZone: string, options?: { year?: boolean }): string
  /** "12 Sekunden" */
  seconds(count: number): string
  /** With a capital letter. */
  start(text: string): string
}

export function figuresIn(language: string): Figures {
  const money: Figures['money'] = (amount, currency, { short = false } = {}) => {
    const minor = minorDigits(currency)
    const digits = short && amount % 10 ** minor === 0 ? 0 : minor
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount / 10 ** minor)
  }
  const percent = (basisPoints: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000)
  const value: Figures['value'] = (one, currency) =>
    one.type === 'fixed' ? money(one.amount, currency, { short: true }) : percent(one.basisPoints)
  const discount: Figures['discount'] = (one, currency) =>
    one.type === 'flat' ? money(one.amount, currency, { short: true }) : percent(one.basisPoints)
  return {
    money,
    value,
    discount,
    worth: (side, currency) =>
      side.kind === 'credit' ? value(side.value, currency) : discount(side.discount, currency),
    day: (at, timeZone, { year = false } = {}) =>
      new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month: 'long',
        ...(year && { year: 'numeric' }),
        timeZone,
      }).format(at),
    seconds: (count) =>
      new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(count),
    start: (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1),
  }
}

type Bounds = { atLeast(amount: string): string; atMost(amount: string): string }

/** The least and the most of a share, as far as it has any. */
export function boundsIn(words: Bounds, money: Figures['money'], value: RewardValue, currency: Currency): string[] {
  if (value.type === 'fixed') return []
  const { minAmount, maxAmount } = value
  return [
    ...(minAmount === undefined ? [] : [words.atLeast(money(minAmount, currency))]),
    ...(maxAmount === undefined ? [] : [words.atMost(money(maxAmount, currency))]),
  ]
}

/** As the last words of a sentence: without a stop of its own. */
export const unstopped = (text: string): string => text.trim().replace(/[\s.]+$/u, '')
