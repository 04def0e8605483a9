import type { FieldError, SubmitReferral } from '@goodword/contracts'
import { type FieldProblem, type Words, wordsIn } from '@goodword/words/server'
import { ZodError } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { describePerson, type PersonDescription } from '../../people/contacts/contacts.ts'
import { holdsSeveralPhones } from '../../people/contacts/phone.ts'

type Issue = ZodError['issues'][number]

const problemOf: Record<string, (issue: Issue) => FieldProblem> = {
  name: ({ code }) => (code === 'too_big' ? 'nameLong' : 'name'),
  email: ({ code }) => (code === 'too_big' ? 'emailLong' : 'emailWrong'),
  phone: ({ code }) =>
    code === 'too_small' ? 'phoneShort' : code === 'too_big' ? 'phoneLong' : code === 'custom' ? 'reach' : 'phoneSigns',
  message: () => 'textLong',
  answer: () => 'textLong',
  code: () => 'advocateName',
  advocateName: () => 'advocateName',
}

/** The schema's errors for the fields a friend sees, in their language. */
export const fieldErrorsOf = (error: ZodError, words: Words): FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.join('.')
    const problem = Object.hasOwn(problemOf, path) ? problemOf[path]?.(issue) : undefined
    return problem ? [{ path, message: words.field(problem) }] : []
  })

/** The person in a form. Throws phone_invalid in their language. */
export function describeFriend(
  country: string,
  typed: Pick<SubmitReferral, 'name' | 'email' | 'phone'>,
  words: Words,
): PersonDescription {
  try {
    return { language: words.language, ...describePerson(country, typed) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'phone_invalid') throw error
    const message = words.field(holdsSeveralPhones(typed.phone ?? '') ? 'phoneLong' : 'phoneWrong')
    throw new AppError('phone_invalid', { detail: message, errors: [{ path: 'phone', message }], cause: error })
  }
}

/** Translates an error thrown before the language was known: invalid fields and rate limits. */
export function inLanguageOf(error: unknown, lang: string | undefined): unknown {
  const words = wordsIn(lang)
  if (!(error instanceof AppError) || words.language === 'en') return error
  const { code, facts } = error
  if (code === 'rate_limited') {
    const seconds = Number(facts.headers?.['retry-after'] ?? 60)
    return new AppError(code, { ...facts, detail: words.refusal(code, { phone: null, ended: null, seconds }) })
  }
  const errors = facts.cause instanceof ZodError ? fieldErrorsOf(facts.cause, words) : []
  if (code !== 'validation_failed' || errors.length === 0) return error
  return new AppError(code, { ...facts, errors, detail: errors.map(({ message }) => message).join(' ') })
}
