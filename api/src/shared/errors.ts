import { type Currency, type FieldError, type Problem, type ProblemCode, problems } from '@goodword/contracts'
import type { OwnHeaders } from './send.ts'

type Facts = {
  /** Text for the reader. Defaults to the fix in the catalog. */
  detail?: string
  errors?: FieldError[]
  existingId?: string
  /** The credit that is missing, in minor units of `currency`. */
  shortfall?: number
  currency?: Currency
  proof?: { bits: number }
  headers?: OwnHeaders
  cause?: unknown
}

/** An expected error the caller can act on, returned as problem details. Anything else that is thrown is a 500. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ProblemCode,
    readonly facts: Facts = {},
  ) {
    super(facts.detail ?? problems[code].cure, { cause: facts.cause })
  }
}

/** The problem details of an error (RFC 9457). */
export function toProblem(code: ProblemCode, facts: Facts, requestId: string): Problem {
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
    ...(facts.proof ? { proof: facts.proof } : {}),
    ...(facts.shortfall !== undefined && facts.currency !== undefined
      ? { shortfall: facts.shortfall, currency: facts.currency }
      : {}),
  }
}
