import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A phone number as E.164, read as someone in `country` (ISO 3166) would dial it; null when it is not one. */
export function readPhone(text: string, country: string): string | null {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const number = parsePhoneNumberFromString(text, home ? { defaultCountry: home } : {})
  return number?.isPossible() ? number.number : null
}
