import type { Currency, RewardValue, SideTerms } from '@goodword/contracts'

export type Discount = Extract<SideTerms, { kind: 'discount_code' }>['discount']
type Worth = Extract<SideTerms, { kind: 'credit' | 'gift_card' | 'discount_code' }>

/** Formats money, percentages, days and durations in one language. Moments are in milliseconds since 1970. */
export type Figures = {
  /** Minor units. `short` omits zero cents. */
  money(amount: number, currency: Currency, options?: { short?: boolean }): string
  /** Without the currency, as in an amount field: "1.250,00". */
  amount(amount: number, currency: Currency): string
  value(value: RewardValue, currency: Currency): string
  /** The value of credit, a gift card or a discount code: "20 $", "10 %". */
  worth(side: Worth, currency: Currency): string
  /** "12. Juni". English uses the short form "Jun 12", because it has little room. */
  day(at: number, timeZone: string): string
  /** With the year: "12. Juni 2026". */
  date(at: number, timeZone: string): string
  /** "12 Sekunden" */
  seconds(count: number): string
  /** The text with a capital first letter. */
  start(text: string): string
}

export function figuresIn(language: string): Figures {
  const money: Figures['money'] = (amount, currency, { short = false } = {}) => {
    const { exact, whole, minor } = currencyFormats(language, currency)
    return (short && amount % minor === 0 ? whole : exact).format(amount / minor)
  }
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 })
  const share = (basisPoints: number) => percent.format(basisPoints / 10_000)
  const value: Figures['value'] = (one, currency) =>
    one.type === 'fixed' ? money(one.amount, currency, { short: true }) : share(one.basisPoints)
  const seconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' })
  return {
    money,
    amount: (amount, currency) => {
      const { bare, minor } = currencyFormats(language, currency)
      return bare.format(amount / minor)
    },
    value,
    worth: (side, currency) => {
      if (side.kind !== 'discount_code') return value(side.value, currency)
      const { discount } = side
      return discount.type === 'flat' ? money(discount.amount, currency, { short: true }) : share(discount.basisPoints)
    },
    day: (at, timeZone) => dayFormats(language, timeZone).day.format(at),
    date: (at, timeZone) => dayFormats(language, timeZone).date.format(at),
    seconds: (count) => seconds.format(count),
    start: (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1),
  }
}

/** Formats are slow to create and to ask for their options: once for a language and a currency or time zone. */
function memoize<Made>(make: (language: string, second: string) => Made) {
  const known = new Map<string, Made>()
  return (language: string, second: string): Made => {
    const key = `${language} ${second}`
    const found = known.get(key) ?? make(language, second)
    known.set(key, found)
    return found
  }
}

const currencyFormats = memoize((language, currency) => {
  const style = { style: 'currency', currency } as const
  const exact = new Intl.NumberFormat(language, style)
  const digits = exact.resolvedOptions().maximumFractionDigits ?? 2
  return {
    exact,
    whole: new Intl.NumberFormat(language, { ...style, maximumFractionDigits: 0 }),
    bare: new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    minor: 10 ** digits,
  }
})

const dayFormats = memoize((language, timeZone) => {
  const day = { day: 'numeric', month: language === 'en' ? 'short' : 'long', timeZone } as const
  return {
    day: new Intl.DateTimeFormat(language, day),
    date: new Intl.DateTimeFormat(language, { ...day, year: 'numeric' }),
  }
})

/** Without the period at its end, for use inside a sentence. */
export const withoutPeriod = (text: string): string => text.trim().replace(/[\s.]+$/u, '')
