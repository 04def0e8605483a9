import type { EmbedForm } from '@goodword/contracts'
import type { FieldErrors, FieldName, Values } from './values.ts'

/** The digits of any script: the server reads them all. */
const digits = (text: string) => text.replace(/\P{Nd}/gu, '')

/** Ten digits in North American format, the only format with a length fixed enough to validate. */
const northAmerican = /^(\+?1[\s.-]?)?\(?[2-9]\d\d\)?[\s.-]?[2-9]\d\d[\s.-]?\d{4}$/

function checkPhone(typed: string, businessPhone: string | null): string | false {
  const count = digits(typed).length
  if (count < 5) return 'wholePhone'
  if (typed.startsWith('+') || !businessPhone || !northAmerican.test(businessPhone)) return false
  if (count < 7) return 'wholePhone'
  if (count === 7) return 'areaCode'
  if (count === 8) return 'lastTwo'
  return count === 9 && 'lastOne'
}

function checkEmail(typed: string): string | false {
  if (!/^[^\s@]+@[^\s@]+$/.test(typed)) return 'wholeEmail'
  return !/\.[^\s.@]{2,}$/.test(typed) && 'endOfEmail'
}

/**
 * Finds what a friend can fix before sending; errors are message keys. The server makes the decision; this only
 * saves a round trip. The business's phone number tells which country a number without + belongs to.
 */
export function checkValues(values: Values, form: Pick<EmbedForm, 'fields' | 'asks' | 'organization'>): FieldErrors {
  const { fields, asks, organization } = form
  const errors = new Map<FieldName, string>()
  const report = (field: FieldName, word: string | false | undefined) => {
    if (word) errors.set(field, word)
  }
  if (asks === 'code' && values.who.length < 3) report('who', 'needCode')
  if (asks === 'code_or_name' && !values.who) report('who', 'needWho')
  if (!values.name) report('name', 'needName')
  const missing = (field: 'phone' | 'email' | 'message') => fields[field] === 'required' && !values[field]
  const either = fields.phone !== 'required' && fields.email !== 'required'
  if (either && !values.phone && !values.email) report(fields.phone === 'hidden' ? 'email' : 'phone', 'needReach')
  if (missing('phone')) report('phone', 'needPhone')
  if (missing('email')) report('email', 'needEmail')
  if (missing('message')) report('message', 'needMessage')
  if (values.phone) report('phone', checkPhone(values.phone, organization.phone))
  if (values.email) report('email', checkEmail(values.email))
  if (fields.question?.required && !values.answer) report('answer', 'needAnswer')
  if (fields.consent && !fields.consent.texts && !values.consent) report('consent', 'needConsent')
  return errors
}
