import { type Currency, type FieldError, type Problem, type ProblemCode, problems } from '@goodword/contracts'

type Facts = {
  /** A sentence for a person; the catalog's cure without it. */
  detail?: string
  errors?: FieldError[]
  existingId?: string
  /** How much credit is missing, in minor units of `currency`. */
  shortfall?: number
  currency?: Currency
  headers?: Record<string, string>
  cause?: unknown
}

/** A refusal the caller can act on; answered as problem details. Anything else that is thrown is a 500. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ProblemCode,
    readonly facts: Facts = {},
  ) {
    super(facts.detail ?? problems[code].cure, { cause: facts.cause })
  }
}

/** The body of an answer to a refusal (RFC 9457). */
export function problemOf(code: ProblemCode, facts: Facts, requestId: string): Problem {
  const { status, title, cure } = problems[code]
  return {
    type: `urn:goodword:problem:${code}`,
    title,
    status,
    detail: facts.detail ?? cure,
    code,
    requestId,
    ...(facts.errors ? { errors: facts.errors } : {}),
    ...(facts.existingId ? { existingId: facts.existingId } : {}),
    ...(facts.shortfall !== undefined && facts.currency !== undefined
      ? { shortfall: facts.shortfall, currency: facts.currency }
      : {}),
  }
}
