/** The link that dials a number as a friend typed it, without its extension. */
export const telOf = (phone: string): string => `tel:${phone.replace(/[\p{L}#;,].*$/u, '').replace(/[^+\d]/g, '')}`

const twoDigitCountries = /^\+(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/**
 * "+14155550142" as "(415) 555-0142" and "+4930901820" as "+49 309 018 20": the country code (E.164, at most three
 * digits), then groups of three. Anything else stays as it is.
 */
export function showPhone(phone: string): string
export function showPhone(phone: string | null): string | null
export function showPhone(phone: string | null): string | null {
  if (!phone || !/^\+\d{7,15}$/.test(phone)) return phone
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone)
  if (american) return `(${american[1]}) ${american[2]}-${american[3]}`
  const country = /^\+[17]/.test(phone) ? 2 : twoDigitCountries.test(phone) ? 3 : 4
  const rest = phone.slice(country).replace(/\d{3}(?=\d{2})/g, '$& ')
  return `${phone.slice(0, country)} ${rest}`
}
