import { currencies } from '@goodword/contracts'

export type Choice = { value: string; label: string }

/** ISO 3166 codes; a name stands beside each where the browser knows one. */
const countryCodes =
  'AD AE AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS XK YE ZA ZM ZW'.split(
    ' ',
  )

const named = (type: 'region' | 'currency', code: string) =>
  new Intl.DisplayNames('en-US', { type, fallback: 'code' }).of(code) ?? code

const withCurrent = (values: readonly string[], current: string) =>
  values.includes(current) ? values : [current, ...values]

/** Countries by name; the current one is always among them. */
export const countryChoices = (current: string): Choice[] =>
  withCurrent(countryCodes, current)
    .map((value) => ({ value, label: named('region', value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en-US'))

/** Every time zone the browser knows, and the current one. */
export const timeZoneChoices = (current: string): Choice[] =>
  withCurrent(Intl.supportedValuesOf('timeZone'), current).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }))

/** "USD, US Dollar". */
export const currencyChoices = currencies.map((value) => ({ value, label: `${value}, ${named('currency', value)}` }))
