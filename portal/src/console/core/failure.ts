import { GoodwordError, NoAnswerError } from '@goodword/client'
import type { FieldError, ProblemCode } from '@goodword/contracts'

/** Error messages by field name: "friend.email". */
export type FieldErrors = Readonly<Record<string, string>>

export type Failure = {
  /** null when the server did not respond. */
  code: ProblemCode | null
  /** Why there was no response; null for every other failure. */
  unanswered: NoAnswerError['reason'] | null
  /** What happened and what to do, in one or two sentences. */
  sentence: string
  fields: FieldErrors
  /** The record a conflict refers to, such as the existing advocate. */
  existingId: string | null
}

/** Keeps the first message of each field. */
export function byField(errors: readonly FieldError[]): FieldErrors {
  const fields: Record<string, string> = {}
  for (const { path, message } of errors) fields[path] ??= message
  return fields
}

/** Turns any thrown value into something to show. */
export function toFailure(error: unknown): Failure {
  if (error instanceof GoodwordError) {
    const { code, problem } = error
    const fields = byField(problem.errors ?? [])
    const sentence = problem.title === problem.detail ? problem.title : `${problem.title}. ${problem.detail}`
    return { code, unanswered: null, sentence, fields, existingId: problem.existingId ?? null }
  }
  const unanswered = error instanceof NoAnswerError ? error.reason : null
  const sentence = unanswered
    ? 'Your server did not answer. Try again in a moment.'
    : 'Something went wrong on our side. Reload the page.'
  return { code: null, unanswered, sentence, fields: {}, existingId: null }
}

/** Whether the server refused this field of a request: a cursor of an earlier version, or one that was cut off. */
export const isFieldRefused = (error: unknown, field: string): boolean => toFailure(error).fields[field] !== undefined

const unansweredTexts: Record<NoAnswerError['reason'], string> = {
  late: 'Your server did not answer in 10 seconds. Nothing is lost.',
  unreachable: 'Your server could not be reached. Check your connection. Nothing is lost.',
  unreadable: 'A proxy answered instead of your server. Nothing is lost.',
}

/** The sentence under "Referrals did not load". */
export const loadFailureText = ({ unanswered, sentence }: Failure): string =>
  unanswered ? unansweredTexts[unanswered] : sentence
