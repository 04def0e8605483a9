import { type Currency, currencies } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'

export type Option = { value: string; label: string }

/** ISO 3166 codes, shown with their names where the browser knows them. */
const countryCodes =
  'AD AE AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS XK YE ZA ZM ZW'.split(
    ' ',
  )

const named = (type: 'region' | 'currency', code: string) =>
  new Intl.DisplayNames('en-US', { type, fallback: 'code' }).of(code) ?? code

const withCurrent = (values: readonly string[], current: string) =>
  values.includes(current) ? values : [current, ...values]

/** Countries by name; the current one is always included. */
export const countryChoices = (current: string): Option[] =>
  withCurrent(countryCodes, current)
    .map((value) => ({ value, label: named('region', value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en-US'))

/** Every time zone the browser knows, and the current one. */
export const timeZoneChoices = (current: string): Option[] =>
  withCurrent(Intl.supportedValuesOf('timeZone'), current).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }))

/** "USD, US Dollar". */
export const currencyChoices = currencies.map((value) => ({ value, label: `${value}, ${named('currency', value)}` }))

/** The countries that use each supported currency. */
const countriesByCurrency: Record<Currency, string> = {
  USD: 'US EC PR SV TC TL VG VI',
  EUR: 'AD AT BE BG CY DE EE ES FI FR GP GR HR IE IT LT LU LV MC ME MQ MT NL PT RE SI SK SM XK',
  GBP: 'GB JE',
  CAD: 'CA',
  AUD: 'AU',
  NZD: 'NZ',
  CHF: 'CH LI',
  JPY: 'JP',
  SEK: 'SE',
  NOK: 'NO',
  DKK: 'DK GL',
  BRL: 'BR',
  MXN: 'MX',
}

/** The currency of a country; null when it is not supported. */
export const currencyOf = (country: string): Currency | null =>
  currencies.find((currency) => countriesByCurrency[currency].split(' ').includes(country)) ?? null

/** The most populous zone, for countries whose first zone by name is another one. */
const mainZones = new Set(
  'America/New_York America/Toronto America/Sao_Paulo America/Mexico_City America/Buenos_Aires America/Argentina/Buenos_Aires America/Santiago America/Godthab America/Nuuk Europe/Madrid Europe/Lisbon Europe/Moscow Asia/Nicosia Asia/Tashkent Asia/Ulaanbaatar Asia/Ulan_Bator Australia/Sydney Pacific/Port_Moresby Pacific/Tahiti Pacific/Tarawa'.split(
    ' ',
  ),
)

/** Browsers offer these as a property, as a function, or not at all. */
type LocaleWithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] | undefined }

/** A time zone of a country: one of `preferred` if it matches, else the most populous; null when unknown. */
export function timeZoneOf(country: string, preferred: readonly string[]): string | null {
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`)
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? []
  const near = preferred.find((zone) => zones.includes(zone))
  return near ?? zones.find((zone) => mainZones.has(zone)) ?? zones[0] ?? null
}

/** The browser's time zone. */
export const browserTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** "$" of $1.00, "CHF" of CHF 1.00. */
export const currencySymbol = (currency: Currency): string => formatMoney(0, currency).replace(/[\d.,\s]/g, '')
