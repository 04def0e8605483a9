export type FieldName = 'code' | 'name' | 'phone' | 'email' | 'message'
export type Values = Record<FieldName, string>
/** One sentence per field that needs attention. A map, because an object would inherit what a page put on its prototype. */
export type FieldErrors = ReadonlyMap<FieldName, string>

export const fieldNames: readonly FieldName[] = ['code', 'name', 'phone', 'email', 'message']

const digits = (text: string) => text.replace(/\D/g, '')

/** Ten digits, written as in North America: only there is a number's length certain enough to count what is missing. */
const northAmerican = /^(\+?1[\s.-]?)?\(?[2-9]\d\d\)?[\s.-]?[2-9]\d\d[\s.-]?\d{4}$/

function checkPhone(typed: string, businessPhone: string | null): string | undefined {
  const count = digits(typed).length
  if (count < 5) return 'Enter the whole phone number.'
  if (typed.startsWith('+') || !businessPhone || !northAmerican.test(businessPhone)) return undefined
  if (count < 7) return 'Enter the whole phone number.'
  if (count === 7) return 'Add the area code.'
  if (count === 8) return 'Add the last two digits.'
  return count === 9 ? 'Add the last digit.' : undefined
}

function checkEmail(typed: string): string | undefined {
  if (!/^[^\s@]+@[^\s@]+$/.test(typed)) return 'Enter an email address such as name@example.com.'
  return /\.[^\s.@]{2,}$/.test(typed) ? undefined : 'Add the part after the dot, like .com'
}

/**
 * What a friend can see to before anything is sent. The server decides; this only saves a round trip.
 * `businessPhone` tells which numbering plan a number without + is meant in.
 */
export function checkValues(values: Values, businessPhone: string | null, asksCode: boolean): FieldErrors {
  const errors = new Map<FieldName, string>()
  const report = (field: FieldName, sentence: string | undefined) => {
    if (sentence) errors.set(field, sentence)
  }
  if (asksCode && values.code.length < 3) report('code', 'Enter the code your friend gave you.')
  if (!values.name) report('name', 'Enter your name.')
  if (!values.phone && !values.email) report('phone', 'Enter a phone number or an email address.')
  if (values.phone) report('phone', checkPhone(values.phone, businessPhone))
  if (values.email) report('email', checkEmail(values.email))
  return errors
}
