import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Parses a phone number to E.164, as dialed from `country` (ISO 3166). Null if it isn't valid. */
export function parsePhone(text: string, country: string): string | null {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const number = parsePhoneNumberFromString(text, home ? { defaultCountry: home } : {})
  return number?.isPossible() ? number.number : null
}
