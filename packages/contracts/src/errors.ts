import * as z from 'zod'
import { problemCodes } from './problems.ts'

export const FieldError = z.strictObject({ path: z.string(), message: z.string() })
export type FieldError = z.infer<typeof FieldError>

/** RFC 9457 problem details. `code` is stable; `detail` is text for a person. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes),
    requestId: z.string().optional(),
    errors: z.array(FieldError).optional(),
    existingId: z.string().optional(),
    /** The missing credit, in minor units of `currency`. */
    shortfall: z.int().optional(),
    currency: z.string().optional(),
    /** What `proof_needed` asks for: the zero bits of the hash (see `SubmitReferral.proof`). */
    proof: z.strictObject({ bits: z.int() }).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
